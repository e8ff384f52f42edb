"""Stories that come due today or this week: a start date, a referral to send, a first meeting, a three-month call."""

from datetime import time

from tracker.cases.words import CaseStage, PlanLimit, PlanOpenness, RiskFlag
from tracker.consents.words import ConsentType
from tracker.demo.helping import Helping
from tracker.demo.telling import Story
from tracker.inquiries.words import HowHeard, Reach, ReportedBy, ReportedSign, Substance, Urgency, UseContext, Want
from tracker.interventions.words import InterventionModel, InterventionOutcome, LetterStatus
from tracker.people.models import Kinship
from tracker.people.rules import Rules
from tracker.recovery.words import AnchorKind
from tracker.referrals.telling import Heard
from tracker.referrals.words import DischargeType, Handoff, StatusSetBy

SAID = ReportedBy.INQUIRER
WELL = (
    (87, "Slept through the first nights at home."),
    (83, "Goes to the group on Thursdays."),
    (76, "Back at work half days."),
    (60, "Plays with the band again."),
    (30, "A month of ordinary days."),
)


def accepted_with_a_date(s: Helping) -> Story:
    """A family meeting went well, one program accepted, the start is near."""
    c, p, o = s.cast.caller, s.cast.person, s.cast.other
    yield s.at(27, "10:20")
    s.open(
        f"{p} drinks most evenings, and there are pills in his jacket. He sleeps through his shifts. I do not know what to say to him.",
        s.step("call", f"Call {c} about a first conversation", -25), number=42, reach=(Reach.CALL, Reach.EMAIL), email=f"{c.lower()}.w@example.org",
        best_from=time(16), shared_with=p, urgency=Urgency.SOON, how_heard=HowHeard.HOTLINE_211_988, wants=[Want.TALK, Want.PROGRAM],
        signs=[ReportedSign.NEGLECTING_RESPONSIBILITIES, ReportedSign.SLEEP_CHANGES],
        substances=[(Substance.ALCOHOL, UseContext.UNKNOWN, SAID), (Substance.BENZODIAZEPINE, UseContext.UNKNOWN, SAID)],
    )  # fmt: skip
    s.reach(s.join(o, Kinship.SIBLING), 77, Rules(ok_to_text=True))
    s.risk(RiskFlag.WITHDRAWAL_MEDICAL_RISK, "Drinks daily, pills not known. Told her: no stopping alone, a doctor first.")
    s.agree(ConsentType.CONTACT_CONSENT)
    yield s.at(25, "16:15")
    s.call(f"{c} wants to talk with {p} on Sunday. We went through what to say, and when to stop.", s.step("meeting", f"Plan a family meeting with {c}", -20))
    s.packet("how-to-talk", "signs-to-watch-for", "where-to-call-now", title="First conversations", at_desk=True)
    s.move(CaseStage.INTERVENTION)
    meeting = s.invite(InterventionModel.MOTIVATIONAL_MEETING, f"That {p} hears from all of us that the door stays open.")
    yield s.at(22, "17:05")
    s.screen(meeting, "Asked her alone, on the phone from work.", "withdrawal")
    s.call(f"A doctor sees {p} next week. {o} will come to the meeting.", s.step("meeting", "Set the day of the family meeting", -16))
    yield s.at(21, "09:40")
    s.sign(meeting, "A doctor sees him first; the meeting is by day, with two of the family.")
    s.take_part(meeting, s.caller, f"{o}, his brother")
    yield s.at(19, "16:30")
    placement = s.place("Tuesday Family Circle", ask=1)
    s.prepare(meeting, 1)
    s.set_meeting(meeting, 8, "10:00", "At home, kitchen table")
    s.call("The meeting is set. She practiced the first sentence with me twice.", s.step("call", f"Call {c} after the family meeting", -8))
    yield s.at(11, "15:20")
    s.reach(s.person, 58, Rules(ok_to_call=True))
    s.share("Harbor Light residential", "Cedar Row House")
    s.meet(f"{p} came in himself and signed for two programs. He asked whether he can keep his guitar there.", who=s.person)
    helper = {"who": o, "what": "Drives to the program", "by": ""}
    s.plan("To keep the job at the print shop, and to play again.", (PlanOpenness.INPATIENT,), (PlanLimit.WORK, PlanLimit.PAYMENT), helpers=[helper])
    yield s.at(8, "11:30")
    s.meet_family(meeting, f"Calm. {p} read the letter twice and said yes before lunch.")
    s.outcome(meeting, InterventionOutcome.ACCEPTED_SAME_DAY, "Agreed to a residential program near home.")
    s.move(CaseStage.REFERRAL, "After the family meeting.")
    s.tell_of(placement, f"{c} stayed for the coffee afterwards.", ask=12)
    yield s.at(7, "10:10")
    near = s.refer("Harbor Light residential")
    far = s.refer("Cedar Row House")
    yield s.at(5, "14:15")
    s.hear(
        far, Heard.NO_PLACE, s.step("check_referral", "Ask Harbor Light about the intake call", -3), note=f"No place until January. {c} was told the same day."
    )
    yield s.at(1, "09:02")
    start = s.world.moment(-6).date()
    note = f"Intake call with {p} held this morning. They confirm the start by 3 PM."
    s.hear(near, Heard.ACCEPTED, s.step("call", f"Call {c} with the start date", 0, "16:30"), day=start, note=note)
    yield s.at(1, "16:20")
    s.call(
        f"{p} agreed to speak with Harbor Light. {c} is worried about the week until a place opens and asked what to do if he changes his mind. "
        "We went through the waiting-week sheet. She will join the Tuesday group again.",
        s.step("call", f"Call {c} with the start date", 0, "16:30"), minutes=18,
    )  # fmt: skip
    s.promise("Call before supper, with the date or without", 0, "18:30")
    yield s.at(1, "16:41")
    s.packet("what-happens-in-rehab", "questions-families-ask", "where-to-call-now", title="While you wait for a place")


def referral_to_send(s: Helping) -> Story:
    """The release names another program only: today's work is to ask for one that names the right one."""
    c, p = s.cast.caller, s.cast.person
    yield s.at(18, "09:35")
    s.open(
        f"{p} wants help but will not leave his dog. He asked me twice this week what a program is like.",
        s.step("call", f"Call {c} with two programs that take BadgerCare", -16), number=52, reach=(Reach.CALL, Reach.VOICEMAIL), wants=[Want.PROGRAM],
        how_heard=HowHeard.AI_ASSISTANT, substances=[(Substance.RX_OPIOID, UseContext.PRESCRIBED_MISUSED, SAID)],
    )  # fmt: skip
    yield s.at(14, "15:10")
    s.call(f"Spoke with {p} too. He would go where medication is welcome. His aunt takes the dog.", s.step("meeting", f"Meet {p}", -12), minutes=26)
    s.reach(s.person, 53, Rules(ok_to_call=True, best_from=time(8), best_until=time(17)))
    yield s.at(12, "10:00")
    s.meet("Signed for Marsh Point. Wants to sleep on the other one.", s.step("refer", "Refer to Marsh Point", -8), who=s.person)
    s.share("Marsh Point")
    s.plan("That the dog is well looked after.", (PlanOpenness.INPATIENT, PlanOpenness.MEDICATION_TALK), (PlanLimit.PETS, PlanLimit.PAYMENT))
    s.move(CaseStage.REFERRAL)
    yield s.at(3, "13:45")
    waiting = s.refer("Marsh Point", check=3)
    yield s.at(1, "11:20")
    s.hear(waiting, Heard.WAITLIST, s.step("refer", f"Ask {p} about Stone Bridge, and send it", 0), day=s.world.moment(-10).date(), note="About ten days.")


def first_meeting_was(s: Helping) -> Story:
    """A mother went to a group for the first time; ask today how it was."""
    c, p = s.cast.caller, s.cast.person
    yield s.at(40, "12:15")
    s.open(
        f"{p} came home from school and has slept most days since. There were small bags in the laundry. He says it is nothing.",
        s.step("call", f"Call {c} in the evening", -38), number=44, reach=(Reach.CALL, Reach.TEXT), best_from=time(17), best_until=time(20),
        how_heard=HowHeard.SCHOOL, signs=[ReportedSign.SLEEP_CHANGES, ReportedSign.SOCIAL_WITHDRAWAL], wants=[Want.GROUP, Want.TALK],
        substances=[(Substance.KETAMINE, UseContext.NOT_PRESCRIBED, SAID)],
    )  # fmt: skip
    s.reach(s.join(s.cast.other, Kinship.PARENT), 45, Rules(ok_to_text=True))
    yield s.at(33, "20:05")
    s.call("Talked about sleep, food, and one friend of his who may help. She would like to hear other parents.", s.step("place", f"Find {c} a group", -25))
    s.packet("how-to-talk", "support-groups", at_desk=True)
    yield s.at(24, "20:10")
    s.call(f"{c} chose the Tuesday evening online. Both parents will join.", s.step("place", f"Place {c} in the Tuesday group", -15))
    yield s.at(9, "20:00")
    s.place("Parents Online Tuesday", ask=1)
    s.move(CaseStage.PLACEMENT, "Both parents go; their son is not asked yet.")
    s.text("We are on the list, thank you.", s.step("check_in", "Check how the first meeting went", 0))


def three_month_call(s: Helping) -> Story:
    """Home since three months; the call that was agreed is today."""
    c, p, o = s.cast.caller, s.cast.person, s.cast.other
    yield s.at(196, "10:40")
    s.open(
        f"{p} lost interest in his music, he used to play every day. My husband and I both think it is time.",
        s.step("call", "Call both parents", -194), number=66, reach=(Reach.CALL, Reach.EMAIL), email="at.the.lake@example.org", wants=[Want.MEETING],
        how_heard=HowHeard.RETURNING, signs=[ReportedSign.LOST_INTERESTS], substances=[(Substance.KETAMINE, UseContext.NOT_PRESCRIBED, SAID)],
    )  # fmt: skip
    father = s.join(o, Kinship.PARENT)
    s.reach(father, 67)
    yield s.at(188, "18:15")
    s.call("Both on the line. They want one planned meeting, with letters.", s.step("meeting", "First planning meeting", -180))
    s.move(CaseStage.INTERVENTION)
    planned = s.invite(InterventionModel.JOHNSON, "That he says yes to one assessment.", led_by="Invented Interventions, J. Bell")
    s.screen(planned, "Asked each of them alone.")
    s.take_part(planned, s.caller, father, "His band's drummer")
    yield s.at(176, "17:30")
    s.prepare(planned, 4, LetterStatus.REVIEWED)
    s.set_meeting(planned, 168, "14:00", "At the grandparents' house")
    s.meet("Read the letters aloud. Each knows what they will do when he says no.", s.step("call", "Call them after the meeting", -167))
    yield s.at(168, "17:10")
    s.meet_family(planned, "He listened to all three letters. He asked for two days.")
    s.outcome(planned, InterventionOutcome.CONSIDERING, "Two days to think.")
    yield s.at(165, "11:00")
    s.outcome(planned, InterventionOutcome.ACCEPTED_LATER, "Called his father: yes.")
    s.reach(s.person, 68)
    s.call(
        f"{p} called himself. Yes to Stone Bridge, if it can be this month.", s.step("obtain_consent", f"Meet {p} to sign", -163), who=s.person, inbound=True
    )
    yield s.at(163, "09:30")
    s.share("Stone Bridge residential", days=365)
    s.plan("To play again.", (PlanOpenness.INPATIENT, PlanOpenness.PEER_SUPPORT, PlanOpenness.THERAPY))
    s.move(CaseStage.REFERRAL)
    going = s.refer("Stone Bridge residential")
    s.packet("what-happens-in-rehab", "questions-families-ask", to=s.person)
    yield s.at(160, "10:20")
    s.hear(going, Heard.ACCEPTED, s.step("call", f"Call {c} with the start date", -159), day=s.day(3))
    yield s.at(156, "09:15")
    s.hear(going, Heard.STARTED, s.step("call", f"Ask {c} how the first days went", -152), StatusSetBy.INQUIRER, day=s.day(-1))
    yield s.at(140, "17:45")
    s.call("They visited on Sunday. He showed them the music room.", s.step("check_referral", "Ask Stone Bridge about the end of the stay", -98))
    for days, words in (
        (125, "Family evening was good. His mother cried in the car, and it was all right."),
        (110, "He called them himself for the first time."),
    ):
        yield s.at(days, "17:50")
        s.call(words)
    yield s.at(90, "10:00")
    ending = {"day": s.day(-1), "discharge_type": DischargeType.COMPLETED, "note": "Left with a plan for outpatient."}
    s.hear(going, Heard.ENDED, s.step("call", "Agree on follow-up", -89), **ending)
    yield s.at(89, "18:00")
    for one in (s.caller, s.person):
        s.agree(ConsentType.FOLLOWUP_CONSENT, one, months=24)
    theirs = s.follow(s.caller, AnchorKind.DISCHARGE, 90, "By phone, in the evening, both of us.")
    his = s.follow(s.person, AnchorKind.DISCHARGE, 90, "A text first, then a call.", "Play at the spring concert.")
    s.move(CaseStage.FOLLOW_UP)
    s.place("Quiet Mind", s.person, ask=3)
    sent = s.send_link("the-first-year", "the-first-week-home", "looking-after-yourself", line="For both of you. Call us whenever you like.")
    s.call("Both parents and he want to be asked. Apart from each other.", s.step("check_in", "First check-in with both", -87))
    yield s.at(89, "18:20")
    s.link_left(sent)
    for days, words in WELL:
        yield s.at(days, "18:10")
        s.check_in(theirs, words)
        s.check_in(his, "Said so himself, by phone.")
        s.call(words, s.step("check_in", f"Three-month call with {c} and {o}", 0, "18:00") if days == 30 else s.step("check_in", "Next check-in", -days + 14))


def sleeps_on_it(s: Helping) -> Story:
    """Calls for herself, and decides this week."""
    c = s.cast.caller
    yield s.at(13, "08:50")
    s.open(
        "I use it most weekends and now on weekdays too. Nobody at home knows. I want to know what a program is like before I tell them.",
        s.step("call", f"Call {c} at lunch", -12), number=29, reach=(Reach.CALL,), best_from=time(12), best_until=time(13), how_heard=HowHeard.SOCIAL_MEDIA,
        substances=[(Substance.KETAMINE, UseContext.NOT_PRESCRIBED, ReportedBy.SELF)], wants=[Want.INFORMATION, Want.PROGRAM],
    )  # fmt: skip
    yield s.at(12, "12:10")
    s.call("We went through what an evening program asks of a week. She works shifts.", s.step("refer", f"Give {c} two numbers", -8), minutes=27)
    yield s.at(8, "12:20")
    s.agree(ConsentType.SERVICE_AGREEMENT)
    s.plan("Not losing the job. Sleeping through the night.", (PlanOpenness.OUTPATIENT, PlanOpenness.SECULAR), (PlanLimit.WORK,))
    s.move(CaseStage.REFERRAL)
    s.refer("Harbor Light evenings", Handoff.FAMILY_CALLS, check=9)
    s.packet("what-happens-in-rehab", "support-groups")
    yield s.at(2, "12:30")
    s.call(
        "She called them and has a first appointment next Wednesday. Will look at an online group too.", s.step("call", f"Ask {c} how the appointment was", 3)
    )
    sent = s.send_link("questions-to-ask", "what-to-bring")
    yield s.at(2, "12:55")
    s.link_left(sent, "The address does not exist (5.1.1 no such user).")
    s.place("Tools Tuesday", ask=2)
