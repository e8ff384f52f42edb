"""Whether somebody may be reached, by the rows of the safe-contact gate that are built; the first that matches decides."""

from datetime import UTC, datetime, time

import pytest

from tests.consents.papers import release
from tests.placements.family import make_home
from tracker import clock
from tracker.consents.queries import may_reach
from tracker.consents.words import Channel, ConsentType, ReachPurpose, SignatureMethod, Verdict
from tracker.db import db
from tracker.people.actions import add_email, add_phone
from tracker.people.models import VoicemailRule
from tracker.people.rules import Rules

NOON = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)  # Tuesday 12:00 in Oregon
SAFE = Rules(ok_to_call=True, ok_to_text=True, voicemail_rule=VoicemailRule.CALLBACK_ONLY)


@pytest.fixture(autouse=True)
def at_noon():
    with clock.travel(NOON):
        yield


@pytest.fixture
def home(cast):
    made = make_home(cast)
    made.phone = add_phone(made.linh, "+15035550142", "503 555 0142", SAFE)
    add_email(made.linh, "linh@example.org", Rules(ok_to_write=True))
    db.session.flush()
    return made


def reach(home, channel=Channel.CALL, purpose=ReachPurpose.TALK, at=NOON, who="linh"):
    return may_reach(getattr(home, who), channel, purpose=purpose, at=at, case=home.case)


@pytest.mark.parametrize("channel", list(Channel))
def test_what_was_called_safe_is_yes(home, channel):
    wanted = Verdict.BLOCKED if channel is Channel.POST else Verdict.YES  # no address of hers is known
    assert reach(home, channel).verdict is wanted


@pytest.mark.parametrize("channel", list(Channel))
def test_whoever_asked_not_to_be_contacted_is_reached_by_nothing(home, channel):
    home.linh.no_contact_at = NOON
    answer = reach(home, channel)
    assert answer.verdict is Verdict.BLOCKED
    assert "asked not to be contacted" in answer.reason


@pytest.mark.parametrize("channel", list(Channel))
def test_whoever_died_is_reached_by_nothing(home, channel):
    home.linh.died_at = NOON
    assert reach(home, channel).verdict is Verdict.BLOCKED


@pytest.mark.parametrize(
    ("taken_away", "channel"),
    [
        ({"ok_to_call": False}, Channel.CALL),
        ({"ok_to_call": False}, Channel.VOICEMAIL),
        ({"voicemail_rule": VoicemailRule.NONE}, Channel.VOICEMAIL),
        ({"ok_to_text": False}, Channel.TEXT),
        ({"unverified_at": NOON}, Channel.CALL),
        ({"retired_at": NOON}, Channel.CALL),
    ],
)
def test_what_is_not_marked_safe_is_no(home, taken_away, channel):
    for name, value in taken_away.items():
        setattr(home.phone, name, value)
    assert reach(home, channel).verdict is Verdict.BLOCKED


def test_a_shared_phone_is_no_until_she_confirms_it(home):
    home.phone.is_shared, home.phone.shared_with = True, "Marcus"
    answer = reach(home)
    assert answer.verdict is Verdict.BLOCKED
    assert "shares this phone with Marcus" in answer.reason
    home.phone.confirmed_at = NOON
    assert reach(home).verdict is Verdict.YES


@pytest.mark.parametrize(
    ("begins", "ends", "until"),
    [
        (time(16), time(20), datetime(2026, 11, 25, 0, 0, tzinfo=UTC)),
        (time(8), time(11), datetime(2026, 11, 25, 16, 0, tzinfo=UTC)),
        (time(20), time(8), datetime(2026, 11, 25, 4, 0, tzinfo=UTC)),
        (time(9), time(17), None),
        (time(20), time(13), None),
    ],
)
def test_outside_her_hours_where_she_is_it_waits(home, begins, ends, until):
    home.phone.best_from, home.phone.best_until = begins, ends
    for channel in (Channel.CALL, Channel.TEXT, Channel.VOICEMAIL):
        answer = reach(home, channel)
        assert answer.verdict is (Verdict.WAIT if until else Verdict.YES)
        assert answer.until == until
    assert reach(home, Channel.EMAIL).verdict is Verdict.YES


def test_who_declined_or_withdrew_contact_is_not_called_and_material_goes_by_hand_only(cast, home):
    given = release(cast, home, kind=ConsentType.CONTACT_CONSENT, declined=True)
    given.subject, given.subject_id = home.linh, home.linh.id
    db.session.flush()
    assert reach(home).verdict is Verdict.BLOCKED
    assert reach(home, Channel.IN_PERSON, ReachPurpose.MATERIAL).verdict is Verdict.YES
    assert reach(home, Channel.PRINT, ReachPurpose.MATERIAL).verdict is Verdict.YES


def test_declined_follow_up_stops_check_ins_alone(cast, home):
    add_phone(home.marcus, "+15035550143", "503 555 0143", SAFE)
    release(cast, home, kind=ConsentType.FOLLOWUP_CONSENT, declined=True)
    assert reach(home, who="marcus", purpose=ReachPurpose.CHECK_IN).verdict is Verdict.BLOCKED
    assert reach(home, who="marcus").verdict is Verdict.YES


def test_a_later_yes_takes_the_place_of_a_no(cast, home):
    add_phone(home.marcus, "+15035550143", "503 555 0143", SAFE)
    release(cast, home, kind=ConsentType.TEXT_CONSENT, declined=True)
    assert reach(home, Channel.TEXT, who="marcus").verdict is Verdict.BLOCKED
    release(cast, home, kind=ConsentType.TEXT_CONSENT, signature_method=SignatureMethod.VERBAL_DOCUMENTED)
    assert reach(home, Channel.TEXT, who="marcus").verdict is Verdict.YES


def test_the_best_of_two_numbers_decides(home):
    home.phone.ok_to_call = False
    assert reach(home).verdict is Verdict.BLOCKED
    add_phone(home.linh, "+15035550144", "503 555 0144", SAFE)
    db.session.flush()
    assert reach(home).verdict is Verdict.YES
