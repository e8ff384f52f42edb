"""How a deed on a case is answered: its page with the form, or, to the second of two editors, both texts; and who may take one."""

from typing import Any

from werkzeug.wrappers import Response

from tracker.addresses import url_for
from tracker.cases.models import Case
from tracker.errors import Conflict
from tracker.forms import Form
from tracker.htmx import show
from tracker.journal.queries import newest
from tracker.staff import queries as staff
from tracker.staff.gate import me
from tracker.staff.models import Role
from tracker.templating import show_clock, show_day, show_daytime


def home(case: Case) -> str:
    """Where a deed on a case can be seen."""
    return url_for("casefile.show", case_id=case.public_id)


def ask(template: str, case: Case, form: Form, **context: Any) -> Response:
    """A deed's page with its form; 422 when it came back with sentences beside its fields."""
    if not form.version.data:
        form.version.data = str(case.version)
    return show(f"cases/{template}.html", status=422 if form.errors else 200, case=case, form=form, zone=me().zone, **context)


def must_be_newest(case: Case, form: Form, *fields: tuple[str, str, str]) -> None:
    """Stop the second of two editors.

    Args:
        fields: label, what stands now, and what this person wrote.
    Raises:
        Conflict: the case was changed after the form was opened.
    """
    if form.carried_version not in (None, case.version):
        raise Conflict(who_changed(case), fields, home(case))


def who_changed(case: Case) -> str:
    """Who changed a case last, and when, as one sentence."""
    last = newest(case.id)
    name = staff.names({last.actor_id}).get(last.actor_id or 0, "Somebody else") if last else "Somebody else"
    return f"{name} changed this case at {show_clock(last.at, me().zone)}, after you opened it." if last else f"{name} changed this case."


def told_step(case: Case) -> str:
    """The running step, or the hold, as one text."""
    if not case.is_open:
        return "The case is closed."
    zone = me().zone
    due = "" if case.next_step_at is None else (show_daytime if case.next_step_timed else show_day)(case.next_step_at, zone)
    held = f"On hold until {show_day(case.hold_until)}" if case.hold_until else ""
    return "\n".join(part for part in (f"{case.next_step_text}, {due}" if due else "", held) if part)


def may_take(case: Case) -> bool:
    """Whether this request's person may take a case: its owner left, or they supervise the team."""
    left = case.owner is None or case.owner.disabled_at is not None or case.owner.role not in (Role.COORDINATOR, Role.SUPERVISOR)
    return case.owner_id != me().id and (left or me().role is Role.SUPERVISOR)
