"""A step of the path: what happened there, what a move to it asks for, and the move."""

from uuid import UUID

from flask import abort, request
from werkzeug.wrappers import Response

from tracker import journal
from tracker.addresses import url_for
from tracker.casefile import path
from tracker.casefile.forms import MoveForm
from tracker.casefile.gather import gather
from tracker.casefile.stage_facts import points
from tracker.casefile.views import bp
from tracker.cases import actions
from tracker.cases import queries as cases
from tracker.cases.access import case_or_404, may_on
from tracker.cases.actions import Point, StageFacts
from tracker.cases.answers import home, must_be_newest
from tracker.cases.models import Case
from tracker.cases.words import PATH, CaseStage
from tracker.htmx import done, show
from tracker.moves import Refused
from tracker.staff import queries as staff
from tracker.staff.gate import may, me
from tracker.staff.permissions import Permission


@bp.get("/cases/<uuid:case_id>/stage")
@may(Permission.READ_CLINICAL)
def stage(case_id: UUID) -> Response:
    """A step of the path: its summary, and where this person may, the form that moves the case there."""
    case = case_or_404(case_id)
    code = request.args.get("to", "")
    if code not in {one.value for one in PATH}:
        abort(404)
    form = MoveForm(formdata=None)
    form.stage.data = CaseStage(code)
    form.version.data = str(case.version)
    page = _page(case, CaseStage(code), form)
    journal.viewed(case, by=me(), case=case, what="a step of the path")
    journal.commit()
    return page


@bp.post("/cases/<uuid:case_id>/stage")
@may(Permission.MOVE_STAGE, writes=True)
def move(case_id: UUID) -> Response:
    """Move a case to another stage; any stage may follow any other."""
    case = case_or_404(case_id)
    form = MoveForm()
    to = form.stage.data
    if not form.validate():
        return _page(case, to if to in PATH else case.stage, form, 422)
    must_be_newest(case, form, ("Stage", case.stage.label, to.label))
    asked = points(case, to, gather(case))
    try:
        made = actions.move(case, to, StageFacts(asked, form.why.data or "", may_on(case, Permission.PASS_GATE)), by=me())
    except Refused as refused:
        form.refuse(refused)
        return _page(case, to, form, 422, asked)
    journal.commit(to=home(case))
    count = len(made.passed)
    passed = f" {count} point{' was' if count == 1 else 's were'} passed: {'; '.join(made.passed)}." if made.passed else ""
    return done(home(case), f"Moved to {to.label}.{passed}")


def _page(case: Case, to: CaseStage, form: MoveForm, status: int = 200, asked: tuple[Point, ...] | None = None) -> Response:
    stretches = path.visits(cases.moves(case)).get(to, [])
    names = staff.names({visit.move.by_id for visit in stretches})
    return show(
        "casefile/stage.html", status=status, case=case, to=to, form=form, points=points(case, to, gather(case)) if asked is None else asked,
        told=[path.told(visit, names, me().zone) for visit in stretches], back=to.number < case.stage.number,
        others=[(one, url_for("casefile.stage", case_id=case.public_id, to=one.value)) for one in PATH],
        may_move=case.is_open and may_on(case, Permission.MOVE_STAGE), may_pass=may_on(case, Permission.PASS_GATE), zone=me().zone,
    )  # fmt: skip
