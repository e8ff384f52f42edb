"""Stories of one coordinator that begin her day: danger was said, or something is late."""

from datetime import time

from tracker.cases.words import CaseStage, PlanLimit, PlanOpenness, RiskFlag
from tracker.consents.words import ConsentType
from tracker.contacts.words import ContactOutcome
from tracker.demo.helping import Helping
from tracker.demo.telling import Story
from tracker.inquiries.words import (
    CrisisMark,
    DangerAnswer,
    HowHeard,
    InquiryChannel,
    Reach,
    ReportedBy,
    ReportedSign,
    Substance,
    Urgency,
    UseContext,
    Want,
)
from tracker.interventions.words import InterventionModel
from tracker.people.models import Kinship
from tracker.people.rules import Rules
from tracker.referrals.telling import Heard
from tracker.referrals.words import Handoff, ReasonRejected

SAID = ReportedBy.INQUIRER


def danger_last_night(s: Helping) -> Story:
    """A husband and wife back from the emergency room: the first thing to do this morning."""
    c, p = s.cast.caller, s.cast.person
    yield s.at(12, "11:15")
    s.open(
        f"{p} takes ketamine in the garage at night. Last week he did not know our address. He says he only felt far away from everything.",
        s.step("call", f"Call {c} about being safe at night", -11), number=27, reach=(Reach.CALL,), urgency=Urgency.URGENT, shared_with=p,
        how_heard=HowHeard.FRIEND_FAMILY, signs=[ReportedSign.MEMORY_LOSS, ReportedSign.TIME_AROUND_USE], wants=[Want.TALK, Want.MEETING],
        substances=[(Substance.KETAMINE, UseContext.NOT_PRESCRIBED, SAID), (Substance.ALCOHOL, UseContext.UNKNOWN, SAID)],
    )  # fmt: skip
    yield s.at(11, "10:30")
    s.call(
        f"{c} called from her sister's. We went through what to do when he is hard to wake: 911, naloxone if it is there, stay with him.",
        s.step("meeting", f"Prepare the family meeting with {c}", -3), minutes=24,
    )  # fmt: skip
    s.risk(RiskFlag.OVERDOSE_RECENT, "Found hard to wake about two weeks ago; nobody called then.")
    sent = s.send_link("where-to-call-now", "in-danger", "what-ketamine-is")
    yield s.at(11, "10:52")
    s.link_left(sent)
    yield s.at(9, "14:00")
    s.move(CaseStage.INTERVENTION)
    invited = s.invite(InterventionModel.ARISE, f"That {p} is asked openly, without a surprise.")
    s.screen(invited, "Asked her alone. No weapons, no violence.")
    s.take_part(invited, s.caller, "Marisol, his sister")
    s.prepare(invited, 2)
    yield s.at(4, "15:45")
    s.meet("Sister and wife came together. They want the first talk at the sister's house.", s.step("call", f"Call {c} and set the day", 1))
    yield s.at(1, "21:40", weekend=True)
    s.call(
        "Went to the ER with her husband: not waking up, breathing slowly. 911 was called, he is safe and stays the night. Asked us to call in the morning.",
        s.step("call", f"Call {c} back", 0, "11:30"), inbound=True, minutes=31, outcome=ContactOutcome.CRISIS_ESCALATED, by=s.supervisor,
    )  # fmt: skip


def no_answer_from_the_program(s: Helping) -> Story:
    """Referred a week ago; the program is silent, and asking it is late."""
    c, p = s.cast.caller, s.cast.person
    yield s.at(62, "13:05")
    s.open(
        f"My brother is worried too. {p} has used ketamine since the clinic stopped it, now nearly every day. Pain when passing urine.",
        s.step("call", f"Call {c} back with two options", -60), number=31, reach=(Reach.CALL, Reach.TEXT), how_heard=HowHeard.WEB_SEARCH,
        signs=[ReportedSign.BLADDER_PROBLEMS, ReportedSign.NEEDS_MORE], wants=[Want.PROGRAM],
        substances=[(Substance.KETAMINE, UseContext.PRESCRIBED_MISUSED, SAID)],
    )  # fmt: skip
    yield s.at(58, "12:40")
    s.call("Told her to have the bladder seen by a doctor this week. She had not known where it can come from.", s.step("call", f"Call {p} himself", -50))
    s.packet("what-ketamine-is", "signs-to-watch-for", at_desk=True)
    s.reach(s.person, 46)
    yield s.at(50, "18:20")
    s.call(f"{p} saw the doctor. Wants a place where he can stay, near the children.", s.step("obtain_consent", f"Meet {p} to sign", -41), who=s.person)
    s.move(CaseStage.INTERVENTION)
    yield s.at(41, "11:00")
    s.meet(f"{p} signed. Asked twice whether the children may visit.", s.step("refer", f"Refer {p} to Oak Terrace", -38), who=s.person)
    s.share("Cedar Row House", "Oak Terrace", days=180)
    s.plan("To see the children on weekends.", (PlanOpenness.INPATIENT, PlanOpenness.MEDICATION_TALK), (PlanLimit.CHILDREN, PlanLimit.DISTANCE))
    s.move(CaseStage.REFERRAL)
    yield s.at(38, "10:15")
    first = s.refer("Oak Terrace")
    yield s.at(30, "15:35")
    s.hear(
        first, Heard.NOT_A_FIT, s.step("refer", "Ask Cedar Row instead", -25), reason=ReasonRejected.INSURANCE_NOT_ACCEPTED, note="They do not take his plan."
    )
    yield s.at(20, "09:30")
    s.mail(f"{c} wrote: {p} is still willing. Please do not let it get cold.", s.step("refer", "Send the papers to Cedar Row", -8))
    yield s.at(8, "14:10")
    s.refer("Cedar Row House", Handoff.FAX, check=4)
    yield s.at(8, "14:30")
    s.call("Told her the papers are on their way. No promise about the time.", s.step("check_referral", f"Ask Cedar Row about a place for {p}", -4), minutes=6)


def two_calls_not_reached(s: Helping) -> Story:
    """The wife was rung twice at a number where no message may be left."""
    c, p = s.cast.caller, s.cast.person
    yield s.at(33, "09:50")
    s.open(
        f"We argue every evening about {p}'s spray bottles. I do not want to argue any more, I want to know what to say.",
        s.step("call", f"Call {c} after her shift", -31), number=63, reach=(Reach.CALL,), best_from=time(9), best_until=time(14), shared_with=p,
        substances=[(Substance.KETAMINE, UseContext.PRESCRIBED_MISUSED, SAID)], wants=[Want.MEETING], how_heard=HowHeard.PROVIDER,
    )  # fmt: skip
    yield s.at(31, "13:10")
    s.call(
        "Listened. He has a prescription for the spray, and uses more than it says. She wants the children out of the quarrels.",
        s.step("meeting", "Family meeting: who comes", -24),
    )
    s.risk(RiskFlag.CHILD_SAFETY, "Two children hear the quarrels. Talked it over with the supervisor: no report to make now.")
    yield s.at(26, "11:20")
    s.move(CaseStage.INTERVENTION)
    sessions = s.invite(InterventionModel.CRAFT, "To change what happens at home, whether he comes along or not.", 12)
    s.screen(sessions, "Asked in private.")
    s.set_meeting(sessions, 20, "12:30", "By video, from her break room")
    yield s.at(20, "12:40")
    s.meet_family(sessions, "First session: praise for the evenings without the spray.")
    s.prepare(sessions, 2)
    s.set_meeting(sessions, 13, "12:30", "By video")
    s.call("Short call afterwards to set the next session.", s.step("meeting", f"Second session with {c}", -13), minutes=5)
    yield s.at(13, "13:30")
    s.meet_family(sessions, "Second session. Rewarding the Sunday walk.")
    s.note("She will say when the third session suits. Mornings are bad this month.", s.step("call", f"Call {c} about the family meeting", -6))
    yield s.at(6, "10:05")
    s.miss(s.step("call", f"Call {c} about the family meeting", -3))
    yield s.at(3, "13:20")
    s.miss(s.step("call", f"Call {c} about the family meeting", -1))


def packet_by_post(s: Helping) -> Story:
    """A father wants it on paper; it should have been in the post yesterday."""
    p = s.cast.person
    yield s.at(3, "16:25")
    s.open(
        f"I found small bags in {p}'s laundry. Please send me something I can read with my wife, on paper. Plain envelope.",
        s.step("send_packet", f"Mail packet to the {s.cast.family} family", -1), number=88, reach=(Reach.MAIL,), address=f"12 Example Road, {s.town.name}",
        channel=InquiryChannel.VIDEO_RELAY, wants=[Want.INFORMATION], substances=[(Substance.KETAMINE, UseContext.UNKNOWN, SAID)],
    )  # fmt: skip
    s.ask_for_packet("For both parents, plain language, plain envelope.")


def not_sure_of_danger(s: Helping) -> Story:
    """Danger could not be ruled out at first; asked again the same evening, there was none. Now a quiet week."""
    c, p = s.cast.caller, s.cast.person
    yield s.at(6, "19:30", weekend=True)
    s.open(
        f"{p} locked herself in and does not answer. She drinks on top of it at night. I am afraid to go to sleep.",
        s.step("call", f"Call {c} in the morning", -5, "09:00"), number=35, danger=DangerAnswer.NOT_SURE, reach=(Reach.CALL, Reach.TEXT),
        marks=[CrisisMark.OFFERED_988, CrisisMark.SUPERVISOR_TOLD], urgency=Urgency.CRISIS,
        substances=[(Substance.ALCOHOL, UseContext.UNKNOWN, SAID), (Substance.KETAMINE, UseContext.NOT_PRESCRIBED, SAID)],
    )  # fmt: skip
    yield s.at(6, "20:10", weekend=True)
    s.text(f"{p} opened the door and eats. Thank you for staying on the line.")
    s.safe_again(f"{c} saw her; she eats and talks.")
    yield s.at(5, "09:05", weekend=True)
    s.call("Slept. We made a plan for nights: who is called first, where the car keys are.", s.step("call", f"Ask {c} how the week was", 1), minutes=22)
    s.agree(ConsentType.CONTACT_CONSENT)
    s.reach(s.join(s.cast.other, Kinship.GRANDPARENT), 71, Rules(ok_to_call=True, is_shared=True))
