"""The pages of an intervention."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, request
from werkzeug.wrappers import Response

from tracker import journal
from tracker.addresses import url_for
from tracker.cases.access import case_or_404, may_on
from tracker.cases.models import Case
from tracker.db import db
from tracker.errors import Conflict, NotHere
from tracker.forms import Form
from tracker.htmx import done, show
from tracker.interventions import actions, queries
from tracker.interventions import forms as f
from tracker.interventions.models import Intervention, InterventionMeeting
from tracker.interventions.words import IN_SERIES, MOVES, OVER, SCREEN, STEPS, WITH_LETTERS, InterventionModel, LetterStatus
from tracker.moves import Refused
from tracker.people import queries as people
from tracker.staff import queries as staff
from tracker.staff.gate import may, me
from tracker.staff.permissions import Permission

bp = Blueprint("interventions", __name__)


@bp.get("/cases/<uuid:case_id>/interventions/new")
@may(Permission.WORK_CASE)
def new(case_id: UUID) -> Response:
    """Choose a way."""
    return _new(case_or_404(case_id), f.BeginForm())


def _new(case: Case, form: f.BeginForm, status: int = 200) -> Response:
    return show("interventions/new.html", status=status, case=case, form=form, series=IN_SERIES, models=list(InterventionModel))


@bp.post("/cases/<uuid:case_id>/interventions/new")
@may(Permission.WORK_CASE, writes=True)
def create(case_id: UUID) -> Response:
    """Begin."""
    case = case_or_404(case_id)
    form = f.BeginForm()
    if not form.validate():
        return _new(case, form, 422)
    try:
        made = actions.begin(case, form.model.data, form.aim.data or "", form.led_by.data or "", form.sessions(), by=me())
    except Refused as refused:
        form.refuse(refused)
        return _new(case, form, 422)
    db.session.flush()
    to = url_for("interventions.show_one", intervention_id=made.public_id)
    journal.commit(to=to)
    return done(to, "Intervention begun. The safety screen comes first.")


def _open(intervention_id: UUID, form: Form | None = None) -> tuple[Intervention, Case]:
    found = queries.by_public_id(intervention_id)
    if found is None:
        raise NotHere
    case = case_or_404(found.case.public_id)
    carried = form.carried_version if form else None
    if carried is not None and carried != found.version:
        raise Conflict("Somebody else changed this intervention after you opened it.", back=url_for(".show_one", intervention_id=intervention_id))
    return found, case


@bp.get("/interventions/<uuid:intervention_id>")
@may(Permission.WORK_CASE)
def show_one(intervention_id: UUID) -> Response:
    """An intervention, its screen, people, meetings and outcome."""
    found, case = _open(intervention_id)
    answer = _page(found, case)
    journal.viewed(found, by=me(), case_id=case.id, what="an intervention")
    journal.commit()
    return answer


def _page(found: Intervention, case: Case, form: Form | None = None, status: int = 200, meeting: InterventionMeeting | None = None) -> Response:
    said = {type(form).__name__: form} if form else {}

    def fill(kind: type[Form], **data: Any) -> Form:
        made = said.get(kind.__name__) or kind(formdata=None, **data)
        if kind.__name__ not in said:
            made.version.data = str(found.version)
        return made

    family = [one for one in people.of_family(case.family_id) if one.id != case.person_id]
    prepare = fill(f.PrepareForm, steps=found.steps_done)
    prepare.steps.choices = STEPS[found.model]
    joining = fill(f.ParticipantForm)
    joining.person.choices = [("", "Choose"), *[(str(one.public_id), one.name) for one in family]]
    of_meetings = {one.public_id: _of_meeting(one, found, form if meeting is not None and meeting.id == one.id else None) for one in found.meetings}
    moving = fill(f.StatusForm)
    moving.status.choices = [("", "Choose"), *[(to.value, to.label) for to in MOVES[found.status]]]
    return show(
        "interventions/show.html",
        status=status,
        case=case,
        one=found,
        over=found.status in OVER,
        not_yet=actions.why_not_yet(found, case),
        raised=actions.flags(found),
        screen=fill(f.ScreenForm, private=found.screen_private, note=found.screen_note, **found.screen),
        questions=SCREEN,
        sign=fill(f.SignForm),
        may_sign=may_on(case, Permission.SIGN_SAFETY),
        joining=joining,
        prepare=prepare,
        letters=list(LetterStatus) if found.model in WITH_LETTERS else [],
        series=found.model in IN_SERIES,
        meeting_form=fill(f.MeetingForm) if meeting is None else f.MeetingForm(formdata=None, version=str(found.version)),
        of_meetings=of_meetings,
        outcome=fill(f.OutcomeForm),
        moving=moving,
        names=staff.names({found.screened_by_id, found.signed_by_id}),
    )


def _of_meeting(meeting: InterventionMeeting, found: Intervention, form: Form | None) -> tuple[f.HeldForm, f.MeetingForm]:
    """The two forms that stand beside a meeting: that it was held, and another date."""
    held = form if isinstance(form, f.HeldForm) else f.HeldForm(formdata=None, version=str(found.version))
    held.came.choices = [(str(one.public_id), one.name) for one in found.participants]
    moving = form if isinstance(form, f.MeetingForm) else f.MeetingForm(formdata=None, version=str(found.version))
    return held.apart(meeting.public_id.hex[:8]), moving.apart(meeting.public_id.hex[:8])


def _deed(intervention_id: UUID, form: Form, deed: Callable[[Intervention, Case], None], said: str, meeting_id: UUID | None = None) -> Response:
    """The five beats of every deed on this page: door, hear, act, commit, answer."""
    found, case = _open(intervention_id, form)
    meeting = next((one for one in found.meetings if one.public_id == meeting_id), None)
    if meeting_id and meeting is None:
        raise NotHere
    if isinstance(form, f.PrepareForm):
        form.steps.choices = STEPS[found.model]
    if isinstance(form, f.HeldForm):
        form.came.choices = [(str(one.public_id), one.name) for one in found.participants]
    if isinstance(form, f.ParticipantForm):
        form.person.choices = [("", "Choose"), *[(str(one.public_id), one.name) for one in people.of_family(case.family_id)]]
    if not form.validate():
        return _page(found, case, form, 422, meeting)
    try:
        deed(found, case)
    except Refused as refused:
        form.refuse(refused)
        return _page(found, case, form, 422, meeting)
    to = url_for(".show_one", intervention_id=intervention_id)
    journal.commit(to=to)
    return done(to, said)


@bp.post("/interventions/<uuid:intervention_id>/screen")
@may(Permission.WORK_CASE, writes=True)
def screen(intervention_id: UUID) -> Response:
    """Answer the safety screen."""
    form = f.ScreenForm()
    return _deed(
        intervention_id, form,
        lambda one, case: actions.screen(one, case, form.answers(), form.private.data, form.note.data or "", by=me()),
        "Safety screen kept.",
    )


@bp.post("/interventions/<uuid:intervention_id>/sign-off")
@may(Permission.SIGN_SAFETY, writes=True)
def sign_off(intervention_id: UUID) -> Response:
    """A supervisor's sign-off."""
    form = f.SignForm()
    return _deed(intervention_id, form, lambda one, case: actions.sign(one, case, form.signed_note.data, by=me()), "Signed off. Your reason is kept.")


@bp.post("/interventions/<uuid:intervention_id>/participants")
@may(Permission.WORK_CASE, writes=True)
def join(intervention_id: UUID) -> Response:
    """Somebody takes part."""
    form = f.ParticipantForm()

    def deed(one: Intervention, case: Case) -> None:
        person = next((who for who in people.of_family(case.family_id) if str(who.public_id) == form.person.data), None)
        actions.add_participant(one, case, person, form.name.data or "", form.role.data, by=me())

    return _deed(intervention_id, form, deed, "Added to those who take part.")


@bp.post("/interventions/<uuid:intervention_id>/preparation")
@may(Permission.WORK_CASE, writes=True)
def prepare(intervention_id: UUID) -> Response:
    """Steps done, letters."""
    form = f.PrepareForm()
    letters = {}
    for name, value in request.form.items():
        if name.startswith("letter-") and value in set(LetterStatus):
            letters[name.removeprefix("letter-")] = LetterStatus(value)
    return _deed(intervention_id, form, lambda one, case: actions.prepare(one, case, form.steps.data, letters, by=me()), "Preparation kept.")


def _moment(form: f.MeetingForm, case: Case) -> datetime:
    return datetime.combine(form.day.data, form.time.data, tzinfo=ZoneInfo(case.family.zone))


@bp.post("/interventions/<uuid:intervention_id>/meetings")
@may(Permission.WORK_CASE, writes=True)
def schedule(intervention_id: UUID) -> Response:
    """Set a meeting."""
    form = f.MeetingForm()
    return _deed(intervention_id, form, lambda one, case: actions.schedule(one, case, _moment(form, case), form.place.data or "", by=me()), "Date set.")


@bp.post("/interventions/<uuid:intervention_id>/meetings/<uuid:meeting_id>/date")
@may(Permission.WORK_CASE, writes=True)
def move_date(intervention_id: UUID, meeting_id: UUID) -> Response:
    """Another date."""
    form = f.MeetingForm()

    def deed(one: Intervention, case: Case) -> None:
        meeting = next(m for m in one.meetings if m.public_id == meeting_id)
        actions.move_date(meeting, one, case, _moment(form, case), by=me())

    return _deed(intervention_id, form, deed, "Moved. The former date stays on record.", meeting_id)


@bp.post("/interventions/<uuid:intervention_id>/meetings/<uuid:meeting_id>/held")
@may(Permission.WORK_CASE, writes=True)
def held(intervention_id: UUID, meeting_id: UUID) -> Response:
    """It was held."""
    form = f.HeldForm()

    def deed(one: Intervention, case: Case) -> None:
        meeting = next(m for m in one.meetings if m.public_id == meeting_id)
        actions.hold_meeting(meeting, one, case, form.came.data, form.note.data or "", by=me())

    return _deed(intervention_id, form, deed, "Recorded as held.", meeting_id)


@bp.post("/interventions/<uuid:intervention_id>/outcome")
@may(Permission.WORK_CASE, writes=True)
def outcome(intervention_id: UUID) -> Response:
    """What came of it."""
    form = f.OutcomeForm()
    return _deed(
        intervention_id, form,
        lambda one, case: actions.tell_outcome(one, case, form.outcome.data, form.outcome_note.data or "", by=me()),
        "Kept. What is told later is kept beside it.",
    )


@bp.post("/interventions/<uuid:intervention_id>/status")
@may(Permission.WORK_CASE, writes=True)
def status(intervention_id: UUID) -> Response:
    """Another state."""
    form = f.StatusForm()
    return _deed(intervention_id, form, lambda one, case: actions.change_status(one, case, form.status.data, form.why.data or "", by=me()), "State changed.")
