"""The pages of follow-up."""

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint
from werkzeug.wrappers import Response

from tracker import clock, journal
from tracker.addresses import url_for
from tracker.cases.access import case_or_404
from tracker.cases.models import Case
from tracker.db import db
from tracker.errors import Conflict, NotHere
from tracker.forms import Form
from tracker.htmx import done, show
from tracker.moves import Refused
from tracker.people import queries as people
from tracker.people.models import Person
from tracker.recovery import actions, queries
from tracker.recovery import forms as f
from tracker.recovery.models import CheckIn, FollowUpPlan
from tracker.staff import queries as staff
from tracker.staff.gate import may, me
from tracker.staff.permissions import Permission

bp = Blueprint("recovery", __name__)


@bp.get("/cases/<uuid:case_id>/follow-up/new")
@may(Permission.WORK_CASE)
def new(case_id: UUID) -> Response:
    """Agree on follow-up."""
    return _new(case_or_404(case_id), f.PlanForm())


def _choose(form: f.PlanForm, case: Case) -> list[Person]:
    found = [one for one in people.of_family(case.family_id) if not one.died_at]
    form.person.choices = [("", "Choose"), *[(str(one.public_id), one.name + (" (loved one)" if one.id == case.person_id else "")) for one in found]]
    return found


def _new(case: Case, form: f.PlanForm, status: int = 200) -> Response:
    _choose(form, case)
    return show("recovery/new.html", status=status, case=case, form=form)


@bp.post("/cases/<uuid:case_id>/follow-up/new")
@may(Permission.WORK_CASE, writes=True)
def create(case_id: UUID) -> Response:
    """Begin."""
    case = case_or_404(case_id)
    form = f.PlanForm()
    family = _choose(form, case)
    if not form.validate():
        return _new(case, form, 422)
    person = next(one for one in family if str(one.public_id) == form.person.data)
    try:
        plan = actions.start_plan(case, person, form.anchor.data, form.anchor_on.data, form.wish.data or "", form.goal.data or "", by=me())
    except Refused as refused:
        form.refuse(refused)
        return _new(case, form, 422)
    db.session.flush()
    to = url_for("recovery.show_one", plan_id=plan.public_id)
    journal.commit(to=to)
    return done(to, "Follow-up agreed. The dates are below; each may be moved.")


def _open(plan_id: UUID, form: Form | None = None) -> tuple[FollowUpPlan, Case]:
    found = queries.by_public_id(plan_id)
    if found is None:
        raise NotHere
    case = case_or_404(found.case.public_id)
    carried = form.carried_version if form else None
    if carried is not None and carried != found.version:
        raise Conflict("Somebody else changed this follow-up after you opened it.", back=url_for("recovery.show_one", plan_id=plan_id))
    return found, case


@bp.get("/follow-up/<uuid:plan_id>")
@may(Permission.WORK_CASE)
def show_one(plan_id: UUID) -> Response:
    """A plan and its check-ins."""
    plan, case = _open(plan_id)
    answer = _page(plan, case)
    journal.viewed(plan, by=me(), case_id=case.id, what="a follow-up plan")
    journal.commit()
    return answer


def _page(plan: FollowUpPlan, case: Case, form: Form | None = None, status: int = 200, stumbled: CheckIn | None = None) -> Response:
    said = {type(form).__name__: form} if form else {}
    fill = lambda kind: said.get(kind.__name__) or kind(formdata=None, version=str(plan.version))  # noqa: E731
    waiting = [one for one in plan.check_ins if one.done_at is None]
    check = fill(f.CheckInForm)
    check.ask(me().zone)
    return show(
        "recovery/show.html",
        status=status,
        case=case,
        plan=plan,
        waiting=waiting,
        over=sorted((one for one in plan.check_ins if one.done_at), key=lambda one: one.done_at, reverse=True),
        now_due=stumbled or (waiting[0] if waiting else None),
        agreed=actions.agrees(plan),
        today=clock.today(case.family.zone),
        check=check,
        again=fill(f.TryForm),
        moving=fill(f.DateForm),
        ending=fill(f.EndForm),
        names=staff.names({one.by_id for one in plan.check_ins} | {plan.started_by_id}),
    )


def _deed(
    plan_id: UUID, form: Form, deed: Callable[[FollowUpPlan, Case, CheckIn | None], None], said: str, check_in_id: UUID | None = None
) -> Response:
    plan, case = _open(plan_id, form)
    one = next((each for each in plan.check_ins if each.public_id == check_in_id), None)
    if check_in_id and one is None:
        raise NotHere
    if not form.validate():
        return _page(plan, case, form, 422, one)
    try:
        deed(plan, case, one)
    except Refused as refused:
        db.session.expire(plan)
        plan, case = _open(plan_id)
        form.refuse(refused)
        return _page(plan, case, form, 422, next((each for each in plan.check_ins if each.public_id == check_in_id), None))
    to = url_for("recovery.show_one", plan_id=plan_id)
    journal.commit(to=to)
    return done(to, said)


@bp.post("/follow-up/<uuid:plan_id>/check-ins/<uuid:check_in_id>")
@may(Permission.WORK_CASE, writes=True)
def check_in(plan_id: UUID, check_in_id: UUID) -> Response:
    """They answered."""
    form = f.CheckInForm()
    form.ask(me().zone)

    def deed(plan: FollowUpPlan, case: Case, one: CheckIn | None) -> None:
        step = form.to_step(me().zone, case.family.zone) if form.step.data else None
        actions.check_in(one, plan, case, form.result.data, form.next_action.data, form.note.data or "", step, by=me())

    return _deed(plan_id, form, deed, "Check-in kept.", check_in_id)


@bp.post("/follow-up/<uuid:plan_id>/check-ins/<uuid:check_in_id>/try")
@may(Permission.WORK_CASE, writes=True)
def not_reached(plan_id: UUID, check_in_id: UUID) -> Response:
    """They did not answer."""
    form = f.TryForm()
    return _deed(plan_id, form, lambda plan, case, one: actions.try_check_in(one, plan, case, form.again_on.data, by=me()), "Try kept.", check_in_id)


@bp.post("/follow-up/<uuid:plan_id>/check-ins/<uuid:check_in_id>/date")
@may(Permission.WORK_CASE, writes=True)
def move_date(plan_id: UUID, check_in_id: UUID) -> Response:
    """Another day."""
    form = f.DateForm()
    return _deed(plan_id, form, lambda plan, case, one: actions.move_date(one, plan, case, form.day.data, by=me()), "Date moved.", check_in_id)


@bp.post("/follow-up/<uuid:plan_id>/end")
@may(Permission.WORK_CASE, writes=True)
def end(plan_id: UUID) -> Response:
    """It ends."""
    form = f.EndForm()
    return _deed(plan_id, form, lambda plan, case, _: actions.end_plan(plan, case, form.why.data, by=me()), "Follow-up ended.")
