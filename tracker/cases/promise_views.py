"""Promises: kept by one press, missed or released with a line."""

from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from tracker import journal
from tracker.cases import promises
from tracker.cases.access import case_or_404
from tracker.cases.answers import home
from tracker.cases.forms import SettleForm
from tracker.cases.models import Case, Promise
from tracker.cases.views import BOTH, bp
from tracker.cases.words import PromiseState
from tracker.errors import NotHere
from tracker.htmx import done, show
from tracker.moves import Refused
from tracker.staff.gate import may, me
from tracker.staff.permissions import Permission


@bp.post("/cases/<uuid:case_id>/promises/<uuid:promise_id>/kept")
@may(Permission.LOG_CONTACT, writes=True)
def promise_kept(case_id: UUID, promise_id: UUID) -> Response:
    """One press: what was promised is done."""
    case, promise = _found(case_id, promise_id)
    promises.settle(promise, case, PromiseState.KEPT, by=me())
    said = f"{promise.state.label}: {promise.words}."
    journal.commit(to=home(case))
    return done(home(case), said)


@bp.route("/cases/<uuid:case_id>/promises/<uuid:promise_id>", methods=BOTH)
@may(Permission.LOG_CONTACT, writes=True)
def promise(case_id: UUID, promise_id: UUID) -> Response:
    """Say what became of a promise, in a line."""
    case, found = _found(case_id, promise_id)
    form = SettleForm()
    if form.is_submitted() and form.validate():
        try:
            promises.settle(found, case, form.state.data, form.note.data or "", by=me())
        except Refused as refused:
            form.refuse(refused)
        else:
            said = f"{found.state.label}: {found.words}."
            journal.commit(to=home(case))
            return done(home(case), said)
    journal.viewed(case, by=me(), case=case, what="a promise")
    page = show("cases/promise.html", status=422 if form.errors else 200, case=case, promise=found, form=form)
    if form.errors:
        journal.only_viewings()
    journal.commit()
    return page


def _found(case_id: UUID, promise_id: UUID) -> tuple[Case, Promise]:
    case = case_or_404(case_id)
    found = promises.one(promise_id, case, lock=request.method == "POST")
    if found is None:
        raise NotHere
    return case, found
