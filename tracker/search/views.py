"""The box, and what it finds. The words travel in the body of a POST and are kept nowhere."""

from datetime import timedelta

from flask import Blueprint, abort, url_for
from werkzeug.wrappers import Response

from tracker import journal
from tracker.cases.access import masked
from tracker.db import begin_reading, db
from tracker.forms import Form, Text
from tracker.htmx import done, show
from tracker.journal import Kind
from tracker.search.asked import understand
from tracker.search.queries import Found, find
from tracker.staff import throttle
from tracker.staff.gate import may, me
from tracker.staff.permissions import Permission

bp = Blueprint("search", __name__)
SEARCHED = journal.verb("search.made", Kind.ACCESS, "search", "Searched: {count} found")
TOO_LITTLE = "Type at least four figures or three letters."


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
        abort(429)
    asked = understand(form.q.data or "")
    if not asked.is_enough:
        form.q.errors = [*form.q.errors, TOO_LITTLE]
        return _page(form, None, 422)
    found = find(asked, me())
    only = found.cases[0].case if asked.only_figures and len(found) == len(found.cases) == 1 else None
    place, name = (url_for("casefile.show", case_id=only.public_id), only.number) if only else ("", 0)
    page = None if only else _page(form, found, figures=asked.figures)
    journal.record(SEARCHED, by=me(), about="search:", count=len(found))
    journal.commit()
    return page or done(place, f"Case {name}, the only one with {form.q.data}.")


def _page(form: FindForm, found: Found | None, status: int = 200, figures: str = "") -> Response:
    return show("search/find.html", part="search/_found.html", status=status, form=form, found=found, figures=figures, masked=masked(me()))


def _one_too_many() -> bool:
    # Counted in a transaction of its own, so the one that reads is ended for it: not every journal mode lets both run at once.
    key = f"find:{me().id}"
    db.session.rollback()
    tries = throttle.hit(key, timedelta(minutes=1))
    begin_reading()
    return tries > throttle.FIND
