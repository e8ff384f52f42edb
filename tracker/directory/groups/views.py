"""The directory of groups."""

from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from tracker import clock, journal
from tracker.addresses import url_for
from tracker.directory.groups import actions, finder, queries
from tracker.directory.groups.forms import DAYS, LANGUAGES, ConfirmForm, GroupForm
from tracker.directory.groups.models import BY_HAND, Meeting, SupportGroup
from tracker.directory.groups.page import Address, menus, strip, tabs
from tracker.errors import Conflict
from tracker.htmx import done, show
from tracker.moves import Refused
from tracker.staff import queries as staff
from tracker.staff.gate import may, me
from tracker.staff.permissions import Permission

bp = Blueprint("groups", __name__, url_prefix="/directory/groups")


@bp.get("")
@may(Permission.READ_DIRECTORY)
def index() -> Response:
    """The coming seven days of meetings; the times are the reader's, or those of the ZIP that was asked for."""
    address = Address(request.args, "groups.index")
    near = address.near()
    zone = near.zone if near and near.zone else me().zone
    wanted = address.wanted(origin=near.point if near else None)
    week = finder.week(wanted, zone, clock.now(), address.day(), everything=bool(address.get("all")))
    return show(
        "directory/groups/index.html", week=week, wanted=wanted, zone=zone, near=near, address=address, day_name=DAYS[week.day - 1],
        strip=strip(address, week), menus=menus(address, wanted, week), tabs=tabs(), kept=address.kept("near"),
    )  # fmt: skip


@bp.get("/new")
@may(Permission.ADD_DIRECTORY)
def new() -> Response:
    """The form for a group that somebody heard of."""
    return show("directory/groups/new.html", form=GroupForm(zone=me().zone))


@bp.post("/new")
@may(Permission.ADD_DIRECTORY, writes=True)
def create() -> Response:
    """Add a group."""
    form = GroupForm(zone=me().zone)
    if not form.validate():
        return show("directory/groups/new.html", status=422, form=form)
    try:
        group = actions.add_group(form.to_facts(), by=me(), confirmed="" if form.confirmed.data else None)
    except Refused as refused:
        form.refuse(refused)
        return show("directory/groups/new.html", status=422, form=form)
    to = url_for("groups.one", group_id=group.public_id)
    journal.commit(to)
    return done(to, "Group added.")


@bp.get("/<uuid:group_id>")
@may(Permission.READ_DIRECTORY)
def one(group_id: UUID) -> Response:
    """One group: its meetings, how each was confirmed, and what may be told about it."""
    return _show_group(queries.group_or_404(group_id))


@bp.get("/<uuid:group_id>/edit")
@may(Permission.EDIT_DIRECTORY)
def edit(group_id: UUID) -> Response:
    """The form for a group that staff keep themselves."""
    group = queries.group_or_404(group_id)
    return show("directory/groups/edit.html", group=group, form=GroupForm.of(group, group.meetings[0]))


@bp.post("/<uuid:group_id>/edit")
@may(Permission.EDIT_DIRECTORY, writes=True)
def change(group_id: UUID) -> Response:
    """Change a group that staff keep themselves."""
    group = queries.group_or_404(group_id)
    form = GroupForm.of(group, group.meetings[0])
    if form.carried_version is not None and form.carried_version != group.version:
        raise Conflict("Somebody else changed this group after you opened it.", back=url_for("groups.edit", group_id=group_id))
    if not form.validate():
        return show("directory/groups/edit.html", status=422, group=group, form=form)
    try:
        actions.change_group(group, group.meetings[0], form.to_facts(), by=me())
    except Refused as refused:
        form.refuse(refused)
        return show("directory/groups/edit.html", status=422, group=group, form=form)
    to = url_for("groups.one", group_id=group.public_id)
    journal.commit(to)
    return done(to, "Group changed.")


@bp.post("/meetings/<uuid:meeting_id>/confirmations")
@may(Permission.ADD_DIRECTORY, writes=True)
def confirm(meeting_id: UUID) -> Response:
    """What somebody learned about a listing: it is true, it is closed for now, it meets again."""
    meeting = queries.meeting_or_404(meeting_id)
    form = ConfirmForm()
    if not form.validate():
        return _show_group(queries.group_or_404(meeting.group.public_id), form, meeting, 422)
    deed = request.form.get("deed")
    if deed == "closed":
        actions.close_for_now(meeting, form.note.data or "", by=me())
    elif deed == "open":
        actions.meets_again(meeting, by=me())
    else:
        actions.confirm(meeting, form.note.data or "", by=me())
    to = url_for("groups.one", group_id=meeting.group.public_id)
    journal.commit(to)
    return done(to, {"closed": "Marked as closed for now.", "open": "Marked as meeting again."}.get(deed or "", "Listing confirmed."))


def _show_group(group: SupportGroup, filled: ConfirmForm | None = None, of: Meeting | None = None, status: int = 200) -> Response:
    refreshed = finder.refreshed()
    now, zone = clock.now(), me().zone
    forms = ConfirmForm.for_each(group.meetings, filled, of)
    told = [(meeting, _next(meeting), finder.stale(meeting, refreshed, now), form) for meeting, form in zip(group.meetings, forms, strict=True)]
    return show(
        "directory/groups/one.html", status=status, group=group, told=told, filled=filled, zone=zone, days=DAYS, languages=LANGUAGES,
        refreshed=refreshed.get(group.source_system), by_hand=group.source_system == BY_HAND,
        confirmed_by=staff.names({meeting.verified_by_id for meeting in group.meetings}),
    )  # fmt: skip


def _next(meeting: Meeting) -> object:
    return None if meeting.by_appointment else meeting.starts_on(meeting.next_day(clock.now()))

