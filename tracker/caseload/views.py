"""The team table."""

from flask import Blueprint, current_app
from werkzeug.wrappers import Response

from tracker.caseload import queries
from tracker.cases.words import PATH
from tracker.htmx import show
from tracker.staff.gate import may, me
from tracker.staff.permissions import Permission

bp = Blueprint("caseload", __name__)


@bp.get("/review")
@may(Permission.REVIEW_TEAM)
def team() -> Response:
    """Open cases by person and stage, and what needs a look; each number leads to its list."""
    settings = current_app.config["WAYPOINT"]
    loads = queries.team(me(), settings.zone, settings.quiet_days)
    most = max((load.total for load in loads), default=1)
    return show("caseload/team.html", loads=loads, most=most, stages=PATH, quiet_days=settings.quiet_days)
