"""What may be said about a move between stages."""

from tracker.cases.words import PATH, CaseStage
from tracker.forms import Form, OneOf, Text


class MoveForm(Form):
    """A move to another stage: points that stand open are passed with a reason."""

    stage = OneOf("Move to", CaseStage, needed="Choose a stage.", only=PATH)
    why = Text("Why", limit=300)
