"""The box, and what it finds. The words travel in the body of a POST and are kept nowhere."""

from datetime import timedelta

from flask import Blueprint
from werkzeug.wrappers import Response

from tracker import journal
from tracker.addresses import url_for
from tracker.cases.access import masked
from tracker.db import begin_reading, db
from tracker.forms import Form, Text
from tracker.htmx import done, show
from tracker.journal import Kind
from tracker.search.asked import Asked, understand
from tracker.search.queries import Found, find
from tracker.staff import throttle
from tracker.staff.gate import may, me
from tracker.staff.permissions import Permission

bp = Blueprint("search", __name__)
NOTHING = Asked()
SEARCHED = journal.verb("search.made", Kind.ACCESS, "search", "Searched by {kind}: {count} found")
TOO_LITTLE = "Type at least four figures or three letters."
TOO_OFTEN = f"{throttle.FIND} searches a minute are the most. Wait a minute, then find again."


class FindForm(Form):
    """The box."""

    q = Text("Find", needed="Enter a name, a number, or words from a note.", limit=120)


@bp.get("/find")
@may(Permission.LIST_CASES)
def box() -> Response:
    """The empty box, for phones and for browsers without script."""
    return show("search/find.html", form=FindForm(formdata=None), found=None, masked=masked(me()))


@bp.post("/find")
@may(Permission.LIST_CASES)
def results() -> Response:
    """What the words find; one case found by its number or a phone opens at once."""
    form = FindForm()
    if not form.validate():
        return _page(form, None, 422)
    if _one_too_many():
        return _refused(form, TOO_OFTEN, 429)
    asked = understand(form.q.data or "")
    if not asked.is_enough:
        return _refused(form, TOO_LITTLE, 422)
    found = find(asked, me())
    to, said = _only(asked, found, form.q.data or "")
    page = None if to else _page(form, found, asked=asked)
    journal.record(SEARCHED, by=me(), about="search:", kind=asked.kind, count=len(found))
    journal.commit()
    return page or done(to, said)


def _only(asked: Asked, found: Found, typed: str) -> tuple[str, str]:
    """Where the only thing with a number is, and what to say there; twice "" when there are several, or when words were asked for."""
    if found.packet:
        return url_for("packets.receipt", packet_id=found.packet.public_id), ""
    if asked.only_figures and len(found) == len(found.cases) == 1:
        case = found.cases[0].case
        said = f"Case {case.number}, the only one with {typed}." if asked.figures else ""
        return url_for("casefile.show", case_id=case.public_id), said
    return "", ""


def _refused(form: FindForm, why: str, status: int) -> Response:
    form.q.errors = [*form.q.errors, why]
    return _page(form, None, status)


def _page(form: FindForm, found: Found | None, status: int = 200, asked: Asked = NOTHING) -> Response:
    kind = "packet" if asked.packet_id is not None else "case" if masked(me()) or asked.kind == "case number" else "family"
    return show("search/find.html", part="search/_found.html", status=status, form=form, found=found, asked=asked, kind=kind, masked=masked(me()))


def _one_too_many() -> bool:
    # Counted in a transaction of its own, so the one that reads is ended for it: not every journal mode lets both run at once.
    key = f"find:{me().id}"
    db.session.rollback()
    tries = throttle.hit(key, timedelta(minutes=1))
    begin_reading()
    return tries > throttle.FIND
