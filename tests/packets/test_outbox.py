"""The outbox: what is sent, taken back, stopped, tried again; what a dying worker leaves; what comes back. Against a real mail server."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from tests.mailroom.test_bounces import dsn
from tests.packets.families import house
from tests.packets.outbox import LATER, letter, packet, round_after, send, verbs, words
from tests.plans import asked, plan
from tracker import clock, journal, storage
from tracker.db import begin_writing, db
from tracker.mailroom import actions as mailroom
from tracker.mailroom import queries, transport
from tracker.mailroom.models import Letter, LetterEvent
from tracker.mailroom.words import LetterState
from tracker.moves import Refused
from tracker.packets import actions, facts, jobs, leaving, register
from tracker.packets.actions import Wish
from tracker.people import rules
from tracker.people.actions import add_email
from tracker.people.rules import Rules


def test_nothing_leaves_in_the_first_ten_minutes_and_then_the_file_does(home, cast, box):
    send(home, cast)
    round_after(timedelta(minutes=9))
    assert (letter().state, box.tries) == (LetterState.WAITING, 0)
    round_after()

    assert letter().state is LetterState.ACCEPTED
    (message,) = box.kept
    assert box.recipients == [["denise@example.org"]]
    assert (message["From"], message["To"]) == ("Information desk <desk@example.org>", "denise@example.org")
    assert message["Subject"] == "The information you asked for"
    (file,) = message.iter_attachments()
    assert file.get_content() == storage.get(packet().pdf_sha256)
    assert "ketamine" not in message.as_string().lower().split("application/pdf")[0]
    assert verbs()[-2:] == ["packet.queued", "packet.sent"]


def test_send_now_does_not_wait_and_sends_once_however_often_it_is_woken(home, cast, box):
    key = send(home, cast)
    leaving.release(packet(), home.case, by=cast.actor("maya"))
    journal.commit()
    for _ in range(3):
        jobs.deliver(key)
    assert len(box.kept) == 1


def test_what_is_taken_back_never_leaves(home, cast, box):
    send(home, cast)
    leaving.take_back(packet(), home.case, by=cast.actor("maya"))
    journal.commit()
    round_after()
    assert (letter().state, box.tries) == (LetterState.CANCELLED, 0)


def test_what_left_is_not_taken_back(home, cast):
    send(home, cast)
    round_after()
    with pytest.raises(Refused, match="left already"):
        leaving.take_back(packet(), home.case, by=cast.actor("maya"))


def stop(home, cast):
    rules.stop_contact(home.caller, case=home.case, by=cast.actor("maya"))


def another_address(home, _cast):
    home.point.value = "other@example.org"


def retired(home, cast):
    rules.retire(home.point, home.caller, case=home.case, by=cast.actor("maya"))


def never_write(home, cast):
    rules.forbid(home.point, home.caller, rules.Never.WRITE, case=home.case, by=cast.actor("maya"))


def no_files(home, _cast):
    home.point.wants_file = False


def sender_gone(_home, cast):
    cast.maya.disabled_at = clock.now()


@pytest.mark.parametrize("change", [stop, another_address, retired, never_write, no_files, sender_gone])
def test_what_changed_between_sending_and_leaving_stops_it_with_its_reason(home, cast, box, change):
    send(home, cast)
    change(home, cast)
    journal.commit()
    round_after()

    assert (letter().state, box.tries) == (LetterState.CANCELLED, 0)
    assert letter().token_sealed is None
    assert len(words()[-1]) > len("Stopped.")


def test_no_contact_stops_a_letter_in_the_workers_hands_before_its_last_bytes(home, cast, box):
    key = send(home, cast)
    with clock.travel(clock.now() + LATER):
        begin_writing()
        holder = mailroom.lease(queries.locked(key))
        journal.commit()
        stop(home, cast)
        journal.commit()
        assert mailroom.about_to_end(key, holder) is False
        mailroom.settle(letter(), holder, transport.Tried(transport.Outcome.ACCEPTED, 250, "kept"))
    assert letter().state is LetterState.CANCELLED


def test_not_now_is_tried_again_on_its_schedule_for_a_day(home, cast, box):
    box.mood = "greylist"
    send(home, cast)
    began, waits = clock.now(), []
    for _ in range(40):
        due = letter().due_at
        if due is None:
            break
        waits.append((due - began).total_seconds() / 60)
        round_after(due - clock.now() + timedelta(seconds=1))
    gaps = [round(b - a) for a, b in zip(waits, waits[1:], strict=False)]
    assert gaps[:5] == [1, 5, 15, 60, 60]
    assert letter().state is LetterState.EXPIRED
    assert (letter().attempts <= 30, box.kept) == (True, [])
    assert [one.why for one in register.needs_a_hand(cast.actor("maya"))] == [LetterState.EXPIRED.label]


def test_greylisted_once_it_arrives_at_the_second_try(home, cast, box):
    box.moods = ["greylist"]
    send(home, cast)
    round_after()
    assert letter().state is LetterState.WAITING
    round_after(timedelta(minutes=13))
    assert (letter().state, len(box.kept)) == (LetterState.ACCEPTED, 1)


@pytest.mark.parametrize("mood", ["nobody", "too_large"])
def test_a_refusal_for_good_needs_a_hand_at_once_until_somebody_saw_to_it(home, cast, box, mood):
    box.mood = mood
    send(home, cast)
    round_after()
    assert letter().state is LetterState.FAILED
    assert len(register.needs_a_hand(cast.actor("maya"))) == 1
    leaving.see_to(packet(), home.case, "Called her, sent by post", by=cast.actor("maya"))
    journal.commit()
    assert register.needs_a_hand(cast.actor("maya")) == []


@pytest.mark.parametrize(("mood", "kept"), [("kept_and_dropped", 2), ("lost", 1), ("kept_and_lies", 2)])
def test_a_line_that_drops_after_the_data_is_tried_once_more_and_says_so(home, cast, box, mood, kept):
    box.moods = [mood]
    send(home, cast)
    round_after()
    assert letter().state is LetterState.UNKNOWN
    assert facts.standing_of(None, letter()).label == "May have arrived"
    round_after(LATER + timedelta(minutes=6))
    assert (letter().state, len(box.kept)) == (LetterState.ACCEPTED, kept)
    assert "twice" in words()[-1]
    assert len(set(box.ids)) == 1
    assert len({message.as_bytes() for message in box.kept}) == 1, "a second copy is the same to the byte"


def test_a_second_doubt_ends_it_and_needs_a_hand(home, cast, box):
    box.mood = "kept_and_dropped"
    send(home, cast)
    for minutes in (11, 17, 30, 90):
        round_after(timedelta(minutes=minutes))
    assert (letter().state, letter().due_at, len(box.kept)) == (LetterState.UNKNOWN, None, 2)
    assert len(register.needs_a_hand(cast.actor("maya"))) == 1


@pytest.mark.parametrize("ending", [False, True])
def test_what_a_dead_worker_left_lying_is_found_within_minutes(home, cast, box, ending):
    key = send(home, cast)
    with clock.travel(clock.now() + LATER):
        begin_writing()
        holder = mailroom.lease(queries.locked(key))
        journal.commit()
        if ending:  # killed after the last bytes had begun to go out
            mailroom.about_to_end(key, holder)
            journal.commit()
    round_after(LATER + timedelta(minutes=2))
    assert box.tries == 0, "the lease still holds"
    round_after(LATER + timedelta(minutes=4))
    if ending:
        assert (letter().state, letter().doubtful) == (LetterState.UNKNOWN, 1)
        round_after(LATER + timedelta(minutes=10))
    assert (letter().state, len(box.kept)) == (LetterState.ACCEPTED, 1)


def test_two_workers_at_once_send_it_once(home, cast, box, app):
    key = send(home, cast)
    leaving.release(packet(), home.case, by=cast.actor("maya"))
    journal.commit()
    db.session.remove()

    def work():
        with app.app_context():
            jobs.deliver(key)
            db.session.remove()

    threads = [threading.Thread(target=work) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert (letter().state, len(box.kept)) == (LetterState.ACCEPTED, 1)


def test_a_bounce_marks_the_letter_once_and_only_when_it_names_the_very_address(home, cast, box, tmp_path):
    send(home, cast)
    round_after()
    message_id = letter().message_id
    place = tmp_path / "box"

    def arrives(**changes):
        mail = place.open("ab")
        mail.write(b"From MAILER-DAEMON Wed Nov 25 10:00:00 2026\n" + dsn(message_id, **changes) + b"\n")
        mail.close()
        return jobs.read_bounces(place)

    assert arrives(recipient="somebody@example.org") == (0, 0)
    assert arrives(action="delayed") == (0, 0)
    assert letter().state is LetterState.ACCEPTED
    assert arrives() == (1, 0)
    db.session.rollback()
    assert letter().state is LetterState.BOUNCED
    assert arrives() == (0, 0)
    assert verbs()[-1] == "packet.came_back"
    assert len(register.needs_a_hand(cast.actor("maya"))) == 1


@pytest.mark.parametrize(
    "deed",
    [
        update(Letter).values(address="x@example.org"), update(Letter).values(person_id=None), Letter.__table__.delete(),
        update(LetterEvent).values(words="x"), LetterEvent.__table__.delete(),
    ],
)
def test_the_database_refuses_to_change_whom_a_letter_went_to_and_what_happened(home, cast, deed):
    send(home, cast)
    with pytest.raises(DBAPIError, match="stays as it was"):
        db.session.execute(deed)
    db.session.rollback()


def test_the_worker_finds_what_is_due_and_what_lies_by_an_index(home, cast):
    with asked() as found:
        queries.due(clock.now())
        queries.left_lying(clock.now())
    steps = ["\n".join(plan(*one)) for one in found if "letters" in one[0]]
    assert "ix_letters_due" in steps[0]
    assert "ix_letters_leased" in steps[1]


def test_without_a_mail_server_e_mail_is_named_and_closed(cast, db_session):
    made = house(cast)
    add_email(made.caller, "denise@example.org", Rules(ok_to_write=True, wants_file=True))
    made_packet = actions.build(made.case, Wish([made.editions["how-to-talk"]], made.caller, "x"), by=cast.actor("maya"))
    ways = leaving.ways(made_packet, made.case)
    assert not [way for way in ways.open if way.is_mail]
    assert dict(ways.closed)["E-mail"].startswith("E-mail is not set up")
