"""The pages of consents. They stand in the case file, because a withdrawal reaches what relied on it."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, current_app, request
from werkzeug.wrappers import Response

from tracker import clock, journal
from tracker.addresses import url_for
from tracker.casefile.withdrawal import stop_follow_up
from tracker.casefile.withdrawal import withdraw as withdraw_with_what_relied_on_it
from tracker.cases.access import case_or_404, limited, may_on
from tracker.cases.models import Case
from tracker.consents import actions, queries
from tracker.consents.forms import ConsentForm, ErrorForm, WithdrawForm
from tracker.consents.models import MOVES, Consent
from tracker.consents.words import RELEASES, ConsentStatus, ConsentType, InfoCategory
from tracker.directory.programs import queries as programs
from tracker.directory.programs.models import Program
from tracker.errors import Conflict, NotHere
from tracker.htmx import done, show
from tracker.moves import Refused
from tracker.people import queries as people
from tracker.people.models import Person
from tracker.staff import queries as staff
from tracker.staff.gate import may, me
from tracker.staff.permissions import Permission

bp = Blueprint("consents", __name__)
USUAL = [InfoCategory.IDENTITY_CONTACT, InfoCategory.ATTENDANCE_ADMISSION, InfoCategory.REFERRAL_NEEDS]


@bp.get("/cases/<uuid:case_id>/consents")
@may(Permission.WITHDRAW_CONSENT)
def index(case_id: UUID) -> Response:
    """What was agreed and declined on a case; whoever hears "I withdraw" finds it here."""
    case = case_or_404(case_id)
    found = queries.of_case(case.id)
    answer = show(
        "consents/index.html", case=case, consents=found, stands=_stands, limited=limited(me()), may_record=may_on(case, Permission.ADD_CONSENT),
        back=url_for("casefile.show", case_id=case_id), may_withdraw=_may_withdraw,
    )  # fmt: skip
    journal.viewed(case, by=me(), what="the consents of a case", case=case)
    journal.commit()
    return answer


@bp.get("/cases/<uuid:case_id>/consents/new")
@may(Permission.ADD_CONSENT)
def new(case_id: UUID) -> Response:
    """The form, for whom and for which program an address may say."""
    case = case_or_404(case_id)
    form = ConsentForm()
    named = programs.of_ids(request.args.getlist("program"))
    family = people.of_family(case.family_id)
    offered = _offer(form, case, family, named)
    who = next((person for person in family if str(person.public_id) == request.args.get("person")), case.person)
    form.subject.data = form.giver.data = str(who.public_id)
    form.programs.data = [str(program.public_id) for program in named]
    kind = next((one for one in ConsentType if one.value == request.args.get("type")), None)
    form.types.data = [kind] if kind else [ConsentType.ROI_OUTBOUND, ConsentType.ROI_INBOUND] if named else []
    form.info_categories.data = list(USUAL) if not kind or kind in RELEASES else []
    form.signed_on.data = clock.today(current_app.config["WAYPOINT"].zone)
    return _new(case, form, offered)


@bp.post("/cases/<uuid:case_id>/consents")
@may(Permission.ADD_CONSENT, writes=True)
def create(case_id: UUID) -> Response:
    """Record what was agreed to or declined."""
    case = case_or_404(case_id)
    form = ConsentForm()
    family = people.of_family(case.family_id)
    offered = _offer(form, case, family, programs.of_ids(form.programs.data or []))
    if not form.validate():
        return _new(case, form, offered, 422)
    subject = next(person for person in family if str(person.public_id) == form.subject.data)
    try:
        made = actions.record(case, subject, form.to_facts(family, offered), by=me())
    except Refused as refused:
        form.refuse(refused)
        return _new(case, form, offered, 422)
    if ConsentType.FOLLOWUP_CONSENT in {one.type for one in made}:
        stop_follow_up(subject, case, by=me())
    to = url_for("consents.show", consent_id=made[0].public_id) if len(made) == 1 else url_for("consents.index", case_id=case_id)
    said = _said(made)
    journal.commit(to)
    return done(to, said)


def _said(made: Sequence[Consent]) -> str:
    for consent in made:
        if consent.status is ConsentStatus.DRAFT:
            missing = ", ".join(element.label.lower() for element in consent.missing(consent.programs))
            return f"Kept, and not complete. Missing: {missing}. Nothing may be shared under it yet."
    return "Kept: they declined." if made[0].status is ConsentStatus.REFUSED else "Consent recorded."


def _offer(form: ConsentForm, case: Case, family: Sequence[Person], named: Sequence[Program]) -> list[Program]:
    offered = {program.id: program for program in named}
    for consent in queries.of_case(case.id):
        offered |= {program.id: program for program in consent.programs}
    form.offer(family, list(offered.values()))
    return list(offered.values())


def _new(case: Case, form: ConsentForm, offered: Sequence[Program], status: int = 200) -> Response:
    return show("consents/new.html", status=status, case=case, form=form, offered=offered, back=url_for("casefile.show", case_id=case.public_id))


def _consent(consent_id: UUID) -> tuple[Consent, Case]:
    consent = queries.by_public_id(consent_id)
    if consent is None:
        raise NotHere
    return consent, case_or_404(consent.case.public_id)


def _stands(consent: Consent) -> tuple[str, str, str]:
    """How a consent stands today, as a tag: words, tone, icon."""
    standing = consent.standing(clock.today(current_app.config["WAYPOINT"].zone))
    match standing:
        case ConsentStatus.ACTIVE:
            return "On file", "ok", "shield-check"
        case ConsentStatus.DRAFT:
            return "Not complete", "soon", "shield-off"
        case ConsentStatus.EXPIRED:
            return "Ended", "late", "shield-off"
        case ConsentStatus.REVOKED:
            return "Withdrawn", "late", "shield-off"
    return standing.label, "n", "shield-off"


def _may_withdraw(consent: Consent) -> bool:
    return ConsentStatus.REVOKED in MOVES[consent.status]


@bp.get("/consents/<uuid:consent_id>", endpoint="show")
@may(Permission.WORK_CASE)
def show_one(consent_id: UUID) -> Response:
    """A consent with its elements, and what it lacks."""
    consent, case = _consent(consent_id)
    answer = _page(consent, case, ErrorForm())
    journal.viewed(consent, by=me(), what="a consent", case=case)
    journal.commit()
    return answer


def _page(consent: Consent, case: Case, form: ErrorForm, status: int = 200) -> Response:
    if status == 200:
        form.version.data = str(consent.version)
    return show(
        "consents/one.html", status=status, consent=consent, case=case, form=form, stands=_stands(consent), missing=consent.missing(consent.programs),
        names=staff.names({consent.recorded_by_id, consent.revoked_by_id}), may_withdraw=_may_withdraw(consent),
        may_record=may_on(case, Permission.ADD_CONSENT), back=url_for("consents.index", case_id=case.public_id),
    )  # fmt: skip


@bp.get("/consents/<uuid:consent_id>/withdrawal")
@may(Permission.WITHDRAW_CONSENT)
def withdrawing(consent_id: UUID) -> Response:
    """Ask who withdrew it, and how."""
    consent, case = _consent(consent_id)
    form = WithdrawForm()
    form.version.data = str(consent.version)
    return _withdrawing(consent, case, form)


@bp.post("/consents/<uuid:consent_id>/withdrawal")
@may(Permission.WITHDRAW_CONSENT, writes=True)
def withdraw(consent_id: UUID) -> Response:
    """Record the withdrawal; it holds from this moment on."""
    consent, case = _consent(consent_id)
    form = WithdrawForm()
    if not form.validate():
        return _withdrawing(consent, case, form, 422)
    _newest(consent, form, "Withdraw it")
    try:
        lost = withdraw_with_what_relied_on_it(consent, case, form.words.data, by=me())
    except Refused as refused:
        form.refuse(refused)
        return _withdrawing(consent, case, form, 422)
    to = url_for("consents.index", case_id=case.public_id)
    names = ", ".join(dict.fromkeys(referral.program.name for referral in lost))
    said = f"Withdrawn. Nothing more may be told {f'to {names}' if names else 'under it'}."
    said += " The next step is set for today." if lost and case.is_open else ""
    journal.commit(to)
    return done(to, said)


def _withdrawing(consent: Consent, case: Case, form: WithdrawForm, status: int = 200) -> Response:
    return show(
        "consents/withdraw.html", status=status, consent=consent, case=case, form=form, stands=_stands(consent), may_withdraw=_may_withdraw(consent),
        back=url_for("consents.index", case_id=case.public_id),
    )  # fmt: skip


@bp.post("/consents/<uuid:consent_id>/error")
@may(Permission.ADD_CONSENT, writes=True)
def mark_error(consent_id: UUID) -> Response:
    """It was never so; it stays in sight and opens nothing."""
    consent, case = _consent(consent_id)
    form = ErrorForm()
    if not form.validate():
        return _page(consent, case, form, 422)
    _newest(consent, form, "Entered in error")
    try:
        actions.mark_error(consent, case, form.words.data, by=me())
    except Refused as refused:
        form.refuse(refused)
        return _page(consent, case, form, 422)
    to = url_for("consents.show", consent_id=consent_id)
    journal.commit(to)
    return done(to, "Marked as entered in error.")


def _newest(consent: Consent, form: WithdrawForm | ErrorForm, ours: str) -> None:
    if form.carried_version is not None and form.carried_version != consent.version:
        here = url_for("consents.show", consent_id=consent.public_id)
        raise Conflict("Somebody else changed this consent after you opened it.", [("Consent", consent.status.label, ours)], back=here)


@bp.get("/cases/<uuid:case_id>/disclosures")
@may(Permission.WORK_CASE)
def accounting(case_id: UUID) -> Response:
    """What was told to whom, to print: the accounting of disclosures (42 CFR 2.25)."""
    case = case_or_404(case_id)
    found = queries.disclosures(case.id)
    answer = show("consents/accounting.html", case=case, disclosures=found, names=staff.names({one.by_id for one in found}))
    journal.viewed(case, by=me(), what="the accounting of disclosures, to print", case=case)
    journal.commit()
    return answer
