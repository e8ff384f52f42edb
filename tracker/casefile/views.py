"""The page of a case, its history, who opened it, and its print. Opening one writes one Viewing; fragments write none."""

from uuid import UUID

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from tracker import journal
from tracker.casefile import deeds, head, panels, path, timeline
from tracker.casefile.gather import Beside, family, gather
from tracker.casefile.stage_facts import points
from tracker.cases import promises
from tracker.cases import queries as cases
from tracker.cases.access import case_or_404, limited, masked
from tracker.cases.models import Case
from tracker.cases.words import PATH, CaseStage
from tracker.htmx import show as answer
from tracker.htmx import wanted
from tracker.journal.models import TOLD, Kind
from tracker.journal.queries import viewings
from tracker.paging import before, page
from tracker.staff import queries as staff
from tracker.staff.gate import may, me
from tracker.staff.permissions import Permission

bp = Blueprint("casefile", __name__)
PRINTED = 200  # entries of the history that a print holds


@bp.get("/cases/<uuid:case_id>")
@may(Permission.READ_CASE)
def show(case_id: UUID) -> Response:
    """The page of a case; without names for an auditor, and only what a packet needs for packet staff."""
    case = case_or_404(case_id)
    if masked(me()):
        return _seen(case, _masked(case), "the case page, masked")
    if limited(me()):
        return _seen(case, _for_packets(case), "the case page, for a packet")
    return _seen(case, _whole(case), "the case page")


def _seen(case: Case, page: Response, what: str) -> Response:
    journal.viewed(case, by=me(), case=case, what=what)
    journal.commit()
    return page


def _masked(case: Case) -> Response:
    steps = path.steps(case, cases.moves(case), me().zone)
    return answer("casefile/masked.html", case=case, path=[(*step[:3], "" if step[2] == "passed" else step[3]) for step in steps], zone=me().zone)


def _for_packets(case: Case) -> Response:
    people = [member for member in family(case) if member.person.died_at is None]
    lines = [(member, [panels.way(point) for point in member.points]) for member in people]
    beside = Beside(people)
    packet = timeline.to("packets.new", case_id=case.public_id)
    return answer("casefile/for_packets.html", case=case, people=lines, care=head.care(case, beside), packet=packet, zone=me().zone)


def _whole(case: Case) -> Response:
    zone, beside = me().zone, gather(case)
    moves = cases.moves(case)
    told = timeline.read(case, zone, _kind())
    names = _names(case, told)
    then = _next(case)
    return answer(
        "casefile/show.html", case=case, zone=zone, facts=head.facts(case, beside, zone), care=head.care(case, beside), tags=head.status(case, zone, beside),
        path=path.steps(case, moves, zone, beside), history=told, chips=timeline.chips(case), next=head.next_card(case, names, zone) if case.is_open else None,
        panels=panels.all_of(panels.View(case, beside, zone, names)), closed_by=names.get(case.closed_by_id or 0, ""), **deeds.of(case, then),
        promises=promises.of_case(case) if case.is_open else [], then=then,
        points=[(point.met, point.label) for point in points(case, then, beside)] if then else [],
    )  # fmt: skip


def _names(case: Case, told: timeline.History) -> dict[int, str]:
    """Staff whose names the head needs; asked for only when neither the owner nor anybody of the history."""
    known = {**told.names, me().id: me().name, **({case.owner.id: case.owner.name} if case.owner else {})}
    return known | staff.names({case.next_step_set_by_id, case.closed_by_id} - known.keys())


def _next(case: Case) -> CaseStage | None:
    """The stage after this one on the path; None at its end, and when the case is closed."""
    return PATH[case.stage.number] if case.is_open and case.stage.number < len(PATH) else None


def _kind() -> Kind | None:
    code = request.args.get("kind", "")
    if code and code not in {kind.value for kind in TOLD}:
        abort(404)
    return Kind(code) if code else None


@bp.get("/cases/<uuid:case_id>/history")
@may(Permission.READ_CLINICAL)
def history(case_id: UUID) -> Response:
    """Earlier entries: the fragment that "Show earlier" puts below, or a page of its own without script."""
    case = case_or_404(case_id)
    told = timeline.read(case, me().zone, _kind(), before())
    page = answer("casefile/history.html", part="casefile/_earlier.html", case=case, history=told, above=request.args.get("day", ""))
    return page if wanted() else _seen(case, page, "the history")


@bp.get("/cases/<uuid:case_id>/viewers")
@may(Permission.SEE_VIEWERS)
def viewers(case_id: UUID) -> Response:
    """Who opened the case, its prints and packets, and when."""
    case = case_or_404(case_id)
    found = page(viewings(case.id, before()))
    names = staff.names({line.actor_id for line in found.rows})
    shown = answer("casefile/viewers.html", case=case, found=found, names=names, zone=me().zone, masked=masked(me()))
    return _seen(case, shown, "who viewed it")


@bp.get("/print/cases/<uuid:case_id>")
@may(Permission.READ_CLINICAL)
def print_case(case_id: UUID) -> Response:
    """A case on paper, with the printer's name and the hour; `notes=no` leaves out what was said."""
    case = case_or_404(case_id)
    zone, beside = me().zone, gather(case)
    told = timeline.read(case, zone, size=PRINTED)
    names = _names(case, told)
    printed = answer(
        "casefile/print.html", case=case, zone=zone, facts=head.facts(case, beside, zone), care=head.care(case, beside), tags=head.status(case, zone, beside),
        path=path.steps(case, cases.moves(case), zone, beside), history=told, notes=request.args.get("notes") != "no",
        panels=panels.all_of(panels.View(case, beside, zone, names)), next=head.next_card(case, names, zone) if case.is_open else None,
        closed_by=names.get(case.closed_by_id or 0, ""),
    )  # fmt: skip
    return _seen(case, printed, "a print")
