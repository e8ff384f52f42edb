"""Meetings and time: what is noted after one was set, what was held all the same, which hours there are, which episode counts."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.interventions.quiet import QUIET, soon
from tracker import clock, journal
from tracker.casefile.gather import gather
from tracker.casefile.stage_facts import agrees
from tracker.cases.actions import begin_episode, note_risk
from tracker.cases.words import EpisodeReason, RiskFlag
from tracker.interventions import actions, queries
from tracker.interventions.words import InterventionOutcome, InterventionStatus, ScreenAnswer
from tracker.moves import Refused


def test_violence_noted_after_a_meeting_was_set_stops_that_meeting(one, walkers, cast, db_session, client_of):
    case = walkers.again()
    actions.screen(one, case, QUIET, True, "", by=cast.actor("maya"))
    actions.schedule(one, case, soon(), "At home", by=cast.actor("maya"))
    note_risk(case, RiskFlag.WEAPON, "A gun in the hall", by=cast.actor("maya"))
    journal.commit()
    maya = client_of("maya")
    page = maya.get(f"/interventions/{one.public_id}")
    assert "No meeting until then." in page.text and "Stopped: do not hold it yet" in page.text
    assert "Stopped: violence was noted" in maya.get(walkers.url).text
    case, one = walkers.again(), queries.by_public_id(one.public_id)
    meeting = one.meetings[0]
    with pytest.raises(Refused, match="If it was held all the same, write what happened"):
        actions.hold_meeting(meeting, one, case, [], " ", by=cast.actor("maya"))
    actions.sign(one, case, "The gun is at the station.", by=cast.actor("ruth"))
    actions.hold_meeting(meeting, one, case, [], "", by=cast.actor("maya"))
    assert meeting.held_at
    journal.commit()
    assert "Stopped" not in maya.get(walkers.url).text


def test_a_meeting_that_was_held_all_the_same_is_kept_with_what_happened(one, walkers, cast, db_session):
    case = walkers.again()
    actions.screen(one, case, QUIET, True, "", by=cast.actor("maya"))
    meeting = actions.schedule(one, case, soon(), "At home", by=cast.actor("maya"))
    note_risk(case, RiskFlag.VIOLENCE_OTHER, "", by=cast.actor("maya"))
    db_session.flush()
    actions.hold_meeting(meeting, one, case, [], "They met before we could stop it. Nobody was hurt.", by=cast.actor("maya"))
    assert meeting.held_at


def test_a_screen_that_raises_something_after_it_was_held_is_kept_and_stops_the_next(one, walkers, cast):
    case = walkers.again()
    actions.screen(one, case, QUIET, True, "", by=cast.actor("maya"))
    meeting = actions.schedule(one, case, soon(), "", by=cast.actor("maya"))
    actions.hold_meeting(meeting, one, case, [], "", by=cast.actor("maya"))
    assert one.status is InterventionStatus.HELD
    actions.screen(one, case, {**QUIET, "violence": ScreenAnswer.YES}, True, "He threw a chair", by=cast.actor("maya"))
    assert one.status is InterventionStatus.HELD and one.screen_note == "He threw a chair"
    with pytest.raises(Refused, match="supervisor looks at it first"):
        actions.schedule(one, case, soon(), "", by=cast.actor("maya"))


def test_a_meeting_is_set_ahead_never_back(one, walkers, cast):
    case = walkers.again()
    actions.screen(one, case, QUIET, True, "", by=cast.actor("maya"))
    with pytest.raises(Refused, match="has passed"):
        actions.schedule(one, case, clock.now() - timedelta(minutes=1), "", by=cast.actor("maya"))
    meeting = actions.schedule(one, case, soon(), "", by=cast.actor("maya"))
    with pytest.raises(Refused, match="has passed"):
        actions.move_date(meeting, one, case, clock.now() - timedelta(days=1), by=cast.actor("maya"))


def test_a_yes_of_an_earlier_episode_opens_no_gate_of_this_one(one, walkers, cast, db_session):
    case = walkers.again()
    actions.screen(one, case, QUIET, True, "", by=cast.actor("maya"))
    meeting = actions.schedule(one, case, soon(), "", by=cast.actor("maya"))
    actions.hold_meeting(meeting, one, case, [], "", by=cast.actor("maya"))
    actions.tell_outcome(one, case, InterventionOutcome.ACCEPTED_SAME_DAY, "", by=cast.actor("maya"))
    journal.commit()
    assert agrees(walkers.again(), gather(walkers.again()))
    with clock.travel(clock.now() + timedelta(days=90)):
        begin_episode(walkers.again(), EpisodeReason.RETURN_TO_USE, by=cast.actor("maya"))
        journal.commit()
        assert not agrees(walkers.again(), gather(walkers.again()))
        again = queries.by_public_id(one.public_id)
        actions.tell_outcome(again, walkers.again(), InterventionOutcome.ACCEPTED_LATER, "Called us himself", by=cast.actor("maya"))
        journal.commit()
        assert agrees(walkers.again(), gather(walkers.again()))


def test_an_hour_that_no_clock_shows_is_refused(one, walkers, cast):
    case = walkers.again()
    actions.screen(one, case, QUIET, True, "", by=cast.actor("maya"))
    night = datetime(2027, 3, 14, 2, 30, tzinfo=ZoneInfo("America/New_York"))
    with clock.travel(datetime(2027, 3, 1, tzinfo=UTC)):
        with pytest.raises(Refused, match="jump over this time"):
            actions.schedule(one, case, night, "", by=cast.actor("maya"))
        actions.schedule(one, case, night.replace(hour=3), "", by=cast.actor("maya"))
    assert clock.is_shown(datetime(2027, 11, 7, 1, 30, tzinfo=ZoneInfo("America/New_York"))), "an hour that comes twice is shown"
