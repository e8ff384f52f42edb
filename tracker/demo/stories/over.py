"""Stories that came to an end, for several reasons; one of them begins again."""

from tracker.cases import actions as cases
from tracker.cases.words import CaseStage, ClosureReason, EpisodeReason, PlanLimit, PlanOpenness
from tracker.consents.words import ConsentType
from tracker.demo.helping import Helping
from tracker.demo.telling import Story
from tracker.inquiries.words import HowHeard, InquiryChannel, Reach, ReportedBy, ReportedSign, Substance, UseContext, Want
from tracker.interventions.words import InterventionModel, InterventionOutcome
from tracker.packets.words import DeliveryStatus
from tracker.placements.models import PlacementStatus
from tracker.recovery.words import AnchorKind
from tracker.referrals.telling import Heard
from tracker.referrals.words import DischargeType, ReasonCancelled, StatusSetBy

SAID = ReportedBy.INQUIRER
KETAMINE = (Substance.KETAMINE, UseContext.NOT_PRESCRIBED, SAID)


def goals_met(s: Helping) -> Story:
    """The whole way, and a good end."""
    c, p = s.cast.caller, s.cast.person
    yield s.at(320, "11:40")
    s.open(
        f"Started after the surgery. The clinic stopped the prescription in spring, and with {p} it went on from somewhere else.",
        s.step("call", f"Call {c}", -319), number=33, reach=(Reach.CALL,), wants=[Want.PROGRAM, Want.MEETING], how_heard=HowHeard.PROVIDER,
        substances=[(Substance.KETAMINE, UseContext.PRESCRIBED_MISUSED, SAID)], signs=[ReportedSign.NEEDS_MORE, ReportedSign.TIME_AROUND_USE],
    )  # fmt: skip
    yield s.at(312, "16:00")
    s.call("A sister and a neighbor would come to a meeting.", s.step("meeting", "Plan it", -305), minutes=30)
    s.move(CaseStage.INTERVENTION)
    asked = s.invite(InterventionModel.SYSTEMIC_FAMILY, "That everybody has a plan, she too.", 4)
    s.screen(asked, "Nothing raised.")
    s.take_part(asked, s.caller, "A neighbor")
    s.set_meeting(asked, 300, "15:00", "At the library, room 2")
    yield s.at(300, "16:40")
    s.meet_family(asked, "She said yes to seeing a doctor.")
    s.outcome(asked, InterventionOutcome.ACCEPTED_ASSESSMENT_ONLY, "An assessment first.")
    s.reach(s.person, 34)
    s.share("Mill Street assessment", "Alder Creek outpatient", days=300)
    s.plan("Being back for her sister's wedding in June.", (PlanOpenness.OUTPATIENT, PlanOpenness.MEDICATION_TALK), (PlanLimit.CHILDREN,))
    s.move(CaseStage.REFERRAL)
    yield s.at(298, "10:00")
    first = s.refer("Mill Street assessment")
    yield s.at(290, "13:00")
    s.hear(first, Heard.ACCEPTED, s.step("call", f"Tell {c}", -289))
    yield s.at(283, "09:30")
    s.hear(first, Heard.ENDED, s.step("refer", "Refer to Alder Creek", -282), day=s.day(-1), started_on=s.day(-1), discharge_type=DischargeType.COMPLETED)
    second = s.refer("Alder Creek outpatient")
    yield s.at(276, "09:30")
    s.hear(second, Heard.ACCEPTED, s.step("call", "Call both", -275))
    yield s.at(270, "09:30")
    s.hear(second, Heard.STARTED, s.step("call", f"Ask {c} how it goes", -250), StatusSetBy.PERSON_OF_CONCERN, day=s.day(-1))
    for days in (250, 225, 200):
        yield s.at(days, "17:15")
        s.call(s.chance.choice(("Twice a week, and she likes one of them.", "Slept through for a whole week.", "She cooked for eight.")), who=s.person)
    placed = s.place("Plain Talk", s.person, ask=1, status=PlacementStatus.SUGGESTED)
    yield s.at(186, "12:00")
    s.tell_of(placed, "Went twice.", ask=30)
    s.move(CaseStage.PLACEMENT)
    yield s.at(150, "10:20")
    s.hear(second, Heard.ENDED, s.step("call", "Agree on follow-up", -149), day=s.day(-1), discharge_type=DischargeType.COMPLETED)
    s.agree(ConsentType.FOLLOWUP_CONSENT, s.person)
    plan = s.follow(s.person, AnchorKind.DISCHARGE, 151, "A text first.")
    s.move(CaseStage.FOLLOW_UP)
    for days in (144, 137, 121, 91, 61):
        yield s.at(days, "17:30")
        s.check_in(plan, s.chance.choice(("Well.", "A rough week, no use.", "Works again.", "Danced at the wedding.")))
        s.call("Check-in, short and good.", s.step("check_in", "Next check-in", -days + 30), who=s.person, minutes=7)
    yield s.at(58, "11:00")
    s.close(ClosureReason.GOALS_MET, f"{p} finished the program and goes to a group. The family has our number.")


def managing_then_back(s: Helping) -> Story:
    """Closed because the family managed; half a year later they call with something new, and it opens again."""
    c, p = s.cast.caller, s.cast.person
    yield s.at(250, "09:20")
    s.open(
        f"We only want to know whether we see too much in it. {p} is away a lot, and comes back pale.",
        s.step("call", f"Call {c}", -248), number=70, reach=(Reach.CALL, Reach.EMAIL), email="porch.light@example.org", wants=[Want.INFORMATION, Want.GROUP],
    )  # fmt: skip
    yield s.at(240, "18:00")
    s.call("He told them himself that it was a bad winter. They feel able to go on.", s.step("call", "Call once more in a month", -210), minutes=23)
    placed = s.place("Sunday Evening Families", ask=3)
    yield s.at(210, "18:10")
    s.tell_of(placed, "Not for them: too many at once.", not_for_them=True)
    s.call("Good weeks. They know the signs and whom to call at night.", minutes=9)
    s.close(ClosureReason.FAMILY_SELF_SUPPORTING, "They manage on their own. Know the signs to watch for.")
    yield s.at(20, "10:30")
    s.call("It began again in autumn. This time he asks for a place himself.", inbound=True, minutes=19)
    cases.reopen(s.case, EpisodeReason.NEW_NEED, CaseStage.INQUIRY, s.step("call", f"Call {p} himself", -18), by=s.by)
    yield s.at(18, "16:20")
    s.reach(s.person, 72)
    s.call("He would like to look at two places before he says yes.", s.step("refer", f"Send {p} the two names", -2), who=s.person)
    s.agree(ConsentType.SERVICE_AGREEMENT, s.person)
    s.plan("To be the one who decides.", (PlanOpenness.INPATIENT, PlanOpenness.NOT_YET))
    s.move(CaseStage.REFERRAL, "He asks himself.")
    yield s.at(2, "13:40")
    s.call("Sent. He reads them tonight.", s.step("call", f"Ask {p} which of the two", 2), who=s.person, minutes=5)


def unable_to_reach(s: Helping) -> Story:
    """Three tries on different days and hours; then it was closed, not before."""
    c = s.cast.caller
    yield s.at(100, "20:50")
    s.open(
        "Please call me. It is about my brother.", s.step("call", f"Call {c}", -99), number=78, reach=(Reach.CALL,), channel=InquiryChannel.VOICEMAIL,
        wants=[Want.NOT_SURE],
    )  # fmt: skip
    for days, hour in ((99, "09:30"), (97, "18:40"), (93, "13:15")):
        yield s.at(days, hour)
        s.miss(s.step("call", f"Try {c} at another hour", -days + 3))
    yield s.at(88, "10:00")
    s.close(ClosureReason.UNABLE_TO_REACH, "Three tries on different days and hours. No message, as she asked.")


def declined_for_now(s: Helping) -> Story:
    """A place was found; the person thanked, and said no."""
    c, p = s.cast.caller, s.cast.person
    yield s.at(160, "14:40")
    s.open(
        f"Her hands shake in the morning. {p} says it is the flu.", s.step("call", f"Call {c}", -159), number=81, reach=(Reach.CALL, Reach.TEXT),
        wants=[Want.PROGRAM], signs=[ReportedSign.SHAKING, ReportedSign.AGITATION], substances=[(Substance.ALCOHOL, UseContext.UNKNOWN, SAID), KETAMINE],
    )  # fmt: skip
    yield s.at(150, "11:00")
    s.call("She agreed to be referred if nobody comes to the house.", s.step("obtain_consent", f"Meet {p}", -147), minutes=20)
    s.reach(s.person, 82)
    yield s.at(147, "15:00")
    s.share("Oak Terrace")
    s.meet("Signed.", who=s.person)
    s.plan("To be left alone a little.", (PlanOpenness.INPATIENT,))
    s.move(CaseStage.REFERRAL)
    going = s.refer("Oak Terrace")
    packet = s.packet("what-happens-in-rehab", at_desk=True, to=s.person)
    yield s.at(140, "09:40")
    s.hear(going, Heard.PLACE_OFFERED, s.step("call", f"Call {p} about the place", -139), day=s.day(6))
    s.tell_packet(packet, DeliveryStatus.HANDED_OVER, "At the front desk.")
    yield s.at(139, "10:10")
    s.call("“Not now. Thank you for the trouble.” She keeps the papers.", who=s.person)
    s.hear(going, Heard.DECLINED, s.step("call", f"Call {c}", -133), StatusSetBy.PERSON_OF_CONCERN, reason=ReasonCancelled.CHANGED_MIND)
    yield s.at(132, "16:30")
    s.call("He knows, and will stay in touch with her.", minutes=12)
    s.close(ClosureReason.PERSON_DECLINED_ALL_HELP, f"{p} knows what is on offer and does not want it now. {c} keeps the sheet on first conversations.")


def grief(s: Helping) -> Story:
    """The person died. Nothing is asked of him any more; his mother found a group."""
    c, p = s.cast.caller, s.cast.person
    yield s.at(230, "10:00")
    s.open(
        f"{p} is thirty and lives in his car. He picks up when I call.", s.step("call", f"Call {c}", -228), number=86, reach=(Reach.CALL,),
        wants=[Want.TALK], substances=[(Substance.FENTANYL_SYNTHETIC, UseContext.NOT_PRESCRIBED, SAID)], how_heard=HowHeard.RETURNING,
    )  # fmt: skip
    yield s.at(220, "11:30")
    s.call("We spoke about naloxone: where the county gives it, and how to use it.", s.step("call", f"Call {c} on Friday", -213), minutes=28)
    yield s.at(205, "08:30")
    s.call(f"{p} died on Saturday. She wanted us to know. The supervisor joined the call.", inbound=True, minutes=41)
    s.person.died_at = s.world.moment(207 + s.shift)
    yield s.at(190, "11:00")
    placed = s.place("Remembering Together", ask=2)
    s.call("She would like to sit with others who know.", s.step("check_in", f"Call {c} after the first Sunday", -180))
    yield s.at(176, "11:15")
    s.tell_of(placed, "She will go again.")
    s.close(ClosureReason.DECEASED, f"{p} died. His mother goes to a grief group. No letters to the house.", again=False)


def moved_away(s: Helping) -> Story:
    """The family moved; somebody near their new home took over."""
    c, p = s.cast.caller, s.cast.person
    yield s.at(120, "13:20")
    s.open(
        f"{p} found it funny at first, and now he is at home with his curtains closed.", s.step("call", f"Call {c}", -118), number=92,
        reach=(Reach.CALL, Reach.TEXT), wants=[Want.GROUP], substances=[KETAMINE], signs=[ReportedSign.SOCIAL_WITHDRAWAL],
    )  # fmt: skip
    yield s.at(112, "15:00")
    s.call("They move in two weeks, for the father's work.", s.step("call", "Find somebody near the new home", -105), minutes=14)
    yield s.at(104, "10:50")
    s.text("Met the people there, they are kind. Thank you for everything.", who=s.caller)
    s.close(ClosureReason.MOVED, f"They moved. {c} has met the family service near the new home.")
