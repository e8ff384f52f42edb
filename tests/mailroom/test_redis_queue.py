"""The queue in Redis, as several machines share it: a real server where one is installed; and what happens when it is not there."""

import shutil
import socket
import subprocess
import threading
import time
from dataclasses import replace

import pytest

from tests.serving import free_port
from tracker import queue

REDIS = shutil.which("redis-server")


@pytest.fixture
def redis(tmp_path):
    """The address of a Redis of its own."""
    if REDIS is None:
        pytest.skip("there is no redis-server on this machine")
    port = free_port()
    process = subprocess.Popen([REDIS, "--port", str(port), "--save", "", "--dir", str(tmp_path)], stdout=subprocess.DEVNULL)
    until = time.monotonic() + 10
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.wait(10)


@pytest.fixture
def shared(app):
    """Makes queues on an address, as two machines would."""
    before = app.config["WAYPOINT"]

    def make(url, jobs):
        app.config["WAYPOINT"] = replace(before, queue_url=url)
        return queue.Queue(app, jobs, {})

    yield make
    app.config["WAYPOINT"] = before


def test_a_job_that_one_machine_asks_for_is_done_once_by_another(app, shared, redis):
    done, over = [], threading.Event()

    def note(key):
        done.append(key)
        if len(done) == 20:
            over.set()

    asks, works = shared(redis, {"note": print}), [shared(redis, {"note": note}) for _ in range(2)]
    consumers = [one.open().create_consumer(workers=2, periodic=False, worker_type="thread", initial_delay=0.05, max_delay=0.2) for one in works]
    for consumer in consumers:
        consumer.start()
    try:
        with app.app_context():
            for key in range(20):
                asks.wake("note", key)
        assert over.wait(20), done
        time.sleep(0.5)  # a second copy would have come by now
    finally:
        for consumer in consumers:
            consumer.stop(graceful=False)
    assert sorted(done) == list(range(20))


def test_what_nobody_signed_is_not_read(app, shared, redis):
    done = []
    one = shared(redis, {"note": done.append})
    with app.app_context():
        one.wake("note", 1)
    huey = one.open()
    task = huey.storage.dequeue()
    huey.storage.enqueue(task[:-1] + bytes([task[-1] ^ 1]))
    with pytest.raises(ValueError, match="(?i)signature"):
        huey.dequeue()
    assert done == []


def test_a_queue_that_cannot_be_reached_stops_nobody(app, shared, caplog):
    with app.app_context():
        shared(f"redis://127.0.0.1:{free_port()}/0", {"note": print}).wake("note", 1)
    assert "the next round finds the letter" in caplog.text
