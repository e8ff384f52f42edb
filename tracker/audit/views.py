"""The journal's pages."""

from flask import Blueprint, abort, request

from tracker.htmx import show
from tracker.journal import VERBS, Kind, queries
from tracker.paging import before, page
from tracker.staff import queries as staff
from tracker.staff.gate import may
from tracker.staff.permissions import Permission

bp = Blueprint("audit", __name__)
# An auditor reads deeds without the names and words of families: only lines about the directory and the library tell all.
OPEN_ABOUT = {"providers", "programs", "support_groups", "meetings", "meeting_sources", "materials", "editions"}


@bp.get("/journal")
@may(Permission.READ_JOURNAL)
def lines() -> object:
    """Every line, newest first."""
    try:
        kind = Kind(request.args["kind"]) if request.args.get("kind") else None
    except ValueError:
        abort(404)
    found = page(queries.lines(before=before(), kind=kind))
    names = staff.names({line.actor_id for line in found.rows})
    return show("audit/lines.html", part="audit/_lines.html", found=found, names=names, verbs=VERBS, kinds=list(Kind), kind=kind, open_about=OPEN_ABOUT)
