"""The first call in the quick way: a family, its people, their phones, the inquiry; and calls that are no case."""

from datetime import datetime

from tracker.demo import invented
from tracker.demo.bulk.life import Life
from tracker.demo.bulk.telling import FOLDED, Telling
from tracker.demo.telling import ASKS
from tracker.inquiries.models import Inquiry, SubstanceReport
from tracker.inquiries.words import (
    DangerAnswer,
    HowHeard,
    InquirerRelationship,
    InquiryChannel,
    InquiryDisposition,
    InquiryStatus,
    ReportedBy,
    Substance,
    UseContext,
)
from tracker.people.folding import reversed_digits
from tracker.people.models import AgeBand, ContactPoint, Family, Kinship, Person, PointKind, Relation, VoicemailRule

KINS = (Kinship.PARENT, Kinship.SPOUSE_PARTNER, Kinship.SIBLING, Kinship.PARENT, Kinship.CHILD, Kinship.FRIEND)
AGES = (AgeBand.YOUNG_ADULT, AgeBand.ADULT, AgeBand.ADULT, AgeBand.MIDDLE)
HEARD = (HowHeard.WEB_SEARCH, HowHeard.FRIEND_FAMILY, HowHeard.PROVIDER, HowHeard.HOTLINE_211_988, HowHeard.SOCIAL_MEDIA)
USED = (Substance.KETAMINE, Substance.KETAMINE, Substance.ALCOHOL, Substance.KETAMINE, Substance.RX_OPIOID)
ZONES = {town.zone for town in invented.TOWNS}


class Calling(Telling):
    """Rows of who called."""

    def people(self, life: Life, at: datetime) -> None:
        """The family, caller and person of concern, and how each is reached."""
        n, who, owner, town = life.number, self.names(life), self.owner(life), self.town(life)
        add = self.sink.add
        language = "es" if life.luck % 17 == 0 else "en-US"
        add(
            Family,
            id=n,
            name=who.last,
            folded_name=FOLDED[who.last],
            zip_code=town.zip_code,
            zone=town.zone,
            zone_guessed=True,
            language=language,
            created_at=at,
        )
        add(
            Person,
            id=2 * n - 1,
            family_id=n,
            first_name=who.person,
            last_name=who.last,
            folded_first=FOLDED[who.person],
            folded_last=FOLDED[who.last],
            age_band=AGES[life.luck % 4],
            created_at=at,
        )
        add(
            Person,
            id=2 * n,
            family_id=n,
            first_name=who.caller,
            last_name=who.last,
            folded_first=FOLDED[who.caller],
            folded_last=FOLDED[who.last],
            age_band=None,
            created_at=at,
        )
        add(Relation, id=n, person_id=2 * n, to_person_id=2 * n - 1, kinship=KINS[life.luck % 6])
        phone = self.phone(life)
        self._point(2 * n, 2 * n, phone, at, at, owner.id, life.luck % 3 == 0)
        self._point(2 * n - 1, 2 * n - 1, phone[:-2] + f"{(int(phone[-2:]) + 37) % 76 + 24:02d}", at, None, None, False)

    def _point(self, key: int, person: int, phone: str, at: datetime, confirmed: datetime | None, by: int | None, strict: bool) -> None:
        typed = f"({phone[2:5]}) {phone[5:8]}-{phone[8:]}"
        self.sink.add(
            ContactPoint,
            id=key,
            person_id=person,
            kind=PointKind.PHONE,
            value=phone,
            as_typed=typed,
            digits_reversed=reversed_digits(phone),
            ok_to_call=True,
            ok_to_text=not strict,
            voicemail_rule=VoicemailRule.NONE if strict else VoicemailRule.CALLBACK_ONLY,
            is_shared=strict,
            confirmed_at=confirmed,
            confirmed_by_id=by,
            created_at=at,
        )

    def inquiry(self, life: Life, at: datetime) -> None:
        """What was asked, and that it opened the case."""
        phone = self.phone(life)
        n, who, owner, public_id = life.number, self.names(life), self.owner(life), self.sink.public_id()
        self.sink.add(
            Inquiry,
            id=n,
            public_id=public_id,
            at=at,
            channel=InquiryChannel.PHONE_INBOUND,
            status=InquiryStatus.CASE_OPEN,
            disposition=InquiryDisposition.CASE_OPENED,
            team_id=owner.team_id,
            taken_by_id=owner.id,
            taken_at=at,
            closed_at=None,
            case_id=n,
            caller_name=who.whole,
            caller_phone=phone,
            phone_typed=phone,
            digits_reversed=reversed_digits(phone),
            caller_id=2 * n,
            relation=ASKS[KINS[life.luck % 6]],
            person_name=f"{who.person} {who.last}",
            age_band=AGES[life.luck % 4],
            person_id=2 * n - 1,
            danger=DangerAnswer.NO,
            words=self.words(life),
            how_heard=HEARD[life.luck % 5],
            zip_code=self.town(life).zip_code,
            created_at=at,
        )
        self.sink.add(SubstanceReport, id=n, inquiry_id=n, substance=USED[life.luck % 5], context=UseContext.UNKNOWN, reported_by=ReportedBy.INQUIRER)
        facts = {"channel": InquiryChannel.PHONE_INBOUND.label, "caller": who.whole, "words": self.words(life), "wants": []}
        self.tell("inquiry.recorded", life, at, "inquiries", public_id, **facts)

    def no_case(self, key: int, at: datetime, luck: int) -> None:
        """A call that is no case is counted."""
        owner, public_id = self.hands[luck % len(self.hands)], self.sink.public_id()
        what = (InquiryDisposition.WRONG_NUMBER, InquiryDisposition.HANG_UP, InquiryDisposition.SPAM_SALES, InquiryDisposition.SILENT)[luck % 4]
        self.sink.add(
            Inquiry,
            id=key,
            public_id=public_id,
            at=at,
            channel=InquiryChannel.PHONE_INBOUND,
            status=InquiryStatus.CLOSED,
            disposition=what,
            team_id=owner.team_id,
            taken_by_id=owner.id,
            taken_at=at,
            closed_at=at,
            case_id=None,
            caller_name="",
            caller_phone=None,
            phone_typed="",
            digits_reversed=None,
            caller_id=None,
            relation=InquirerRelationship.UNKNOWN,
            person_name="",
            age_band=None,
            person_id=None,
            danger=DangerAnswer.NOT_ASKED,
            words="",
            how_heard=None,
            zip_code=None,
            created_at=at,
        )
        self.sink.tell("inquiry.counted", at, owner.id, ("inquiries", str(public_id)), None, disposition=what.label)
