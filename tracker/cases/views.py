"""What is done with a case besides talking: its next step, holds, owners, the end and the way back.

Each deed has a page of its own with one form, so that it works without script and keeps what was typed.
"""

from uuid import UUID

from flask import Blueprint, g, request
from werkzeug.wrappers import Response

from tracker import journal
from tracker.cases import actions, queries
from tracker.cases.access import case_or_404
from tracker.cases.actions import NextStep
from tracker.cases.answers import ask, home, may_take, must_be_newest, told_step
from tracker.cases.forms import Again, CloseForm, HandOverForm, HoldForm, MainContactForm, NextStepForm, ReopenForm
from tracker.cases.models import Case
from tracker.cases.step_fields import StepFields
from tracker.db import db
from tracker.htmx import done, wanted
from tracker.moves import Refused
from tracker.staff import queries as staff
from tracker.staff.gate import SAFE, may, me
from tracker.staff.models import Role, Staff, Team
from tracker.staff.permissions import Permission
from tracker.templating import show_day

bp = Blueprint("cases", __name__)
BOTH = ["GET", "POST"]


@bp.after_app_request
def _tell_of_what_was_opened(response: Response) -> Response:
    """A page that shows a record and told of no Viewing itself gets its one here: a form with what stands in it, opened or refused."""
    told = db.session.info.pop("viewing", False)
    shown = response.status_code in ((200,) if request.method in SAFE else (409, 422))
    if told or not shown or "opened" not in g or response.mimetype != "text/html" or wanted():
        return response
    about, case_id, what = g.opened
    journal.only_viewings()  # of a deed that was refused nothing is told
    journal.viewed(about, by=me(), case_id=case_id, what=what)
    journal.commit()
    return response


def _said(form: StepFields, case: Case) -> NextStep | None:
    """The step that was said; None, with a sentence beside its field, when it cannot be kept."""
    if not form.validate():
        return None
    try:
        return form.to_step(me().zone, case.family.zone)
    except Refused as refused:
        form.refuse(refused)
        return None


@bp.route("/cases/<uuid:case_id>/next-step", methods=BOTH)
@may(Permission.EDIT_CASE, writes=True)
def next_step(case_id: UUID) -> Response:
    """Set the one next step, or put it on another day; a hold ends with it."""
    case = case_or_404(case_id)
    actions.must_be_open(case)
    form = NextStepForm()
    form.ask(me().zone)
    if request.method == "GET":
        form.fill(case, me().zone)
        return ask("next_step", case, form)
    step = _said(form, case)
    if step is None:
        return ask("next_step", case, form)
    must_be_newest(case, form, ("Next step", told_step(case), step.text))
    (actions.end_hold if case.hold_until else actions.set_next_step)(case, step, by=me())
    journal.commit(to=home(case))
    return done(home(case), f"Next step set: {step.text}, {show_day(step.due, case.family.zone)}.")


@bp.route("/cases/<uuid:case_id>/next-step/done", methods=BOTH)
@may(Permission.EDIT_CASE, writes=True)
def step_done(case_id: UUID) -> Response:
    """The next step is done; the page asks for the following one, since an open case never has none."""
    case = case_or_404(case_id)
    actions.must_be_open(case)
    form = NextStepForm()
    form.ask(me().zone)
    if request.method == "GET":
        return ask("step_done", case, form)
    step = _said(form, case)
    if step is None:
        return ask("step_done", case, form)
    finished = case.next_step_text or "the step"
    must_be_newest(case, form, ("Next step", told_step(case), step.text))
    actions.complete_next_step(case, step, by=me())
    journal.commit(to=home(case))
    return done(home(case), f"Done: {finished}. Next: {step.text}, {show_day(step.due, case.family.zone)}.")


@bp.route("/cases/<uuid:case_id>/hold", methods=BOTH)
@may(Permission.EDIT_CASE, writes=True)
def hold(case_id: UUID) -> Response:
    """Let a case wait until a day."""
    case = case_or_404(case_id)
    actions.must_be_open(case)
    form = HoldForm()
    if request.method == "GET":
        form.hold_until.data, form.hold_reason.data, form.hold_note.data = case.hold_until, case.hold_reason, case.hold_note
    elif form.validate():
        must_be_newest(case, form, ("What is next", told_step(case), f"On hold until {show_day(form.hold_until.data)}: {form.hold_reason.data.label}"))
        try:
            actions.hold(case, form.hold_until.data, form.hold_reason.data, form.hold_note.data or "", by=me())
        except Refused as refused:
            form.refuse(refused)
        else:
            journal.commit(to=home(case))
            return done(home(case), f"On hold until {show_day(case.hold_until)}. It comes back to your list that day.")
    return ask("hold", case, form)


@bp.route("/cases/<uuid:case_id>/hold/end", methods=BOTH)
@may(Permission.EDIT_CASE, writes=True)
def end_hold(case_id: UUID) -> Response:
    """Take a case up again, with a next step."""
    case = case_or_404(case_id)
    actions.must_be_open(case)
    form = NextStepForm()
    form.ask(me().zone)
    if request.method == "GET":
        form.fill(case, me().zone)
        return ask("end_hold", case, form)
    step = _said(form, case)
    if step is None:
        return ask("end_hold", case, form)
    must_be_newest(case, form, ("What is next", told_step(case), step.text))
    actions.end_hold(case, step, by=me())
    journal.commit(to=home(case))
    return done(home(case), f"Hold ended. Next: {step.text}, {show_day(step.due, case.family.zone)}.")


def heirs(case: Case) -> list[tuple[Staff, Team]]:
    """Who may have a case after its owner: the case's team, and the other teams of a supervisor who gives it away."""
    found = {one.id: (one, case.team) for one in staff.case_workers(case.team_id)}
    if me().role is Role.SUPERVISOR:
        for team in staff.teams():
            if team.id in me().team_ids and team.id != case.team_id:
                found = {**{one.id: (one, team) for one in staff.case_workers(team.id)}, **found}
    found.pop(case.owner_id, None)
    return sorted(found.values(), key=lambda pair: (pair[1].id != case.team_id, pair[0].name))


@bp.route("/cases/<uuid:case_id>/owner", methods=BOTH)
@may(Permission.HAND_OVER, writes=True)
def hand_over(case_id: UUID) -> Response:
    """Give a case to somebody who may see it; the old owner's rights of an owner end with it."""
    case = case_or_404(case_id)
    actions.must_be_open(case)
    offered = {str(person.public_id): (person, team) for person, team in heirs(case)}
    form = HandOverForm()
    form.owner.choices = [(key, one.name if team.id == case.team_id else f"{one.name}, {team.name}") for key, (one, team) in offered.items()]
    if request.method == "POST" and form.validate():
        person, team = offered[form.owner.data]
        must_be_newest(case, form, ("Owner", case.owner.name, person.name))
        actions.hand_over(case, person, team, form.note.data or "", by=me())
        journal.commit(to=home(case))
        return done(home(case), f"Handed over to {person.name}.")
    return ask("hand_over", case, form)


@bp.post("/cases/<uuid:case_id>/owner/me")
@may(Permission.TAKE_CASE, writes=True)
def take(case_id: UUID) -> Response:
    """Take a case whose owner cannot act any more; a supervisor may take any case of the team."""
    case = case_or_404(case_id)
    actions.must_be_open(case)
    if case.owner_id == me().id:
        raise Refused(None, "This is your case already.")
    if not may_take(case):
        raise Refused(None, f"This is {case.owner.name}'s case. Ask them to hand it over, or ask a supervisor of the team.")
    actions.hand_over(case, me().staff, case.team, "Taken from the team's list.", by=me())
    journal.commit(to=home(case))
    return done(home(case), "This is your case now.")


@bp.route("/cases/<uuid:case_id>/closure", methods=BOTH)
@may(Permission.HAND_OVER, writes=True)
def close(case_id: UUID) -> Response:
    """Close a case with a reason, a summary, and whether we may be in touch again."""
    case = case_or_404(case_id)
    actions.must_be_open(case)
    form = CloseForm()
    if request.method == "POST" and form.validate():
        try:
            summary = form.summary
            must_be_newest(case, form, ("What is next", told_step(case), f"Close: {form.closure_reason.data.label}\n{summary}"))
            actions.close(case, form.closure_reason.data, summary, form.again.data is Again.YES, by=me())
        except Refused as refused:
            form.refuse(refused)
        else:
            journal.commit(to=home(case))
            return done(home(case), f"Case {case.number} closed: {case.closure_reason.label}.")
    return ask("close", case, form)


@bp.route("/cases/<uuid:case_id>/reopening", methods=BOTH)
@may(Permission.HAND_OVER, writes=True)
def reopen(case_id: UUID) -> Response:
    """Open a closed case again as its next episode, with its history."""
    case = case_or_404(case_id)
    if case.is_open:
        raise Refused(None, "This case is open already.")
    form = ReopenForm()
    form.ask(me().zone)
    if request.method == "POST":
        step = _said(form, case)
        if step is not None:
            must_be_newest(case, form, ("Next step", told_step(case), step.text))
            try:
                actions.reopen(case, form.reason.data, form.stage.data, step, by=me())
            except Refused as refused:
                form.refuse(refused)
            else:
                journal.commit(to=home(case))
                return done(home(case), f"Case {case.number} is open again, episode {case.episode}.")
    return ask("reopen", case, form)


@bp.route("/cases/<uuid:case_id>/main-contact", methods=BOTH)
@may(Permission.EDIT_CASE, writes=True)
def main_contact(case_id: UUID) -> Response:
    """Choose whom we talk to first."""
    case = case_or_404(case_id)
    actions.must_be_open(case)
    people = queries.family_of(case)
    form = MainContactForm()
    form.main_contact.choices = [(str(person.public_id), person.name) for person in people if person.died_at is None]
    if request.method == "GET":
        form.main_contact.data = str(case.main_contact.public_id)
    elif form.validate():
        chosen = next(person for person in people if str(person.public_id) == form.main_contact.data)
        must_be_newest(case, form, ("Main contact", case.main_contact.name, chosen.name))
        actions.choose_main_contact(case, chosen, by=me())
        journal.commit(to=home(case))
        return done(home(case), f"Main contact is now {chosen.name}.")
    return ask("main_contact", case, form)
