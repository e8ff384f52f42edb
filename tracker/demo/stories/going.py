"""Stories that go on with a program: in treatment, on a waiting list, after a withdrawn consent, after a return to use."""

from tracker.cases.words import CaseStage, PlanLimit, PlanOpenness, RiskFlag
from tracker.consents.words import ConsentType
from tracker.demo.helping import Helping
from tracker.demo.telling import Story
from tracker.inquiries.words import HowHeard, Reach, ReportedBy, ReportedSign, Substance, UseContext, Want
from tracker.placements.models import Attendance
from tracker.recovery.words import AnchorKind, CheckInNextAction, CheckInResult
from tracker.referrals.telling import Heard
from tracker.referrals.words import DischargeType, ReasonRejected, StatusSetBy

SAID = ReportedBy.INQUIRER
KETAMINE = (Substance.KETAMINE, UseContext.NOT_PRESCRIBED, SAID)


def in_treatment(s: Helping) -> Story:
    """Admitted three weeks ago; the family visits."""
    c, p = s.cast.caller, s.cast.person
    yield s.at(70, "14:10")
    s.open(
        f"{p} called in sick three times this month. We found the spray, it is not the one from the clinic.",
        s.step("call", f"Call {c} after work", -68), number=37, reach=(Reach.CALL, Reach.VOICEMAIL), wants=[Want.PROGRAM], how_heard=HowHeard.EMPLOYER,
        signs=[ReportedSign.NEGLECTING_RESPONSIBILITIES, ReportedSign.POOR_CONCENTRATION], substances=[KETAMINE],
    )  # fmt: skip
    yield s.at(68, "17:40")
    s.call("She asked what is different about a place where one stays. We looked at three.", s.step("call", f"Call {p}", -61), minutes=29)
    s.packet("what-happens-in-rehab", "how-dependence-grows")
    s.reach(s.person, 38)
    yield s.at(61, "12:00")
    s.call("He is tired of it. Says yes to High Plains when his shift plan is done.", s.step("obtain_consent", f"Meet {p}", -55), who=s.person)
    yield s.at(55, "16:20")
    s.meet("Signed both ways, so that they may tell us too.", who=s.person)
    s.share("High Plains residential", days=180)
    s.plan("Sleeping through the night. The job.", (PlanOpenness.INPATIENT, PlanOpenness.THERAPY), (PlanLimit.WORK, PlanLimit.PAYMENT))
    s.move(CaseStage.REFERRAL)
    going = s.refer("High Plains residential")
    yield s.at(51, "10:05")
    s.hear(going, Heard.ACCEPTED, s.step("call", f"Call {c} with the date", -50), note="A place from the 3rd week on.")
    yield s.at(40, "09:20")
    s.hear(going, Heard.WAITLIST, s.step("check_referral", "Ask High Plains again", -33), day=s.world.moment(24).date(), note="A week later than said.")
    yield s.at(22, "11:40")
    s.hear(going, Heard.STARTED, s.step("call", f"Ask {c} how the first days went", -18), day=s.day(-1))
    yield s.at(18, "17:30")
    s.call("He called home on Sunday. He sleeps. She goes to the Wednesday hour now.", s.step("check_referral", "Ask High Plains about family day", -4))
    s.place("Midday Family Hour", ask=2)
    yield s.at(4, "15:50")
    s.ask_program(
        "High Plains residential", "Family day is on Sunday, 1 to 4. They asked that nobody brings food.", s.step("call", f"Tell {c} about family day", 0)
    )


def on_the_waiting_list(s: Helping) -> Story:
    """A place was promised, then a list; the family waits."""
    c, p = s.cast.caller, s.cast.person
    yield s.at(45, "10:30")
    s.open(
        f"{p} says he can stop whenever he wants. Yesterday he could not find his way home from the bus.",
        s.step("call", f"Call {c}", -44), number=56, reach=(Reach.CALL, Reach.TEXT), substances=[KETAMINE], how_heard=HowHeard.WEB_SEARCH,
        signs=[ReportedSign.MEMORY_LOSS], wants=[Want.PROGRAM],
    )  # fmt: skip
    yield s.at(40, "16:00")
    s.call("He came to the phone at the end: yes, but not far.", s.step("obtain_consent", f"Meet {p}", -34), minutes=33)
    s.reach(s.person, 57)
    yield s.at(34, "13:15")
    s.meet("Signed. One bag packed already.", who=s.person)
    s.share("Marsh Point", "Harbor North")
    s.plan("Finishing the semester, even if it takes longer.", (PlanOpenness.INPATIENT,), (PlanLimit.SCHOOL,))
    s.move(CaseStage.REFERRAL)
    going = s.refer("Marsh Point")
    yield s.at(28, "09:45")
    s.hear(going, Heard.ACCEPTED, s.step("check_referral", "Ask Marsh Point for the date", -20))
    yield s.at(16, "10:10")
    s.hear(going, Heard.WAITLIST, s.step("check_referral", "Ask Marsh Point about the waiting list", 1), day=s.world.moment(-9).date(), note="Two before him.")
    s.text("We hold on. He eats with us every evening.")


def second_program(s: Helping) -> Story:
    """The first program declined; the second was asked the same day, and has not answered."""
    c, p = s.cast.caller, s.cast.person
    yield s.at(36, "11:05")
    s.open(
        f"{p} is my husband. He hides it, and then he tells me. Last month he gave me the money for the month to keep.",
        s.step("call", f"Call {c} at noon", -35), number=74, reach=(Reach.CALL,), wants=[Want.PROGRAM], substances=[KETAMINE], how_heard=HowHeard.PROVIDER,
    )  # fmt: skip
    yield s.at(30, "12:10")
    s.call("He would go to a day program. He wants to sleep at home.", s.step("obtain_consent", f"Meet {p}", -24))
    s.reach(s.person, 75)
    yield s.at(24, "12:00")
    s.meet("Signed for Alder Creek, both programs.", who=s.person)
    s.share("Alder Creek day program", "Alder Creek outpatient")
    s.plan("To sleep at home.", (PlanOpenness.OUTPATIENT, PlanOpenness.FAMILY_WORK), (PlanLimit.TRANSPORT,))
    s.move(CaseStage.REFERRAL)
    first = s.refer("Alder Creek day program")
    yield s.at(13, "14:30")
    s.hear(
        first,
        Heard.NOT_A_FIT,
        s.step("refer", "Send it to the outpatient side", -12),
        reason=ReasonRejected.WRONG_LEVEL_OF_CARE,
        note="They see him in fewer hours.",
    )
    yield s.at(12, "09:50")
    s.refer("Alder Creek outpatient", check=14)
    s.call("Told them both. He was relieved.", minutes=9)


def consent_taken_back(s: Helping) -> Story:
    """Accepted, then the person withdrew the release: nothing is told any more, and the referral waits."""
    c, p = s.cast.caller, s.cast.person
    yield s.at(50, "15:20")
    s.open(
        f"{p} shouts when the bottles are gone. She asked me to find someone, and an hour later she did not.",
        s.step("call", f"Call {c}", -48), number=83, reach=(Reach.CALL,), wants=[Want.PROGRAM, Want.TALK], how_heard=HowHeard.HOTLINE_211_988,
        substances=[(Substance.ALCOHOL, UseContext.UNKNOWN, SAID), KETAMINE], signs=[ReportedSign.SHAKING, ReportedSign.SWEATING],
    )  # fmt: skip
    s.risk(RiskFlag.WITHDRAWAL_MEDICAL_RISK, "Shakes in the morning. A doctor before anything else.")
    yield s.at(43, "10:00")
    s.call("She saw the doctor. He advised a unit where somebody is awake at night.", s.step("obtain_consent", f"Meet {p}", -38), minutes=21)
    s.reach(s.person, 84)
    yield s.at(38, "11:30")
    release = s.share("Lakefront withdrawal unit", "Cedar Row House")
    s.meet("Signed for the unit and for the house after it.", who=s.person)
    s.plan("That nobody shouts at home.", (PlanOpenness.INPATIENT, PlanOpenness.MEDICATION_TALK), (PlanLimit.HEALTH,))
    s.move(CaseStage.REFERRAL)
    going = s.refer("Cedar Row House")
    yield s.at(31, "10:25")
    s.hear(going, Heard.ACCEPTED, s.step("call", f"Call {p} with the day", -29), day=s.world.moment(10).date())
    yield s.at(19, "16:45")
    s.call("“I do not want my name there any more.” Told her it stops from now on, and that what was sent cannot be called back.", who=s.person, inbound=True)
    s.take_back(release, f"{p}, on the phone, in her own words.")
    s.note("Asked the supervisor. The family may still call the house themselves.", s.step("call", f"Call {c}: how are they", -6))
    yield s.at(6, "10:40")
    s.call("She still thinks about it. No hurry.", s.step("call", f"Ask {p} again, if she likes", 6))


def returned_to_use(s: Helping) -> Story:
    """Five good months, then a return to use and the wish for support: a new episode of the same case."""
    c, p = s.cast.caller, s.cast.person
    yield s.at(240, "10:15")
    s.open(
        f"{p} and I decided together that he needs a place. He has stopped before, on his own, for a summer.",
        s.step("call", f"Call {c}", -239), number=61, reach=(Reach.CALL, Reach.TEXT), wants=[Want.PROGRAM], substances=[KETAMINE],
    )  # fmt: skip
    s.reach(s.person, 62)
    yield s.at(232, "14:00")
    s.meet("Both came. Signed for Oak Terrace.", s.step("refer", "Refer to Oak Terrace", -231), others_present=c, who=s.person)
    s.share("Oak Terrace", days=400)
    s.plan("Climbing again in summer.", (PlanOpenness.INPATIENT, PlanOpenness.PEER_SUPPORT))
    s.move(CaseStage.REFERRAL)
    going = s.refer("Oak Terrace")
    yield s.at(228, "09:50")
    s.hear(going, Heard.ACCEPTED, s.step("call", "Tell both", -227), day=s.day(3))
    yield s.at(224, "12:15")
    s.hear(going, Heard.STARTED, s.step("call", f"Ask {c} how it goes", -210), StatusSetBy.INQUIRER, day=s.day(-1))
    yield s.at(190, "16:10")
    s.hear(going, Heard.ENDED, s.step("call", "Agree on follow-up", -189), day=s.day(-2), discharge_type=DischargeType.COMPLETED)
    yield s.at(188, "17:00")
    s.agree(ConsentType.FOLLOWUP_CONSENT, s.person, months=24)
    plan = s.follow(s.person, AnchorKind.DISCHARGE, 192, "By phone, Sundays.", "Climbing again.")
    s.move(CaseStage.FOLLOW_UP)
    placed = s.place("Lantern Group", s.person, ask=2)
    s.call("He wants to be asked himself.", s.step("check_in", "Check in on Sunday", -185), who=s.person)
    for days, words in ((185, "Good days."), (178, "Goes to the group on Mondays."), (162, "Climbs again."), (132, "Quiet month."), (102, "Ordinary life.")):
        yield s.at(days, "17:20")
        s.check_in(plan, words)
        s.call(words, s.step("check_in", "Next check-in", -days + 30), who=s.person, minutes=8)
        if days == 162:
            s.tell_of(placed, "He knows everybody by now.")
    yield s.at(17, "20:15")
    again = s.step("refer", "Ask Oak Terrace, and look at an evening program", -14)
    s.check_in(
        plan,
        "Used again for ten days. “I want to stop it early this time.”",
        CheckInResult.RETURNED_TO_USE_SUPPORT_REQUESTED,
        CheckInNextAction.LINK_TREATMENT,
        again,
    )
    s.call("No danger now, he is with his partner. We looked at what helped last time.", who=s.person, minutes=27)
    yield s.at(14, "11:30")
    s.plan("Climbing. Not going away from home again.", (PlanOpenness.OUTPATIENT, PlanOpenness.PEER_SUPPORT), (PlanLimit.WORK,))
    s.share("Oak Terrace", "Harbor Light evenings", days=180)
    s.move(CaseStage.REFERRAL, "Support begins anew, at home.")
    s.refer("Harbor Light evenings", check=5)
    yield s.at(8, "15:30")
    s.call("First evening was yesterday. The program said nothing to us yet; he did.", s.step("check_in", f"Ask {p} about the second week", 1), who=s.person)
    s.tell_of(placed, "Back on Monday. They were glad.", Attendance.ATTENDED)
