"""The list of cases: the address is the filter."""

from typing import TypeVar
from uuid import UUID

from flask import abort, current_app, request
from werkzeug.wrappers import Response

from tracker import journal
from tracker.addresses import url_for
from tracker.casefile.lines import lines
from tracker.casefile.queries import Flag, State, Wanted, colleagues, listed
from tracker.casefile.views import bp
from tracker.cases.access import limited, masked
from tracker.cases.words import PATH, CaseStage
from tracker.htmx import show
from tracker.journal import Kind
from tracker.paging import Page
from tracker.staff.gate import may, me
from tracker.staff.models import Role, Staff
from tracker.staff.permissions import Permission
from tracker.words import Words

LISTED = journal.verb("case.listed", Kind.VIEWING, "folders", "Listed cases: {count}")
Word = TypeVar("Word", bound=Words)


@bp.get("/cases")
@may(Permission.LIST_CASES)
def index() -> Response:
    """Cases by the filters in the address: stage, owner, flag, state."""
    actor, settings = me(), current_app.config["WAYPOINT"]
    stage, flag, state = _word("stage", CaseStage), _word("flag", Flag), _word("state", State) or State.OPEN
    owner = _owner()
    wanted = Wanted.now(stage, owner, flag, state, zone=settings.zone, quiet_days=settings.quiet_days)
    found = listed(actor, wanted, _uuid(request.args.get("after")), "undated" in request.args)
    people = colleagues(actor) if actor.role is Role.SUPERVISOR or isinstance(owner, UUID) else []
    template = "index_masked" if masked(actor) else "index_packets" if limited(actor) else "index"
    page = show(
        f"casefile/{template}.html", found=found, wanted=wanted, people=people, flags=list(Flag), states=list(State), stages=PATH, zone=actor.zone,
        chosen=_chosen(wanted, people), more=_more(found), rows=lines(found.rows, actor.zone) if template == "index" else (),
    )  # fmt: skip
    journal.record(LISTED, by=actor, about="cases:list", count=len(found.rows))
    journal.commit()
    return page


def _word(name: str, words: type[Word]) -> Word | None:
    code = request.args.get(name, "")
    if not code:
        return None
    try:
        return words(code)
    except ValueError:
        abort(404)


def _owner() -> str | UUID:
    text = request.args.get("owner", "")
    return "me" if text == "me" else "" if text in ("", "team") else _uuid(text) or abort(404)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        abort(404)


def _without(*names: str) -> str:
    kept = {name: value for name, value in request.args.items() if value and name not in (*names, "after", "undated")}
    return url_for("casefile.index", **kept)


def _chosen(wanted: Wanted, people: list[Staff]) -> list[tuple[str, str]]:
    """The filters that are set, in words, each with the address without it."""
    chosen = []
    if wanted.state is State.CLOSED:
        chosen.append((State.CLOSED.label, _without("state")))
    if wanted.stage:
        chosen.append((wanted.stage.label, _without("stage")))
    if wanted.flag:
        chosen.append((wanted.flag.label, _without("flag")))
    if wanted.owner:
        name = next((one.name for one in people if one.public_id == wanted.owner), "one owner")
        chosen.append(("Mine" if wanted.owner == "me" else name, _without("owner")))
    return chosen


def _more(found: Page) -> str:
    if not found.more:
        return ""
    kept = {name: value for name, value in request.args.items() if value and name not in ("after", "undated")}
    undated = {"undated": "1"} if found.last.is_open and found.last.next_step_at is None else {}
    return url_for("casefile.index", **kept, **undated, after=found.last.public_id)
