"""Guessing is slowed for a name, an address and all together, in rows that every worker shares; nobody is locked out for good."""

import threading
from datetime import timedelta

from tests.cast import PASSWORD
from tracker import clock
from tracker.staff import throttle


def wrong(client, username="maya", status=None):
    return client.submit(client.get("/sign-in"), username=username, password="wrong", status=status)


def test_the_eleventh_try_of_a_name_waits_even_with_the_right_password(client, cast):
    for _ in range(10):
        assert wrong(client).status == 422
    answer = client.submit(client.get("/sign-in"), username="maya", password=PASSWORD, follow=False)
    assert answer.status == 429 and "five minutes" in answer.text


def test_after_five_minutes_the_door_is_open_again(client, cast):
    start = clock.now()
    with clock.travel(start):
        for _ in range(11):
            wrong(client, "ada")
    with clock.travel(start + timedelta(minutes=5, seconds=1)):
        client.sign_in("ada")


def test_a_right_sign_in_starts_the_count_anew(client_of, cast):
    client = client_of()
    for _ in range(9):
        wrong(client, "ada")
    client.sign_in("ada")
    for _ in range(9):
        assert wrong(client_of(), "ada").status == 422


def test_one_address_may_try_thirty_times(client, cast):
    statuses = [wrong(client, f"nobody{number}").status for number in range(31)]
    assert statuses == [422] * 30 + [429]


def test_an_unknown_name_gets_the_same_answer_as_a_wrong_password(client, cast):
    known, unknown = wrong(client, "maya"), wrong(client, "nobody")
    assert known.status == unknown.status and known.errors() == unknown.errors()


def test_no_try_is_lost_when_eight_come_at_once(app, cast):
    counted = []

    def one() -> None:
        with app.app_context():
            for _ in range(10):
                counted.append(throttle.hit("test:race", timedelta(minutes=5)))

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counted) == list(range(1, 81))
