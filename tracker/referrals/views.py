"""Referring to a program, and what is told about it afterwards."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from tracker import clock, journal, places
from tracker.addresses import url_for, uuid_of
from tracker.cases import queries as cases
from tracker.cases.access import case_or_404
from tracker.cases.models import Case
from tracker.cases.words import PlanOpenness
from tracker.consents import queries as consents
from tracker.consents.words import InfoCategory
from tracker.directory.groups.page import Address
from tracker.directory.programs import page
from tracker.directory.programs import queries as programs
from tracker.directory.programs.models import Program
from tracker.directory.programs.wanted import Wanted
from tracker.directory.programs.words import Kind, LevelOfCare, Payment
from tracker.drafts import queries as drafts
from tracker.drafts.actions import use_up
from tracker.drafts.models import Draft, DraftKind
from tracker.errors import Conflict, NotHere
from tracker.htmx import done, show
from tracker.moves import Refused
from tracker.people import queries as people
from tracker.people.models import AgeBand, ContactPoint
from tracker.referrals import actions, hearing, queries, sharing, telling
from tracker.referrals.forms import DAY_LEFT_OUT, AnswerForm, ReferForm
from tracker.referrals.models import Referral
from tracker.referrals.telling import NEXT, Heard
from tracker.referrals.words import Handoff, Share
from tracker.staff import queries as staff
from tracker.staff.gate import may, me
from tracker.staff.permissions import Permission
from tracker.templating import show_day

bp = Blueprint("referrals", __name__)
SIZE = 20
AGES = {
    AgeBand.CHILD: (0, 12), AgeBand.TEEN: (13, 17), AgeBand.YOUNG_ADULT: (18, 25), AgeBand.ADULT: (26, 39), AgeBand.MIDDLE: (40, 59), AgeBand.OLDER: (60, 110),
}  # fmt: skip
KINDS = {PlanOpenness.INPATIENT: Kind.RESIDENTIAL, PlanOpenness.OUTPATIENT: Kind.OUTPATIENT}


@bp.get("/cases/<uuid:case_id>/referrals/new")
@may(Permission.WORK_CASE)
def new(case_id: UUID) -> Response:
    """The finder with filters from the case, and beside it the referral to the program that was chosen."""
    case = case_or_404(case_id)
    kept = None if "fresh" in request.args else drafts.find(me(), DraftKind.REFERRAL, str(case_id))
    form = ReferForm(formdata=drafts.fields(kept) if kept else None)
    form.program.data = request.args.get("program", "") or (form.program.data if kept else "")
    return _page(case, form, kept=kept)


@bp.post("/cases/<uuid:case_id>/referrals/new")
@may(Permission.WORK_CASE, writes=True)
def create(case_id: UUID) -> Response:
    """Send one referral, or give the details to the family."""
    case = case_or_404(case_id)
    form = ReferForm()
    program = programs.by_public_id(form.program.data or "")
    points = people.points_of(case.person_id)
    if program is not None:
        form.offer(sharing.lines(case, program, points, payment=_payment()), bool(program.fax))
    if not form.validate():
        return _page(case, form, 422, points)
    try:
        if program is None:
            raise Refused(None, "Choose a program.")
        sending = actions.Sending(
            handoff=form.handoff.data, check_back_on=form.check_back_on.data, loc_source=form.loc_source.data,
            share=form.share.data, notes=form.notes.data or "", payment=_payment(),
        )  # fmt: skip
        referral = actions.refer(case, program, sending, points, by=me())
    except Refused as refused:
        form.refuse(refused)
        return _page(case, form, 422, points)
    use_up(me(), DraftKind.REFERRAL, str(case_id))
    to = url_for("referrals.show", referral_id=referral.public_id)
    check = show_day(referral.check_back_on)
    said = f"Referral to {program.name} kept, with what is shared. Next: ask {program.name}, {check}."
    if referral.shares_nothing:
        said = f"Noted: the family has the details of {program.name}. Nothing was shared. Next: ask them, {check}."
    journal.commit(to)
    return done(to, said)


def _payment() -> Payment | None:
    return next((one for one in Payment if one.value == request.args.get("payment")), None)


def _preset(case: Case) -> Wanted:
    plan = cases.plan(case)
    kind = next((KINDS[one] for one in plan.openness if one in KINDS), None) if plan else None
    tag = (case.person.language or case.family.language).split("-")[0]
    return Wanted(
        kind=kind, language=tag if tag != "en" and tag in programs.LANGUAGES else None, ages=AGES.get(case.person.age_band) if case.person.age_band else None
    )


def _page(case: Case, form: ReferForm, status: int = 200, points: Sequence[ContactPoint] | None = None, kept: Draft | None = None) -> Response:
    address = Address(request.args, "referrals.new", kept=page.NAMES, case_id=case.public_id)
    here = places.place(case.family.zip_code) if case.family.zip_code else None
    looked_for = page.wanted(address, here.point if here else None, _preset(case))
    chosen_id = uuid_of(form.program.data or "")
    after = uuid_of(request.args.get("after", ""))
    found = programs.find(looked_for, size=SIZE, after=after, always=chosen_id)
    listed = [*found.fit, *found.near]
    chosen = next((one.program for one in listed if one.program.public_id == chosen_id), None)
    on_case = queries.of_case(case.id)
    last = found.fit[-1].program.public_id if found.more else None
    return show(
        "referrals/new.html", status=status, case=case, form=form, kept=kept,
        draft=url_for("drafts.keep", kind=DraftKind.REFERRAL.value, key=case.public_id), found=found, chosen=chosen, on_case=on_case, meta=page.meta,
        back=url_for("casefile.show", case_id=case.public_id), menus=page.menus(address, looked_for, here.zip_code if here else ""), address=address,
        place_open=page.place_open(address, looked_for), loosened=page.loosened(address, found), stands=_stands,
        live={one.program_id for one in on_case if one.is_live}, names=staff.names({one.program.verified_by_id for one in listed}),
        next_url=address.with_(after=str(last)) if last else "", known_place=here is not None,
        chosen_stale=any(one.stale for one in listed if one.program is chosen),
        **(_gate(case, chosen, form, looked_for.payment, points) if chosen else {}),
        step_down=chosen is None or chosen.level_of_care is not LevelOfCare.WITHDRAWAL_MANAGEMENT or _has_step_down(on_case),
    )  # fmt: skip


def _gate(case: Case, program: Program, form: ReferForm, payment: Payment | None, points: Sequence[ContactPoint] | None) -> dict[str, object]:
    """The consent line and what would be told; without a consent that opens it there is nothing to send with."""
    answer = consents.may_disclose((), program, case.person, at=clock.now())
    opened = points is None
    offered = sharing.lines(case, program, people.points_of(case.person_id) if points is None else points, payment=payment)
    covered = set(answer.consent.info_categories) if answer.yes and answer.consent else set()
    form.offer(offered, bool(program.fax))
    if opened:
        form.share.data = sharing.usual(offered, covered if answer.yes else set(InfoCategory))
        form.check_back_on.data = clock.today(case.family.zone) + timedelta(days=2)
    if not answer.yes:
        form.handoff.data = Handoff.FAMILY_CALLS
    off = {line.share.value: "not covered by the consent" for line in offered if answer.yes and line.category not in covered}
    would = [(line.words, line.share in form.share.data and line.share is not Share.NOTES, line.share is Share.NOTES) for line in offered]
    return {"answer": answer, "off": off, "would": [one for one in would if one[1] or one[2]]}


def _has_step_down(on_case: object) -> bool:
    return any(one.is_live and one.level_of_care is not LevelOfCare.WITHDRAWAL_MANAGEMENT for one in on_case)  # type: ignore[attr-defined]


def _stands(referral: Referral) -> tuple[str, str, str]:
    words, tone, icon = telling.stands(referral, clock.now(), me().zone)
    return (words, "soon", "clock-exclamation") if queries.is_unanswered(referral, clock.now()) else (words, tone, icon)


@bp.get("/referrals/<uuid:referral_id>", endpoint="show")
@may(Permission.WORK_CASE)
def show_one(referral_id: UUID) -> Response:
    """A referral, its history, and the answers that may come next."""
    referral = queries.referral_or_404(referral_id, me())
    case = case_or_404(referral.case.public_id)
    heard = _heard(request.args.get("answer", ""), referral)
    response = _show(referral, case, _form(heard, referral, case) if heard else None, heard)
    journal.viewed(referral, by=me(), what="a referral", case=case)
    journal.commit()
    return response


def _heard(code: str, referral: Referral) -> Heard | None:
    return next((one for one in NEXT[referral.status] if one.value == code), None)


def _form(heard: Heard, referral: Referral, case: Case) -> AnswerForm:
    form = AnswerForm()
    form.ask(me().zone)
    form.answer(heard, referral)
    if not form.is_submitted():
        form.propose(heard, referral, case)
        form.version.data = str(referral.version)
    return form


@bp.post("/referrals/<uuid:referral_id>/answers", endpoint="move")
@may(Permission.WORK_CASE, writes=True)
def answer(referral_id: UUID) -> Response:
    """Keep what was told; each answer asks for the next step."""
    referral = queries.referral_or_404(referral_id, me())
    case = case_or_404(referral.case.public_id)
    here = url_for("referrals.show", referral_id=referral_id)
    code = request.form.get("heard", "")
    heard = next((one for one in Heard if one.value == code), None)
    carried = request.form.get("version", "")
    if heard and carried != str(referral.version):
        theirs = telling.stands(referral, clock.now(), me().zone)[0]
        raise Conflict("Somebody else kept an answer after you opened this referral.", [("Where it stands", theirs, heard.label)], back=here)
    if heard is None or heard not in NEXT[referral.status]:
        raise Refused(None, "Choose what they said, of what can follow where this referral stands.")
    form = _form(heard, referral, case)
    if not form.validate():
        return _show(referral, case, form, heard, 422)
    try:
        then = form.to_step(me().zone, case.family.zone)
        hearing.hear(referral, case, form.to_hearing(heard), then, by=me())
    except Refused as refused:
        form.refuse(refused)
        return _show(referral, case, form, heard, 422)
    journal.commit(here)
    said = f"Kept: {heard.label.lower()}. Next: {then.text}."
    return done(here, f"{said} Follow-up can begin." if heard is Heard.ENDED else said)


def _show(referral: Referral, case: Case, form: AnswerForm | None, heard: Heard | None, status: int = 200) -> Response:
    here = url_for("referrals.show", referral_id=referral.public_id)
    at = clock.now()
    answers = [(one.label, f"{here}?answer={one.value}", one is heard) for one in NEXT[referral.status]]
    tell = inbound = None
    if not referral.shares_nothing and referral.is_live:
        tell = consents.may_disclose((), referral.program, referral.person, at=at)
        inbound = consents.may_be_told(referral.program, referral.person, at=at)
    return show(
        "referrals/one.html", status=status, referral=referral, case=case, form=form, heard=heard, answers=answers, tell=tell, inbound=inbound,
        back=url_for("casefile.show", case_id=case.public_id), stands=_stands(referral), late=queries.is_unanswered(referral, at),
        names=staff.names({one.by_id for one in referral.answers} | {referral.made_by_id}), day_left_out=heard in DAY_LEFT_OUT,
    )  # fmt: skip


@bp.get("/referrals/<uuid:referral_id>/sheet")
@may(Permission.WORK_CASE)
def sheet(referral_id: UUID) -> Response:
    """The page that is faxed or read out: exactly what was kept as shared, and under which consent. Nothing without one in force."""
    referral = queries.referral_or_404(referral_id, me())
    case = case_or_404(referral.case.public_id)
    if referral.shares_nothing or not referral.told:
        raise NotHere
    answer = consents.may_disclose((), referral.program, referral.person, at=clock.now())
    if not answer.yes:
        raise Refused(None, answer.reason)
    response = show("referrals/sheet.html", referral=referral, case=case, consent=answer.consent)
    journal.viewed(referral, by=me(), what="the sheet of a referral, to print", case=case)
    journal.commit()
    return response
