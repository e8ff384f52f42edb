"""The plan tailored to the person, and what was said that needs care."""

from uuid import UUID

from flask import request
from werkzeug.wrappers import Response

from tracker import clock, journal
from tracker.addresses import url_for
from tracker.cases import actions, danger, queries
from tracker.cases.access import case_or_404, may_on
from tracker.cases.answers import ask, home, who_changed
from tracker.cases.forms import Danger, OverForm, PlanForm, RiskForm, told_form, told_plan
from tracker.cases.views import BOTH, bp
from tracker.drafts import queries as drafts
from tracker.drafts.actions import use_up
from tracker.drafts.models import DraftKind
from tracker.errors import Conflict, NotHere
from tracker.htmx import done, show
from tracker.moves import Refused
from tracker.staff import queries as staff
from tracker.staff.gate import may, me
from tracker.staff.permissions import Permission
from tracker.templating import show_clock


@bp.route("/cases/<uuid:case_id>/plan", methods=BOTH)
@may(Permission.EDIT_CASE, writes=True)
def plan(case_id: UUID) -> Response:
    """Write the plan; the version before stays readable. Two people who write at once do not overwrite each other."""
    case = case_or_404(case_id)
    actions.must_be_open(case)
    now = queries.plan(case)
    kept = drafts.find(me(), DraftKind.PLAN, str(case_id)) if request.method == "GET" and "fresh" not in request.args else None
    form = PlanForm(formdata=drafts.fields(kept)) if kept else PlanForm()
    if kept:
        form.version.data = str(now.number if now else 0)
    elif request.method == "GET":
        form.fill(now)
    elif form.validate():
        try:
            helpers = form.helpers()
        except Refused as refused:
            form.refuse(refused)
        else:
            if form.carried_version not in (None, now.number if now else 0):
                pairs = zip(told_plan(now), told_form(form), strict=True)
                both = [(label, theirs, mine) for (label, theirs), (_, mine) in pairs if theirs != mine]
                raise Conflict(who_changed(case), both, home(case))
            written = actions.revise_plan(
                case, what_matters=form.what_matters.data or "", openness=form.openness.data, openness_note=form.openness_note.data or "",
                limits=form.limits.data, limits_note=form.limits_note.data or "", helpers=helpers, by=me(),
            )  # fmt: skip
            use_up(me(), DraftKind.PLAN, str(case_id))
            journal.commit(to=home(case))
            return done(home(case), f"Plan saved, version {written.number}.")
    return ask("plan", case, form, plan=now, kept=kept, draft=url_for("drafts.keep", kind=DraftKind.PLAN.value, key=case.public_id))


@bp.get("/cases/<uuid:case_id>/plans")
@may(Permission.READ_CLINICAL)
def plans(case_id: UUID) -> Response:
    """All versions of the plan, newest first."""
    case = case_or_404(case_id)
    versions = queries.plans(case)
    names = staff.names({version.made_by_id for version in versions})
    response = show("cases/plans.html", case=case, versions=[(version, told_plan(version)) for version in versions], names=names, zone=me().zone)
    journal.viewed(case, by=me(), case=case, what="the plan's versions")
    journal.commit()
    return response


@bp.route("/cases/<uuid:case_id>/risks", methods=BOTH)
@may(Permission.LOG_CONTACT, writes=True)
def risk(case_id: UUID) -> Response:
    """Note a risk that was said; whoever of the team hears it may."""
    case = case_or_404(case_id)
    actions.must_be_open(case)
    form = RiskForm()
    if request.method == "POST" and form.validate():
        actions.note_risk(case, form.flag.data, form.note.data or "", by=me())
        if form.danger.data is not Danger.NO:
            danger.note_crisis(case, form.danger.data.label, by=me())
        journal.commit(to=home(case))
        return done(home(case), f"Noted: {form.flag.data.label}.")
    return ask("risk", case, form, risks=queries.risks(case), may_end=may_on(case, Permission.EDIT_CASE))


@bp.route("/cases/<uuid:case_id>/risks/<uuid:risk_id>/over", methods=BOTH)
@may(Permission.EDIT_CASE, writes=True)
def risk_over(case_id: UUID, risk_id: UUID) -> Response:
    """Record that a noted risk is over, and how that is known."""
    case = case_or_404(case_id)
    mark = next((mark for mark in queries.risks(case) if mark.public_id == risk_id), None)
    if mark is None:
        raise NotHere
    form = OverForm()
    if request.method == "POST" and form.validate():
        actions.end_risk(mark, case, form.why.data, by=me())
        journal.commit(to=home(case))
        return done(home(case), f"No longer: {mark.flag.label}.")
    return ask("over", case, form, title=f"No longer: {mark.flag.label}", noted=mark.note, at=mark.noted_at)


@bp.post("/cases/<uuid:case_id>/danger/seen")
@may(Permission.SIGN_SAFETY, writes=True)
def crisis_seen(case_id: UUID) -> Response:
    """A supervisor saw that danger was said; how long that took is on the record."""
    case = case_or_404(case_id)
    minutes = danger.see_crisis(case, by=me())
    to = home(case)
    journal.commit(to=to)
    return done(to, f"Noted: seen after {minutes} min. It stays first on the owner’s Today until somebody asked.")


@bp.route("/cases/<uuid:case_id>/crisis/over", methods=BOTH)
@may(Permission.LOG_CONTACT, writes=True)
def crisis_over(case_id: UUID) -> Response:
    """Somebody asked, and there is no danger now."""
    case = case_or_404(case_id)
    if case.crisis_at is None:
        raise Refused(None, "No danger stands on this case.")
    form = OverForm()
    if request.method == "POST" and form.validate():
        danger.end_crisis(case, form.why.data, by=me())
        journal.commit(to=home(case))
        return done(home(case), f"Noted {show_clock(clock.now(), me().zone)}: no danger now.")
    return ask("over", case, form, title="Asked, no danger now", noted=None, at=case.crisis_at)
