"""Placing somebody in a group, and what becomes of it."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from tracker import clock, journal, places
from tracker.addresses import url_for, uuid_of
from tracker.cases.access import case_or_404
from tracker.cases.models import Case
from tracker.cases.words import NextStepKind
from tracker.directory.audience import admits
from tracker.directory.groups import finder
from tracker.directory.groups import queries as groups
from tracker.directory.groups.forms import DAYS
from tracker.directory.groups.models import Meeting
from tracker.directory.groups.page import Address, menus, strip
from tracker.directory.words import GroupApproach
from tracker.errors import Conflict
from tracker.htmx import done, show
from tracker.moves import Refused
from tracker.people.models import Person
from tracker.placements import actions, queries
from tracker.placements.forms import MoveForm, PlaceForm, ToldForm
from tracker.placements.models import Placement
from tracker.staff import queries as staff
from tracker.staff.gate import may, me
from tracker.staff.permissions import Permission
from tracker.templating import show_clock, show_day

bp = Blueprint("placements", __name__)


@bp.get("/cases/<uuid:case_id>/placements/new")
@may(Permission.WORK_CASE)
def new(case_id: UUID) -> Response:
    """The finder, as the clock stands where the family is, and beside it the placement."""
    case = case_or_404(case_id)
    people = queries.family(case)
    asked = request.args.getlist("who")
    going = [person for person in people if str(person.public_id) in asked] or _usual(case, people)
    chosen = _chosen(request.args.get("meeting", ""))
    form = PlaceForm()
    _offer(form, case, people, going, chosen)
    form.people.data = [str(person.public_id) for person in going]
    form.meeting.data = str(chosen.public_id) if chosen else ""
    form.first_on.data = form.first_on.choices[0][0]
    if chosen and form.first_day:
        form.ask_on.data = clock.local(chosen.starts_on(form.first_day), _zone(case, going)).date() + timedelta(days=1)
    else:
        form.ask_on.data = clock.today(case.family.zone) + timedelta(days=7)
    form.next_step.data = case.next_step_at is None or case.next_step_kind is NextStepKind.PLACE
    return _page(case, people, going, chosen, form)


@bp.post("/cases/<uuid:case_id>/placements/new")
@may(Permission.WORK_CASE, writes=True)
def create(case_id: UUID) -> Response:
    """Place somebody; a group that does not admit them is refused with what would suit."""
    case = case_or_404(case_id)
    people = queries.family(case)
    form = PlaceForm()
    chosen = _chosen(form.meeting.data or "")
    going = [person for person in people if str(person.public_id) in (form.people.data or [])]
    _offer(form, case, people, going, chosen)
    if chosen is None:
        form.form_errors = ["Choose a meeting."]
        return _page(case, people, going, chosen, form, 422)
    if not form.validate():
        return _page(case, people, going, chosen, form, 422)
    try:
        made = actions.place(
            case, going, chosen, by=me(), first_on=form.first_day,
            status=form.stands.data, **form.facts("ask_on", "asked_about_faith", "next_step"),
        )  # fmt: skip
    except Refused as refused:
        form.refuse(refused)
        return _page(case, people, going, chosen, form, 422)
    to = url_for("placements.one", placement_id=made[0].public_id)
    names = " and ".join(person.called for person in going)
    asks = f" We ask on {show_day(form.ask_on.data)}." if form.ask_on.data else ""
    said = f"{names} placed in {chosen.name}.{asks}"
    journal.commit(to)
    return done(to, said)


@bp.get("/placements/<uuid:placement_id>")
@may(Permission.WORK_CASE)
def one(placement_id: UUID) -> Response:
    """One placement: how to join, how it went, where it goes from here."""
    placement = queries.placement_or_404(placement_id, me())
    case = case_or_404(placement.case.public_id)
    response = _show_one(placement, case, MoveForm(placement), _told_form(placement, case))
    journal.viewed(placement, by=me(), what="a placement", case=case)
    journal.commit()
    return response


@bp.post("/placements/<uuid:placement_id>/status")
@may(Permission.WORK_CASE, writes=True)
def move(placement_id: UUID) -> Response:
    """Where a placement stands now."""
    placement = queries.placement_or_404(placement_id, me())
    case = case_or_404(placement.case.public_id)
    form = MoveForm(placement)
    if form.carried_version is not None and form.carried_version != placement.version:
        raise Conflict("Somebody else changed this placement after you opened it.", back=url_for("placements.one", placement_id=placement_id))
    status = form.stands.data
    if not form.validate() or status is None:
        return _show_one(placement, case, form, _told_form(placement, case), 422)
    try:
        actions.DEEDS[status](placement, form.why.data or "", by=me())
    except Refused as refused:
        form.refuse(refused)
        return _show_one(placement, case, form, _told_form(placement, case), 422)
    to = url_for("placements.one", placement_id=placement_id)
    journal.commit(to)
    return done(to, f"Saved: {status.label}.")


@bp.post("/placements/<uuid:placement_id>/attendances")
@may(Permission.WORK_CASE, writes=True)
def tell(placement_id: UUID) -> Response:
    """How it went, as the family tells it."""
    placement = queries.placement_or_404(placement_id, me())
    case = case_or_404(placement.case.public_id)
    form = ToldForm()
    attendance, on_day = form.attendance.data, form.on_day.data
    if not form.validate() or attendance is None or on_day is None:
        return _show_one(placement, case, MoveForm(placement, formdata=None), form, 422)
    try:
        actions.tell(
            placement, attendance, on_day, form.note.data or "", by=me(),
            not_for_them=form.not_for_them.data, ask_on=form.ask_on.data,
        )  # fmt: skip
    except Refused as refused:
        form.refuse(refused)
        return _show_one(placement, case, MoveForm(placement, formdata=None), form, 422)
    to = url_for("placements.one", placement_id=placement_id)
    journal.commit(to)
    return done(to, "Kept how it went.")


def _usual(case: Case, people: Sequence[Person]) -> list[Person]:
    main = [person for person in people if person.id == case.main_contact_id]
    return main or list(people[:1])


def _chosen(public_id: str) -> Meeting | None:
    key = uuid_of(public_id)
    return groups.meeting(key) if key else None


def _zone(case: Case, going: Sequence[Person]) -> str:
    return next((person.zone for person in going if person.zone), case.family.zone)


def _offer(form: PlaceForm, case: Case, people: Sequence[Person], going: Sequence[Person], chosen: Meeting | None) -> None:
    form.people.choices = [(str(person.public_id), person.name) for person in people]
    zone = _zone(case, going)
    days = finder.coming_days(chosen, clock.now()) if chosen and chosen.offered else []
    starts = [(day, chosen.starts_on(day)) for day in days]
    form.first_on.choices = [(day.isoformat(), f"{clock.local(at, zone):%a} {show_day(at, zone)}, {show_clock(at, zone)}") for day, at in starts]
    form.first_on.choices.append(("", "Not settled yet"))


def _page(case: Case, people: Sequence[Person], going: Sequence[Person], chosen: Meeting | None, form: PlaceForm, status: int = 200) -> Response:
    zone = _zone(case, going)
    known = queries.attendees(case, people)
    attending = [known[person.id] for person in going]
    home = places.place(case.family.zip_code or "")
    address = Address(request.args, "placements.new", kept=("who", "meeting"), case_id=case.public_id)
    wanted = address.wanted(default=queries.looks_for(attending), origin=home.point if home else None)
    week = finder.week(wanted, zone, clock.now(), address.day(), attending, everything=bool(address.get("all")))
    answers = [admits(chosen.group.fellowship, chosen.audiences, chosen.access, one) for one in attending] if chosen else []
    return show(
        "placements/new.html", status=status, case=case, back=_case_url(case), form=form, people=people, going=going, zone=zone, home=home,
        address=address, wanted=wanted, week=week, day_name=DAYS[week.day - 1], strip=strip(address, week), menus=menus(address, wanted, week),
        chosen=chosen, mind=" ".join(dict.fromkeys(answer.reason for answer in answers if answer.reason)),
        faith=chosen is not None and chosen.group.approach is GroupApproach.CHRISTIAN,
        others=[(person, address.with_(who=str(person.public_id), audience=None, meeting=None)) for person in people if person not in going],
    )  # fmt: skip


def _told_form(placement: Placement, case: Case) -> ToldForm:
    form = ToldForm(formdata=None)
    today = clock.today(case.family.zone)
    form.on_day.data = today
    if not placement.meeting.by_appointment:
        last = placement.meeting.next_day(clock.now()) - timedelta(days=7)
        form.on_day.data = min(today, clock.local(placement.meeting.starts_on(last), case.family.zone).date())
    form.ask_on.data = today + timedelta(days=14)
    return form


def _show_one(placement: Placement, case: Case, move_form: MoveForm, told_form: ToldForm, status: int = 200) -> Response:
    zone = placement.person.zone or case.family.zone
    attendee = queries.attendees(case, [placement.person])[placement.person_id]
    others = []
    if case.is_open and not placement.is_live:
        home = places.place(case.family.zip_code or "")
        wanted = finder.Wanted(whom=queries.looks_for([attendee]), origin=home.point if home else None, within=10 if home else None)
        others = finder.soonest(wanted, zone, clock.now(), [attendee], without=placement.meeting_id)
    meeting = placement.meeting
    return show(
        "placements/one.html", status=status, placement=placement, case=case, back=_case_url(case), meeting=meeting, zone=zone, others=others,
        move_form=move_form, told_form=told_form, days=DAYS,
        coming=None if meeting.by_appointment or not meeting.offered else meeting.starts_on(meeting.next_day(clock.now())),
        old=finder.stale(meeting, finder.refreshed(), clock.now()),
        names=staff.names({placement.placed_by_id} | {told.by_id for told in placement.told}),
        find=url_for("placements.new", case_id=case.public_id, who=str(placement.person.public_id)),
    )  # fmt: skip


def _case_url(case: Case) -> str:
    return url_for("casefile.show", case_id=case.public_id)
