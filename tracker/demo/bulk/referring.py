"""A plan, a consent, and a referral under it, in the quick way."""

from datetime import datetime, timedelta

from tracker.cases.models import Plan
from tracker.cases.words import PlanLimit, PlanOpenness
from tracker.consents.models import Consent, ConsentProgram, Disclosure
from tracker.consents.words import ConsentStatus, ConsentType, DisclosurePurpose, InfoCategory, SignatureMethod, SignerCapacity
from tracker.demo import said
from tracker.demo.bulk.life import Life
from tracker.demo.bulk.telling import Telling
from tracker.directory.programs.words import CapacityStatus
from tracker.referrals.models import Referral, ReferralAnswer
from tracker.referrals.telling import Heard
from tracker.referrals.words import Handoff, LocSource, ProviderResponse, ReasonRejected, ReferralStatus, StatusSetBy

TELLS = [InfoCategory.IDENTITY_CONTACT, InfoCategory.REFERRAL_NEEDS, InfoCategory.ATTENDANCE_ADMISSION]


class Referring(Telling):
    """Rows of a referral and of all that it needs."""

    def refer(self, life: Life, at: datetime) -> None:
        n, person = life.number, self.names(life)
        program = self.programs[life.luck % len(self.programs)]
        plan = self.sink.public_id()
        self.sink.add(
            Plan,
            id=n,
            public_id=plan,
            case_id=n,
            number=1,
            what_matters=said.MATTERS[life.luck % len(said.MATTERS)],
            openness=[PlanOpenness.INPATIENT],
            limits=[PlanLimit.PAYMENT],
            made_at=at,
            made_by_id=self.owner(life).id,
        )
        self.tell("case.planned", life, at, "plans", plan, number=1, what_matters=said.MATTERS[life.luck % len(said.MATTERS)])
        consent = self.consent(life, at, ConsentType.ROI_OUTBOUND, 2 * n - 1, person.person, program)
        self._under(life, at, program, consent)

    def consent(self, life: Life, at: datetime, kind: ConsentType, subject: int, called: str, program=None) -> int:
        key, public_id, n = self.sink.key("consents"), self.sink.public_id(), life.number
        until = at.date() + timedelta(days=365)
        self.sink.add(
            Consent,
            id=key,
            public_id=public_id,
            case_id=n,
            subject_id=subject,
            type=kind,
            status=ConsentStatus.ACTIVE,
            status_at=at,
            giver_id=subject,
            signer_capacity=SignerCapacity.SELF,
            signer_name=f"{called} {self.names(life).last}",
            signature_method=SignatureMethod.WET_SCAN if program else SignatureMethod.VERBAL_DOCUMENTED,
            signed_on=at.date(),
            discloser="Family Line" if program else "",
            info_categories=TELLS if program else [],
            purpose=DisclosurePurpose.REFERRAL_COORDINATION if program else None,
            revocation_told=bool(program),
            expires_on=until,
            recorded_at=at,
            recorded_by_id=self.owner(life).id,
        )
        if program:
            self.sink.add(ConsentProgram, consent_id=key, program_id=program.id)
        self.tell(
            "consent.recorded", life, at, "consents", public_id, type=kind.label, who=called, to=f"{program.name}." if program else "", until=f"Until {until}."
        )
        return key

    def _under(self, life: Life, at: datetime, program, consent: int) -> None:
        n, owner, public_id = life.number, self.owner(life), self.sink.public_id()
        told = [f"First name and age: {self.names(life).person}"]
        accepted = life.luck % 5 > 0
        status = ReferralStatus.ACCEPTED if accepted else ReferralStatus.REJECTED
        self.sink.add(
            Referral,
            id=n,
            public_id=public_id,
            case_id=n,
            episode=1,
            person_id=2 * n - 1,
            program_id=program.id,
            consent_id=consent,
            handoff=Handoff.PHONE_TOGETHER,
            level_of_care=program.level_of_care,
            loc_source=LocSource.INQUIRER_REQUESTED,
            capacity_at_send=CapacityStatus.UNKNOWN,
            told=told,
            status=status,
            status_at=at,
            status_set_by=StatusSetBy.PROVIDER,
            reason="" if accepted else ReasonRejected.NO_CAPACITY.value,
            sent_at=at,
            check_back_on=at.date() + timedelta(days=2),
            provider_response=ProviderResponse.RECEIVED,
            response_at=at,
            loop_closed_at=None if accepted else at,
            outcome_confirmed_by=None if accepted else StatusSetBy.PROVIDER,
            made_by_id=owner.id,
        )
        answers = [(ReferralStatus.DRAFT, ReferralStatus.REQUESTED, StatusSetBy.STAFF, "Sent: phone together with the family", at)]
        word = Heard.ACCEPTED if accepted else Heard.NO_PLACE
        answers.append((ReferralStatus.REQUESTED, status, StatusSetBy.PROVIDER, word.label, at))
        for old, new, who, words, moment in answers:
            self.sink.add(
                ReferralAnswer,
                id=self.sink.key("referral_answers"),
                referral_id=n,
                at=moment,
                by_id=owner.id,
                from_status=old,
                to_status=new,
                set_by=who,
                words=words,
                reason="" if new is not ReferralStatus.REJECTED else ReasonRejected.NO_CAPACITY.value,
            )
        shown = self.sink.public_id()
        self.sink.add(
            Disclosure,
            id=n,
            public_id=shown,
            case_id=n,
            subject_id=2 * n - 1,
            consent_id=consent,
            program_id=program.id,
            referral_id=n,
            recipient=program.name,
            recipient_at=program.phone,
            categories=[InfoCategory.IDENTITY_CONTACT],
            told=told,
            purpose=DisclosurePurpose.REFERRAL_COORDINATION,
            way=Handoff.PHONE_TOGETHER.label,
            at=at,
            by_id=owner.id,
        )
        self.tell("consent.disclosed", life, at, "disclosures", shown, recipient=program.name, who=self.names(life).person, told=told[0])
        self.tell(
            "referral.sent",
            life,
            at,
            "referrals",
            public_id,
            program=program.name,
            how="phone together with the family",
            check=f"{at + timedelta(days=2):%b %d}",
        )
        self.tell("referral.told", life, at, "referrals", public_id, program=program.name, words=word.label.lower(), who="provider", note="")
