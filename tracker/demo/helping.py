"""The rest of a story's verbs: consents, referrals, family meetings, groups, packets, follow-up; each the real action."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask import current_app

from tracker import clock
from tracker.cases.actions import NextStep
from tracker.consents import actions as consents
from tracker.consents.models import Consent
from tracker.consents.words import ConsentType, DisclosurePurpose, InfoCategory, SignatureMethod, SignerCapacity
from tracker.contacts import queries as contacts
from tracker.db import db
from tracker.demo.telling import Telling
from tracker.interventions import actions as interventions
from tracker.interventions import queries as of_interventions
from tracker.interventions.models import Intervention
from tracker.interventions.words import SCREEN, STEPS, InterventionModel, LetterStatus, ParticipantRole, ScreenAnswer
from tracker.mailroom import actions as mailroom
from tracker.mailroom import queries as letters
from tracker.mailroom.transport import Outcome, Tried
from tracker.packets import actions as packets
from tracker.packets import content, jobs, leaving
from tracker.packets.models import Packet
from tracker.packets.words import DeliveryStatus, Leaving
from tracker.people import actions as people
from tracker.people.models import Person
from tracker.people.rules import Rules
from tracker.placements import actions as placements
from tracker.placements.models import Attendance, Placement, PlacementStatus
from tracker.recovery import actions as recovery
from tracker.recovery.models import FollowUpPlan
from tracker.recovery.words import AnchorKind, CheckInNextAction, CheckInResult
from tracker.referrals import actions as referrals
from tracker.referrals import hearing
from tracker.referrals.models import Referral
from tracker.referrals.telling import Heard
from tracker.referrals.words import Handoff, LocSource, Share, StatusSetBy

TELLS = (InfoCategory.IDENTITY_CONTACT, InfoCategory.REFERRAL_NEEDS, InfoCategory.ATTENDANCE_ADMISSION)


class Helping(Telling):
    """A story with everything that staff do for a family."""

    def today(self) -> date:
        """The calendar day where the family is."""
        return clock.today(self.case.family.zone)

    def day(self, after: int) -> date:
        """A day so many days after (below zero before) the story's own today."""
        return self.today() + timedelta(days=after)

    def share(self, *programs: str, days: int = 90, declined: bool = False, both_ways: bool = True) -> Consent:
        """The person of concern agrees (or not) that we and some programs may speak about them."""
        kinds = (ConsentType.ROI_OUTBOUND, ConsentType.ROI_INBOUND) if both_ways and not declined else (ConsentType.ROI_OUTBOUND,)
        facts = consents.ConsentFacts(
            types=kinds, declined=declined, giver=self.person, signer_capacity=SignerCapacity.SELF, signer_name=self.person.name,
            signature_method=SignatureMethod.WET_SCAN, signed_on=self.today(), evidence="Paper in the locked cabinet, drawer 2.", info_categories=TELLS,
            programs=[self.world.programs[name] for name in programs], purpose=DisclosurePurpose.REFERRAL_COORDINATION, revocation_told=True,
            expires_on=clock.today(self.world.zone) + timedelta(days=days),
        )  # fmt: skip
        return consents.record(self.case, self.person, facts, by=self.by)[0]

    def agree(self, kind: ConsentType, who: Person | None = None, *, declined: bool = False, months: int = 12) -> Consent:
        """Somebody agrees (or not), by word of mouth, to what concerns them alone."""
        whom = who or self.caller
        facts = consents.ConsentFacts(
            types=(kind,), declined=declined, giver=whom, signer_capacity=SignerCapacity.SELF, signer_name=whom.name,
            signature_method=SignatureMethod.VERBAL_DOCUMENTED, signed_on=self.today(), expires_on=clock.today(self.world.zone) + timedelta(days=30 * months),
        )  # fmt: skip
        return consents.record(self.case, whom, facts, by=self.by)[0]

    def take_back(self, consent: Consent, words: str) -> None:
        """A consent is withdrawn, and what relied on it waits."""
        consents.withdraw(consent, self.case, words, by=self.by)
        referrals.lose_consent(self.case, consent, by=self.by)

    def refer(self, program: str, handoff: Handoff = Handoff.PHONE_TOGETHER, check: int = 2, source: LocSource = LocSource.INQUIRER_REQUESTED) -> Referral:
        """The person is referred to a program, with what their consent covers, or with nothing when the family calls."""
        told = () if handoff is Handoff.FAMILY_CALLS else (Share.NAME_AGE, Share.PHONE, Share.NEEDS)
        sending = referrals.Sending(handoff, self.today() + timedelta(days=check), source, told)
        return referrals.refer(self.case, self.world.programs[program], sending, contacts.points_of(self.person), by=self.by)

    def hear(self, referral: Referral, heard: Heard, then: NextStep, told_by: StatusSetBy = StatusSetBy.PROVIDER, **more: Any) -> None:
        """Somebody tells how a referral stands."""
        hearing.hear(referral, self.case, hearing.Hearing(heard, told_by, **more), then, by=self.by)

    def invite(self, model: InterventionModel, aim: str, sessions: int | None = None, led_by: str = "") -> Intervention:
        """A way of inviting the person into help is begun."""
        made = interventions.begin(self.case, model, aim, led_by or self.by.name, sessions, by=self.by)
        db.session.flush()
        return made

    def screen(self, intervention: Intervention, note: str, *raised: str, private: bool = True) -> None:
        """The safety screen is asked; `raised` are the codes of questions answered with yes."""
        answers: dict[str, ScreenAnswer | None] = {code: ScreenAnswer.YES if code in raised else ScreenAnswer.NO for code, _ in SCREEN}
        interventions.screen(_whole(intervention), self.case, answers, private, note, by=self.by)

    def sign(self, intervention: Intervention, note: str) -> None:
        """A supervisor lets it go on."""
        interventions.sign(_whole(intervention), self.case, note, by=self.supervisor)

    def take_part(self, intervention: Intervention, *who: Person | str) -> None:
        """People take part, of the family or by name."""
        for one in who:
            person, name, role = (one, "", ParticipantRole.FAMILY) if isinstance(one, Person) else (None, one, ParticipantRole.FRIEND)
            interventions.add_participant(_whole(intervention), self.case, person, name, role, by=self.by)

    def prepare(self, intervention: Intervention, steps: int, letters: LetterStatus | None = None) -> None:
        """The first so many steps of the model are done."""
        whole = _whole(intervention)
        drawn = {str(one.public_id): letters for one in whole.participants} if letters else {}
        interventions.prepare(whole, self.case, [code for code, _ in STEPS[whole.model][:steps]], drawn, by=self.by)

    def set_meeting(self, intervention: Intervention, days: float, at: str, place: str) -> None:
        """A meeting is set for a day, counted like the story's moments, on the family's clock."""
        moment = self.weekday(self.world.moment(days + self.shift, at, self.town.zone))
        interventions.schedule(_whole(intervention), self.case, moment, place, by=self.by)

    def meet_family(self, intervention: Intervention, note: str, absent: int = 0) -> None:
        """The next meeting is held; the last `absent` of those who take part did not come."""
        whole = _whole(intervention)
        meeting = next(one for one in whole.meetings if one.held_at is None)
        came = [str(one.public_id) for one in whole.participants[: len(whole.participants) - absent]]
        interventions.hold_meeting(meeting, whole, self.case, came, note, by=self.by)

    def outcome(self, intervention: Intervention, outcome: Any, note: str) -> None:
        """What came of it."""
        interventions.tell_outcome(_whole(intervention), self.case, outcome, note, by=self.by)

    def place(self, meeting: str, *who: Person, ask: int = 2, status: PlacementStatus = PlacementStatus.AGREED, step: bool = False) -> Placement:
        """People of the family agree to try a group, at its next meeting; they are asked `ask` days after it."""
        listed = self.world.meetings[meeting]
        first = listed.next_day(clock.now() + timedelta(hours=20))
        people = who or (self.caller,)
        return placements.place(
            self.case, people, listed, by=self.by, status=status, first_on=first, ask_on=first + timedelta(days=ask), next_step=step
        )[0]  # fmt: skip

    def tell_of(self, placement: Placement, note: str, attendance: Attendance = Attendance.ATTENDED, ask: int | None = None, **more: Any) -> None:
        """How the last meeting went."""
        day = self.today() - timedelta(days=(self.today().isoweekday() - placement.meeting.weekday) % 7)
        placements.tell(placement, attendance, day, note, by=self.by, ask_on=self.today() + timedelta(days=ask) if ask else None, **more)

    def packet(self, *slugs: str, line: str = "", title: str = content.NEUTRAL_TITLE, at_desk: bool = False, to: Person | None = None) -> Packet | None:
        """A packet is built, its pages are set, and it is handed over or printed; None while the shelf was still empty."""
        editions = [self.world.editions[slug] for slug in slugs if slug in self.world.editions]
        if not editions:
            return None
        receiver = to or self.caller
        packet = packets.build(self.case, packets.Wish(editions, receiver, title, line, name_on_cover=bool(line)), by=self.by)
        pages = content.make_pages(content.content(packet))
        packets.keep_pages(packet, *pages)
        leaving.seal(packet, self.case, Leaving.AT_THE_DESK if at_desk else Leaving.IN_PERSON, by=self.by)
        return packet

    def send_link(self, *slugs: str, line: str = "") -> Packet | None:
        """A packet is sent to the caller as a link, and waits in the outbox; None while the shelf was still empty."""
        editions = [self.world.editions[slug] for slug in slugs if slug in self.world.editions]
        if not editions:
            return None
        name = f"{self.caller.first_name}.{self.caller.last_name or 'home'}".lower().replace(" ", "")
        people.add_email(self.caller, f"{name}@example.org", Rules(ok_to_write=True))
        settings = current_app.config["WAYPOINT"]
        # The invented organization has a mail server, wherever its story is told. What it is said to have taken is never sent by us.
        current_app.config["WAYPOINT"] = replace(settings, smtp_url="smtp://mail.example.org", mail_from="desk@example.org")
        try:
            packet = packets.build(self.case, packets.Wish(editions, self.caller, content.NEUTRAL_TITLE, line), by=self.by)
            packets.keep_pages(packet, *content.make_pages(content.content(packet)))
            way = next(way for way in leaving.ways(packet, self.case).open if way.leaving is Leaving.EMAIL_LINK)
            leaving.seal(packet, self.case, way.code, read_back=True, by=self.by)
        finally:
            current_app.config["WAYPOINT"] = settings
        return packet

    def link_left(self, packet: Packet | None, came_back: str = "") -> None:
        """The mail server took a letter; `came_back` is what it said when it brought it back."""
        letter = letters.of_packet(packet.id, lock=True) if packet is not None else None
        if letter is None:
            return
        mailroom.settle(letter, mailroom.lease(letter) or "", Tried(Outcome.ACCEPTED, 250, "2.0.0 kept"))
        jobs.tell(letter)
        if came_back:
            mailroom.came_back(letter, came_back, 550)
            jobs.tell(letter)

    def tell_packet(self, packet: Packet | None, status: DeliveryStatus, note: str = "") -> None:
        """A later fact under a packet's receipt."""
        if packet is not None:
            leaving.tell(packet, self.case, status, note, by=self.by)

    def follow(self, person: Person, anchor: AnchorKind, days: float, wish: str, goal: str = "") -> FollowUpPlan:
        """Follow-up of one person is agreed, from a day counted like the story's moments."""
        return recovery.start_plan(self.case, person, anchor, self.world.moment(days + self.shift).date(), wish, goal, by=self.by)

    def check_in(
        self, plan: FollowUpPlan, note: str, result: CheckInResult = CheckInResult.DOING_WELL, action: CheckInNextAction = CheckInNextAction.ROUTINE,
        then: NextStep | None = None,
    ) -> None:  # fmt: skip
        """The next check-in is held."""
        recovery.check_in(_next(plan.check_ins), plan, self.case, result, action, note, then, by=self.by)

    def try_check_in(self, plan: FollowUpPlan) -> None:
        """The next check-in is tried; nobody answers."""
        recovery.try_check_in(_next(plan.check_ins), plan, self.case, None, by=self.by)


def _next(waiting: Sequence[Any]) -> Any:
    return min((one for one in waiting if one.done_at is None), key=lambda one: one.due_on)


def _whole(intervention: Intervention) -> Intervention:
    found = of_interventions.by_public_id(intervention.public_id)
    assert found is not None, "what was begun is there"
    return found
