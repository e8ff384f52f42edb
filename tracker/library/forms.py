"""What may be said of a material, its words, its file, and of kits."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from flask_wtf.file import FileField, FileRequired
from wtforms import SelectMultipleField, ValidationError
from wtforms.validators import Optional

from tracker.forms import Choose, Form, LongText, Pick, SomeOf, Text
from tracker.library.kits import MOST
from tracker.library.models import Material, Wording
from tracker.library.words import MaterialAudience, MaterialTopic, ResourceType, RiskFactor
from tracker.library.writing import About, Words
from tracker.staff.models import Staff

LANGUAGES = {"en": "English", "es": "Spanish"}
MONTHS = {"6": "6 months", "12": "12 months", "24": "24 months"}
SUGGESTED = (
    ("inquiry", "Inquiry"), ("intervention", "Intervention"), ("referral", "Rehab referral"), ("placement", "Support group"),
    ("follow_up", "Recovery follow-up"),
)  # fmt: skip


def _web_address(_form: Form, field: Text) -> None:
    parts = urlsplit(field.data or "")
    if parts.scheme not in ("https", "http") or not parts.hostname or "@" in parts.netloc:
        raise ValidationError("Enter a web address that begins with https://.")


class Stages(SelectMultipleField):
    """Stages at which a material is suggested, as codes; the words of the stages belong to cases."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(label, choices=dict(SUGGESTED), validators=[Optional()], **more)


class WordingForm(Form):
    """A material and its words."""

    title = Text("Title", "Enter a title.", limit=120)
    summary = Text("In a line", "Enter what it is, in a line.", limit=300)
    topic = Choose("Topic", MaterialTopic, "Choose a topic.")
    audience = Choose("For", MaterialAudience, "Choose whom it speaks to.", default=MaterialAudience.FAMILY)
    kind = Choose("Kind", ResourceType, "Choose a kind.", default=ResourceType.HANDOUT)
    stages = Stages("Suggested at")
    tags = SomeOf("Risk factors it is about", RiskFactor)
    body = LongText("Text", limit=60_000)
    link = Text("Web address", limit=500, validators=[_web_address])
    file_alt = Text("What the picture shows, in words", limit=300)
    source = Text("Source", "Enter where it comes from.", limit=500)
    licence = Text("Licence", "Enter the licence, such as CC BY 4.0.", limit=120)
    months = Pick("Looked through again after", "Choose after how long.", default="12")
    note = Text("Note for the reviewer", limit=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.months.choices = list(MONTHS.items())

    def fill(self, material: Material, wording: Wording) -> None:
        """Put what stands into a form that is opened."""
        for name in ("title", "summary", "body", "link", "file_alt", "source", "licence", "note"):
            self[name].data = getattr(wording, name)
        for name in ("topic", "audience", "kind", "stages", "tags"):
            self[name].data = getattr(material, name)
        self.months.data = str(wording.review_months) if str(wording.review_months) in MONTHS else "12"
        self.version.data = str(wording.version)

    def about(self) -> About:
        """What it is."""
        return About(self.topic.data, self.audience.data, self.kind.data, list(self.stages.data or []), list(self.tags.data or []))

    def words(self) -> Words:
        """What it says."""
        said = {name: self[name].data or "" for name in ("title", "summary", "source", "licence", "body")}
        return Words(**said, link=self.link.data or None, file_alt=self.file_alt.data or None, review_months=int(self.months.data), note=self.note.data or None)


class NewForm(WordingForm):
    """A material that is not there yet."""

    slug = Text("Short name", limit=80)
    language = Pick("Language", "Choose a language.", default="en")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language.choices = list(LANGUAGES.items())


class FileForm(Form):
    """An upload, in a form of its own: whatever is wrong with it, no typed word is lost."""

    file = FileField("PDF, PNG or JPEG, at most 10 MB", validators=[FileRequired("Choose a file.")])
    file_alt = Text("What the picture shows, in words", limit=300)


class ShelfForm(Form):
    """A shelf that another organization saved."""

    file = FileField("Zip archive or JSON-LD", validators=[FileRequired("Choose a file.")])


class WhyForm(Form):
    """Why something is done."""

    why = Text("Why", "Enter why.", limit=200)


class ConfirmForm(Form):
    """For how long it is good again."""

    months = Pick("Good for", "Choose for how long.", default="12")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.months.choices = list(MONTHS.items())


class KeeperForm(Form):
    """Who looks it through."""

    keeper = Pick("Kept by", "Choose somebody.")

    def offer(self, staff: Sequence[Staff]) -> None:
        """Those who may write."""
        self.keeper.choices = [(str(one.id), one.name) for one in staff]


class KitForm(Form):
    """A kit: at which stage, for whom, in which language, what."""

    title = Text("Name", "Enter a name.", limit=120)
    stage = Pick("Stage", "Choose a stage.")
    kinship = Pick("Only when the main contact is")
    language = Pick("Language", "Choose a language.", default="en")
    chosen = SelectMultipleField("Materials", choices=[], validators=[Optional()])

    def offer(self, materials: Sequence[tuple[Material, str]], kinships: Sequence[tuple[str, str]]) -> None:
        """Fill in what may be chosen."""
        self.stage.choices, self.language.choices = list(SUGGESTED), list(LANGUAGES.items())
        self.kinship.choices = [("", "Anybody"), *kinships]
        self.chosen.choices = {str(material.public_id): title for material, title in materials}

    def validate_chosen(self, field: SelectMultipleField) -> None:
        """At least one, not too many."""
        if not field.data:
            raise ValidationError("Choose at least one material.")
        if len(field.data) > MOST:
            raise ValidationError(f"Choose at most {MOST} materials.")
