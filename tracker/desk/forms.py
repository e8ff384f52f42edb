"""What may be said on Today: that a step is done and what follows, or that it moves to another day."""

from tracker.cases.actions import NextStep
from tracker.cases.models import Case
from tracker.cases.step_fields import StepFields
from tracker.forms import Text, Tick


class DoneForm(StepFields):
    """The step is done; what follows, since an open case never has none."""

    over = Tick("Asked, no danger now")
    note = Text("How you know", limit=300)


class LaterForm(StepFields):
    """The same step on another day."""

    def moved(self, case: Case, zone: str) -> NextStep:
        """The running step with its new moment.

        Args:
            zone: the writer's.
        Raises:
            Refused: no day was said, or one that has passed.
        """
        self.step.data, self.step_kind.data = case.next_step_text or f"Take up the {case.family.title} again", case.next_step_kind
        return self.to_step(zone, case.family.zone)
