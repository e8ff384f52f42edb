"""An intervention: the safety screen comes first, each model has its own steps, and both outcomes stay."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.interventions.quiet import QUIET, soon
from tracker import clock, journal
from tracker.cases.actions import note_risk
from tracker.cases.words import RiskFlag
from tracker.interventions import actions
from tracker.interventions.models import Intervention
from tracker.interventions.words import (
    MOVES,
    SCREEN,
    STEPS,
    InterventionModel,
    InterventionOutcome,
    InterventionStatus,
    LetterStatus,
    ParticipantRole,
    ScreenAnswer,
)
from tracker.moves import Refused


def test_nothing_is_scheduled_before_the_screen_is_answered(one, walkers, cast):
    with pytest.raises(Refused, match="not answered"):
        actions.schedule(one, walkers.again(), soon(), "At home", by=cast.actor("maya"))
    with pytest.raises(Refused, match="not answered"):
        actions.schedule(one, walkers.again(), soon(), "At home", by=cast.actor("ruth"))


@pytest.mark.parametrize("code", [code for code, _ in SCREEN])
@pytest.mark.parametrize("answer", [ScreenAnswer.YES, ScreenAnswer.NOT_KNOWN])
def test_anything_raised_goes_to_a_supervisor_before_it_is_scheduled(one, walkers, cast, code, answer):
    case = walkers.again()
    actions.screen(one, case, {**QUIET, code: answer}, True, "", by=cast.actor("maya"))
    assert one.status is InterventionStatus.SAFETY_REVIEW
    with pytest.raises(Refused):
        actions.schedule(one, case, soon(), "", by=cast.actor("maya"))
    with pytest.raises(Refused, match="Only a supervisor"):
        actions.sign(one, case, "It is fine", by=cast.actor("maya"))
    with pytest.raises(Refused):
        actions.change_status(one, case, InterventionStatus.PREPARING, "", by=cast.actor("maya"))
    with pytest.raises(Refused, match="what makes it safe"):
        actions.sign(one, case, "  ", by=cast.actor("ruth"))
    actions.sign(one, case, "The brother holds the keys; the children are at school.", by=cast.actor("ruth"))
    actions.schedule(one, case, soon(), "At home", by=cast.actor("maya"))
    assert one.status is InterventionStatus.SCHEDULED


@pytest.mark.parametrize("flag", [RiskFlag.VIOLENCE_TOWARD_INQUIRER, RiskFlag.VIOLENCE_OTHER, RiskFlag.WEAPON])
def test_violence_noted_on_the_case_stops_it_even_when_the_screen_is_quiet(one, walkers, cast, db_session, flag):
    case = walkers.again()
    actions.screen(one, case, QUIET, True, "", by=cast.actor("maya"))
    note_risk(case, flag, "Denise told us", by=cast.actor("maya"))
    db_session.flush()
    with pytest.raises(Refused, match="Violence or a weapon"):
        actions.schedule(one, case, soon(), "", by=cast.actor("maya"))


def test_answering_anew_takes_the_sign_off_back(one, walkers, cast):
    case = walkers.again()
    actions.screen(one, case, {**QUIET, "minors": ScreenAnswer.YES}, True, "", by=cast.actor("maya"))
    actions.sign(one, case, "They will be with their aunt", by=cast.actor("ruth"))
    actions.screen(one, case, {**QUIET, "violence": ScreenAnswer.YES}, True, "", by=cast.actor("maya"))
    assert one.signed_at is None and actions.why_not_yet(one, case)


def test_every_model_has_steps_of_its_own():
    assert set(STEPS) == set(InterventionModel)
    letters = {model for model, steps in STEPS.items() if any(code == "letters" for code, _ in steps)}
    assert letters == {InterventionModel.JOHNSON}
    assert not {code for code, _ in STEPS[InterventionModel.CRAFT]} & {"letters", "bottom_lines", "rehearsal", "transport"}


def test_a_series_of_sessions_is_never_one_event(walkers, cast, db_session):
    case = walkers.again()
    craft = actions.begin(case, InterventionModel.CRAFT, "", "", 12, by=cast.actor("maya"))
    craft.participants, craft.meetings = [], []
    db_session.flush()
    actions.screen(craft, case, QUIET, True, "", by=cast.actor("maya"))
    for week in range(3):
        actions.schedule(craft, case, soon() + timedelta(weeks=week), "Video", by=cast.actor("maya"))
    assert craft.status is InterventionStatus.IN_SESSIONS and len(craft.meetings) == 3 and craft.sessions_planned == 12


def test_letters_belong_to_planned_meetings_only(one, walkers, cast):
    case = walkers.again()
    andre = actions.add_participant(one, case, walkers.andre, "", ParticipantRole.FAMILY, by=cast.actor("maya"))
    one.participants[0].public_id = one.participants[0].public_id or uuid4()
    actions.prepare(one, case, ["team", "letters", "unknown step"], {str(andre.public_id): LetterStatus.REVIEWED}, by=cast.actor("maya"))
    assert one.steps_done == ["team", "letters"] and andre.letter is LetterStatus.REVIEWED


def test_the_person_of_concern_is_invited_and_nobody_joins_twice(one, walkers, cast):
    case = walkers.again()
    with pytest.raises(Refused, match="is invited"):
        actions.add_participant(one, case, walkers.marcus, "", ParticipantRole.FAMILY, by=cast.actor("maya"))
    actions.add_participant(one, case, None, "Pastor Lorna", ParticipantRole.CLERGY, by=cast.actor("maya"))
    with pytest.raises(Refused, match="already"):
        actions.add_participant(one, case, None, "Pastor Lorna", ParticipantRole.CLERGY, by=cast.actor("maya"))


def test_a_moved_meeting_keeps_its_former_dates(one, walkers, cast):
    case, first = walkers.again(), soon()
    actions.screen(one, case, QUIET, True, "", by=cast.actor("maya"))
    meeting = actions.schedule(one, case, first, "", by=cast.actor("maya"))
    actions.move_date(meeting, one, case, first + timedelta(days=2), by=cast.actor("maya"))
    actions.move_date(meeting, one, case, first + timedelta(days=4), by=cast.actor("maya"))
    assert meeting.former == [first.isoformat(), (first + timedelta(days=2)).isoformat()]


def test_the_later_outcome_stands_beside_the_first(one, walkers, cast):
    case = walkers.again()
    actions.screen(one, case, QUIET, True, "", by=cast.actor("maya"))
    meeting = actions.schedule(one, case, soon(), "", by=cast.actor("maya"))
    actions.hold_meeting(meeting, one, case, [], "Everybody stayed.", by=cast.actor("maya"))
    actions.tell_outcome(one, case, InterventionOutcome.CONSIDERING, "He wants a week", by=cast.actor("maya"))
    actions.tell_outcome(one, case, InterventionOutcome.ACCEPTED_LATER, "He called on Sunday", by=cast.actor("maya"))
    assert (one.outcome, one.later_outcome, one.status) == (InterventionOutcome.CONSIDERING, InterventionOutcome.ACCEPTED_LATER, InterventionStatus.COMPLETED)


@pytest.mark.parametrize("now", list(InterventionStatus))
@pytest.mark.parametrize("then", list(InterventionStatus))
def test_only_the_moves_of_the_table_are_made(one, walkers, cast, now, then):
    one.status, one.screen, one.signed_at = now, {code: "no" for code, _ in SCREEN}, clock.now()
    if then in MOVES[now]:
        actions.change_status(one, walkers.again(), then, "A reason", by=cast.actor("maya"))
        assert one.status is then
    else:
        with pytest.raises(Refused):
            actions.change_status(one, walkers.again(), then, "A reason", by=cast.actor("maya"))


def test_the_whole_way_through_its_page(walkers, client_of, db_session):
    maya, ruth = client_of("maya"), client_of("ruth")
    began = maya.submit(maya.get(f"{walkers.url}/interventions/new"), "begin", model="johnson", aim="That he listens", status=200)
    url = began.path
    assert url.startswith("/interventions/")
    early = maya.submit(began, "set-meeting", day="2027-01-15", time="16:30")
    assert early.status == 422 and "safety screen" in early.text.lower()
    assert early.at("set-meeting") and "2027-01-15" in early.body.decode()
    asked = maya.submit(
        maya.get(url), f"{url}/screen", violence="yes", suicide="no", withdrawal="no", psychosis="no", minors="no", note="He broke a door", status=200
    )
    assert "Safety review" in asked.text and not asked.has("sign")
    assert maya.post(f"{url}/sign-off", {"signed_note": "Fine"}, follow=False).status == 403
    signed = ruth.submit(ruth.get(url), "sign", signed_note="Held at the church, brother at the door", status=200)
    assert "Held at the church" in signed.text
    joined = maya.submit(maya.get(url), "join", name="Uncle Pete", role="family", status=200)
    assert "Uncle Pete" in joined.text
    dated = maya.submit(maya.get(url), "set-meeting", day="2027-01-15", time="16:30", place="Church", status=200)
    assert "January 15" in dated.text and "4:30 PM ET" in dated.text
    db_session.expire_all()
    assert db_session.scalars(select(Intervention)).one().status is InterventionStatus.SCHEDULED


def test_another_team_finds_nothing(walkers, one, client_of, db_session):
    journal.commit()
    luis = client_of("luis")
    luis.get(f"/interventions/{one.public_id}", status=404)
    luis.get(f"{walkers.url}/interventions/new", status=404)
    assert luis.post(f"/interventions/{one.public_id}/outcome", {"outcome": "declined"}, follow=False).status == 404


def test_the_second_of_two_editors_is_told(walkers, one, client_of, db_session):
    journal.commit()
    maya, ben = client_of("maya"), client_of("ben")
    mine, theirs = maya.get(f"/interventions/{one.public_id}"), ben.get(f"/interventions/{one.public_id}")
    quiet = dict.fromkeys([code for code, _ in SCREEN], "no")
    ben.submit(theirs, f"/interventions/{one.public_id}/screen", **quiet, status=200)
    late = maya.submit(mine, f"/interventions/{one.public_id}/screen", **quiet, note="What I was told")
    assert late.status == 409 and "What I was told" in late.text


@pytest.mark.parametrize("changes", [{"model": ""}, {"model": "ambush"}, {"model": "craft", "aim": "a" * 4001}, {"model": "craft", "led_by": "x\x00"}])
def test_what_cannot_be_kept_is_said(walkers, client_of, db_session, changes):
    maya = client_of("maya")
    answer = maya.submit(maya.get(f"{walkers.url}/interventions/new"), "begin", **changes)
    assert answer.status == 422 and db_session.scalars(select(Intervention)).first() is None


def test_violence_noted_after_the_sign_off_goes_to_a_supervisor_again(one, walkers, cast):
    case = walkers.again()
    actions.screen(one, case, {**QUIET, "violence": ScreenAnswer.YES}, True, "", by=cast.actor("maya"))
    actions.sign(one, case, "His brother is there", by=cast.actor("ruth"))
    meeting = actions.schedule(one, case, soon(), "", by=cast.actor("maya"))
    with clock.travel(clock.now() + timedelta(hours=1)):
        note_risk(case, RiskFlag.WEAPON, "A gun in the car", by=cast.actor("maya"))
        with pytest.raises(Refused, match="after the sign-off"):
            actions.schedule(one, case, soon(), "", by=cast.actor("maya"))
        with pytest.raises(Refused, match="after the sign-off"):
            actions.move_date(meeting, one, case, soon(), by=cast.actor("maya"))
    with clock.travel(clock.now() + timedelta(hours=2)):
        actions.sign(one, case, "It is with the police now", by=cast.actor("ruth"))
        actions.move_date(meeting, one, case, soon(), by=cast.actor("maya"))
