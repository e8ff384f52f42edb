"""Today, and what can be done with a row of it."""

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, current_app, request
from werkzeug.wrappers import Response

from tracker import clock, journal
from tracker.addresses import url_for
from tracker.cases import actions as cases
from tracker.cases import danger as dangers
from tracker.cases import promises
from tracker.cases.access import case_or_404
from tracker.cases.answers import must_be_newest, told_step
from tracker.cases.listed import Listed
from tracker.cases.models import Case
from tracker.desk import idle, left, queries, rows
from tracker.desk.forms import DoneForm, LaterForm
from tracker.desk.queries import KINDS, Bounds, Day, Show
from tracker.desk.rows import Row
from tracker.drafts import queries as drafts
from tracker.htmx import done as answer
from tracker.htmx import show
from tracker.inquiries import queries as inquiries
from tracker.moves import Refused
from tracker.packets import register
from tracker.recovery import queries as recovery
from tracker.staff.gate import allows, may, me
from tracker.staff.permissions import Permission
from tracker.templating import show_day

bp = Blueprint("desk", __name__)
UNCLAIMED = 5  # lines of the card; the rest is a link


@bp.get("/today")
@may(Permission.SEE_TODAY)
def today() -> Response:
    """My day: danger first, then what is late, then what is due; the rest of the week folded."""
    actor, bounds, wanted = me(), Bounds.of(me().zone), _wanted()
    settings = current_app.config["WAYPOINT"]
    found = queries.day(actor, bounds, wanted)
    danger = [rows.crisis_row(case, actor.zone, bounds) for case in found.danger]
    late, soon = _split(found, bounds)
    back = [rows.held_row(case, actor.zone, bounds) for case in found.back]
    if wanted is Show.ALL:
        late, soon = [row for row in back if not isinstance(row.due, str)] + late, soon + [row for row in back if isinstance(row.due, str)]
    sums, week = queries.sums(actor, bounds, settings.quiet_days), [_row(case, found, bounds) for case in found.later]
    kept = drafts.of(actor, size=8)
    promised = promises.mine(actor, bounds.untimed) if wanted in (Show.ALL, Show.CALLS) else []
    chips = [(word, sums.of(word) + (len(danger) + len(back) if word is Show.ALL else 0)) for word in (Show.ALL, *KINDS)]
    return show(
        "desk/today.html", part="desk/_queue.html", wanted=wanted, alarms=queries.alarms(actor),
        silent=idle.of_teams(actor.staff, settings.quiet_days + settings.quiet_more_days), silent_days=settings.quiet_days + settings.quiet_more_days,
        promised=promised,
        danger=danger, late=late, soon=soon, week=week, more=len(found.due) > queries.SHOWN,
        overdue=sums.late + sum(not isinstance(row.due, str) for row in back), chips=chips,
        stages=sums.stages, quiet=sum(silent for _, silent in sums.stages.values()), open_cases=sum(count for count, _ in sums.stages.values()),
        quiet_days=settings.quiet_days, check_ins=recovery.due_for(actor.id, clock.today(actor.zone), 8),
        hand=register.needs_a_hand(actor, actor.id, 8) if allows(Permission.BUILD_PACKET) else [],
        drafts=left.lines(kept, queries.called(actor, [draft.key for draft in kept])), **_waiting(),
    )  # fmt: skip


@bp.get("/today/unclaimed")
@may(Permission.SEE_TODAY, polls=True)
def unclaimed() -> Response:
    """The inquiries that wait for somebody, as the page asks for them while it is looked at."""
    return show("desk/_unclaimed.html", **_waiting())


def _waiting() -> dict[str, Any]:
    found = inquiries.unclaimed(me(), UNCLAIMED) if allows(Permission.TRIAGE_INQUIRY) else []
    return {"unclaimed": found[:UNCLAIMED], "more_unclaimed": len(found) > UNCLAIMED, "aim": current_app.config["WAYPOINT"].answer_aim_minutes}


def _wanted() -> Show:
    code = request.args.get("show", Show.ALL.value)
    return next((word for word in Show if word.value == code), None) or abort(404)


def _split(found: Day, bounds: Bounds) -> tuple[list[Row], list[Row]]:
    late: list[Row] = []
    soon: list[Row] = []
    for case in found.due[: queries.SHOWN]:
        assert case.next_step_at is not None, "the question asked for those with a step"
        (late if case.next_step_at < bounds.now else soon).append(_row(case, found, bounds))
    return late, soon


def _row(case: Listed, found: Day, bounds: Bounds) -> Row:
    return rows.due_row(case, me().zone, bounds, found.phones.get(case.main_contact.id, ()))


@bp.get("/today/cases/<uuid:case_id>/done")
@may(Permission.EDIT_CASE)
def ask_done(case_id: UUID) -> Response:
    """Asks what follows; with a script the row itself does."""
    return _ask("done", case_or_404(case_id), DoneForm(formdata=None))


@bp.post("/today/cases/<uuid:case_id>/done")
@may(Permission.EDIT_CASE, writes=True)
def done(case_id: UUID) -> Response:
    """The step of a row is done, and what follows is set."""
    case, form = case_or_404(case_id), DoneForm()
    cases.must_be_open(case)
    form.ask(me().zone)
    if not form.validate():
        return _ask("done", case, form, 422)
    try:
        step = form.to_step(me().zone, case.family.zone)
    except Refused as refused:
        form.refuse(refused)
        return _ask("done", case, form, 422)
    must_be_newest(case, form, ("Next step", told_step(case), step.text))
    finished = case.next_step_text or "the step"
    if form.over.data and case.crisis_at:
        dangers.end_crisis(case, form.note.data or "Asked when the next step was done", by=me())
    cases.complete_next_step(case, step, by=me())
    return _answer(case, f"Done: {finished}. Next: {step.text}, {show_day(step.due, case.family.zone)}.")


@bp.get("/today/cases/<uuid:case_id>/later")
@may(Permission.EDIT_CASE)
def ask_later(case_id: UUID) -> Response:
    """Asks for another day."""
    return _ask("later", case_or_404(case_id), LaterForm(formdata=None))


@bp.post("/today/cases/<uuid:case_id>/later")
@may(Permission.EDIT_CASE, writes=True)
def later(case_id: UUID) -> Response:
    """The step of a row moves to another day; a hold that is over ends with it."""
    case, form = case_or_404(case_id), LaterForm()
    cases.must_be_open(case)
    form.ask(me().zone)
    if not form.validate():
        return _ask("later", case, form, 422)
    try:
        step = form.moved(case, me().zone)
    except Refused as refused:
        form.refuse(refused)
        return _ask("later", case, form, 422)
    must_be_newest(case, form, ("Next step", told_step(case), f"{step.text}, {show_day(step.due, case.family.zone)}"))
    (cases.end_hold if case.hold_until else cases.set_next_step)(case, step, by=me())
    return _answer(case, f"Moved to {show_day(step.due, case.family.zone)}: {step.text}.")


def _ask(what: str, case: Case, form: DoneForm | LaterForm, status: int = 200) -> Response:
    if status == 200:
        form.ask(me().zone)
        form.version.data = str(case.version)
    return show(f"desk/{what}.html", part=f"desk/_{what}.html", status=status, case=case, form=form)


def _answer(case: Case, said: str) -> Response:
    to = url_for("desk.today")
    journal.commit(to=to)
    return answer(to, said, part="desk/_gone.html", case_id=case.public_id, words=said)
