"""Whether the program answers, the crisis steps, and reports of the content policy."""

from flask import Blueprint, current_app, jsonify, render_template
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from tracker.db import db
from tracker.staff.gate import at_both_doors, open_to_all

bp = Blueprint("lobby", __name__)


@bp.get("/healthz")
@at_both_doors
def healthz() -> tuple[Response, int]:
    """200 when the database answers, else 503; no versions, no names."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return jsonify(status="unavailable"), 503
    return jsonify(status="ok"), 200


@bp.get("/crisis")
@open_to_all
def crisis() -> str:
    """The crisis steps: reachable by anybody, signed in or not."""
    return render_template("lobby/crisis.html")


@bp.post("/csp")
@at_both_doors
def policy_report() -> tuple[str, int]:
    """A browser says that a page broke the content policy; only the fact is kept, since reports carry addresses."""
    current_app.logger.warning("a page broke the content policy")
    return "", 204
