"""Where forms keep what is typed."""

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from tracker import clock, journal
from tracker.addresses import url_for
from tracker.drafts import actions
from tracker.drafts.models import DraftKind
from tracker.htmx import done
from tracker.moves import Refused
from tracker.staff.gate import may, me
from tracker.staff.permissions import Permission
from tracker.templating import show_clock

bp = Blueprint("drafts", __name__)


def _kind(code: str) -> DraftKind:
    try:
        return DraftKind(code)
    except ValueError:
        abort(404)


@bp.post("/drafts/<kind>/<key>")
@may(Permission.KEEP_DRAFTS, writes=True, repeats=True)
def keep(kind: str, key: str) -> Response:
    """Keep the words; the answer is the line that stands beside the form."""
    try:
        actions.keep(me(), _kind(kind), key, request.form)
    except Refused as refused:
        return Response(refused.sentence, 422, mimetype="text/plain")
    actions.purge()
    journal.commit()
    return Response(f"Draft kept {show_clock(clock.now(), me().zone).rsplit(' ', 1)[0]}", mimetype="text/plain")


@bp.post("/drafts/<kind>/<key>/discard")
@may(Permission.KEEP_DRAFTS, writes=True)
def discard(kind: str, key: str) -> Response:
    """Throw a draft away."""
    actions.use_up(me(), _kind(kind), key)
    journal.commit()
    return done(url_for("inquiries.new" if kind == DraftKind.INQUIRY else "staff.home"), "Draft thrown away.")
