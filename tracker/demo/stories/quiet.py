"""Stories in which little is seen from outside: on hold, quiet, in sessions, in another language, without a name."""

from tracker.cases.words import CaseStage, HoldReason, PlanLimit, PlanOpenness, RiskFlag
from tracker.consents.words import ConsentType
from tracker.contacts.words import ContactType
from tracker.demo.helping import Helping
from tracker.demo.telling import Story
from tracker.inquiries.words import HowHeard, InquiryChannel, Reach, ReportedBy, ReportedSign, Substance, UseContext, Want
from tracker.interventions.words import InterventionModel
from tracker.people.models import Kinship, VoicemailRule
from tracker.people.rules import Rules

SAID = ReportedBy.INQUIRER
SESSIONS = ("Safety plan gone through.", "What a good hour looks like.", "Praise, and what to leave alone.", "Own Saturday mornings.", "The right moment.")
KETAMINE = (Substance.KETAMINE, UseContext.NOT_PRESCRIBED, SAID)


def on_hold(s: Helping) -> Story:
    """The person is in hospital; the case waits until a day."""
    c, p = s.cast.caller, s.cast.person
    yield s.at(30, "13:30")
    s.open(
        f"{p} has had pain for two months and does not go to the doctor. He says it is the cold.",
        s.step("call", f"Call {c}", -29), number=49, reach=(Reach.TEXT,), channel=InquiryChannel.TEXT_SMS, substances=[KETAMINE],
        signs=[ReportedSign.BLADDER_PROBLEMS, ReportedSign.STOMACH_PAIN], wants=[Want.INFORMATION],
    )  # fmt: skip
    yield s.at(27, "15:15")
    s.text("Sent by text: see a doctor this week, and say what he takes.", s.step("text", f"Text {c} on Monday", -24), inbound=False)
    yield s.at(23, "09:10")
    s.text("He is in hospital since last night. They keep him for some days. Can we wait?", s.step("call", f"Call {c} when he is home", 5))
    s.hold(5, HoldReason.HOSPITAL_OR_CUSTODY, "His partner writes when he is home.")


def gone_quiet(s: Helping) -> Story:
    """Three weeks without a word, and two calls that nobody took."""
    c, p = s.cast.caller, s.cast.person
    yield s.at(54, "17:15")
    s.open(
        f"{p} is my sister. She called me herself and asked me to find someone to talk to.",
        s.step("call", f"Call {c}", -52), number=19 + 60, reach=(Reach.CALL, Reach.VOICEMAIL), wants=[Want.TALK, Want.PROGRAM], substances=[KETAMINE],
        how_heard=HowHeard.FRIEND_FAMILY,
    )  # fmt: skip
    yield s.at(45, "17:45")
    s.call(
        "They talk every evening now. She would see somebody, not yet stay somewhere.",
        s.step("refer", f"Look for a counselor near {s.town.name}", -40),
        minutes=17,
    )
    s.plan("That her sister does not worry all the time.", (PlanOpenness.OUTPATIENT, PlanOpenness.THERAPY), (PlanLimit.PAYMENT, PlanLimit.TRANSPORT))
    s.agree(ConsentType.SERVICE_AGREEMENT, s.person)
    s.move(CaseStage.REFERRAL)
    yield s.at(29, "11:00")
    s.call("Gave him two numbers.", s.step("call", f"Ask {c} whether she called", -22), minutes=6)
    yield s.at(22, "17:30")
    s.miss(message=True, note="")
    yield s.at(19, "12:05")
    s.miss(s.step("call", f"Try {c} at another hour", -12))


def in_sessions(s: Helping) -> Story:
    """CRAFT with a partner who was threatened: a supervisor looked at it first."""
    c, p = s.cast.caller, s.cast.person
    yield s.at(48, "10:10")
    s.open(
        f"When {p} takes it he is not there. Once he threw a chair. I would like to know how to live with it and not make it worse.",
        s.step("call", f"Call {c} at her work number only", -47), number=91, reach=(Reach.CALL,), best_from=None, wants=[Want.TALK], substances=[KETAMINE],
        how_heard=HowHeard.PROVIDER,
    )  # fmt: skip
    s.risk(RiskFlag.VIOLENCE_TOWARD_INQUIRER, "Threw a chair once, in spring. Asked her alone.")
    yield s.at(44, "12:30")
    s.call(
        "Safety plan first: where the keys are, whom she calls, where she can sleep.",
        s.step("decide", f"Ask {s.supervisor.staff.name} to look at the safety screen", -43),
    )
    s.move(CaseStage.INTERVENTION)
    sessions = s.invite(InterventionModel.CRAFT, "A calmer home, and a good moment to ask.", 12)
    s.screen(sessions, "Alone, from her work.", "violence")
    yield s.at(43, "09:30")
    s.sign(sessions, "Sessions with her alone, by video from work. Nobody writes to the home.")
    s.prepare(sessions, 1)
    for number, days in enumerate((36, 29, 22, 15, 8)):
        yield s.at(days, "09:00")
        s.set_meeting(sessions, days, "12:00", "By video, from her work")
        yield s.at(days, "13:05")
        s.meet_family(sessions, SESSIONS[number])
        s.prepare(sessions, min(number + 1, 5))
        s.meet(f"Session {number + 1} of 12.", s.step("meeting", f"Session {number + 2} with {c}", 2 if days == 8 else -days + 7), type=ContactType.VIDEO)


def spanish(s: Helping) -> Story:
    """A sister who speaks Spanish; a group in her language was found."""
    c, p = s.cast.caller, s.cast.person
    yield s.at(25, "12:45")
    s.open(
        "“Mi hermano ya no sale de su cuarto. Mi mamá no sabe qué hacer.” Spoken in Spanish; no interpreter needed.",
        s.step("call", f"Call {c} in Spanish", -23), number=40, reach=(Reach.CALL, Reach.TEXT), wants=[Want.GROUP, Want.TALK], substances=[KETAMINE],
        how_heard=HowHeard.SOCIAL_MEDIA, signs=[ReportedSign.SOCIAL_WITHDRAWAL],
    )  # fmt: skip
    mother = s.join(s.cast.other, Kinship.PARENT, language="es")
    s.reach(mother, 41, Rules(ok_to_call=True, is_shared=True, shared_with=p))
    yield s.at(23, "18:00")
    s.call("She translates the sheet for her mother tonight. Both want a group in Spanish.", s.step("place", "Find a family group in Spanish", -15), minutes=25)
    yield s.at(15, "18:20")
    placed = s.place("Familias en Camino", ask=1)
    s.move(CaseStage.PLACEMENT, "The family goes; he is not asked yet.")
    s.call("The group is on Wednesdays. Her mother joins from the kitchen.", s.step("check_in", "Ask how the Spanish group was", -12))
    yield s.at(5, "18:10")
    s.tell_of(placed, "“Me sentí menos sola.” They will go again.", ask=14)
    s.call("They go every week now.", s.step("check_in", f"Check in with {c}", 4), minutes=11)


def unnamed(s: Helping) -> Story:
    """A friend who gives no name, about somebody who is not named either."""
    yield s.at(4, "23:10", weekend=True)
    s.open(
        "A friend of mine takes something every night and does not want anyone to know. I will not say who. What do I do when he does not wake up?",
        s.step("email", "Answer, with what to do when somebody does not wake up", -1), by_phone=False, email="quiet.line@example.org", reach=(Reach.EMAIL,),
        channel=InquiryChannel.WEB_CHAT, wants=[Want.INFORMATION], substances=[(Substance.UNKNOWN, UseContext.UNKNOWN, SAID)],
    )  # fmt: skip
    yield s.at(3, "09:30", weekend=True)
    s.mail("Sent the steps: 911, naloxone if it is there, on the side, stay.", s.step("email", "See whether an answer came", 0), inbound=False)


def never_call_the_house(s: Helping) -> Story:
    """Moved on by the group; a phone with strict rules, and a house number that is never rung."""
    c, p = s.cast.caller, s.cast.person
    yield s.at(34, "08:40")
    s.open(
        f"I am {p}'s partner. He must not see that I called. Ring me only at noon, and never the house.",
        s.step("call", f"Call {c} at noon", -33, "12:10"), number=95, reach=(Reach.CALL,), wants=[Want.GROUP], how_heard=HowHeard.FRIEND_FAMILY,
        substances=[KETAMINE], shared_with=None,
    )  # fmt: skip
    s.reach(s.caller, 96, Rules(voicemail_rule=VoicemailRule.NONE, discreet=True, note="House number. Never ring it."))
    yield s.at(33, "12:12")
    s.call("Only first names. We found a Saturday group two towns away.", s.step("place", "Place in the Saturday group", -26), minutes=13)
    yield s.at(26, "12:08")
    placed = s.place("Saturday Sharing", ask=3)
    s.move(CaseStage.PLACEMENT, "Only she goes; he knows nothing of it.")
    s.call("She has it on a slip in her coat.", s.step("text", "No texts. Wait for her call", -16), minutes=4)
    yield s.at(15, "12:20")
    s.tell_of(placed, "Went once. Sat at the back. It was good to hear.")
    s.call("Called from the bus.", s.step("call", f"Call {c} at noon, when she is at work", 8, "12:10"), inbound=True, minutes=6)
