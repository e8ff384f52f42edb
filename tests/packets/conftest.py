"""What tests of packets on their way stand on: a real mail server, a family with an address, a packet in the outbox, rounds of the worker."""

from dataclasses import replace

import pytest

from tests.mailroom.servers import Box, mail_server
from tests.packets.families import house
from tracker.db import db
from tracker.mailroom import transport
from tracker.mailroom.transport import Server
from tracker.people.actions import add_email
from tracker.people.rules import Rules


@pytest.fixture
def box():
    return Box()


@pytest.fixture
def server(app, box, monkeypatch):
    """The program with a mail server that is in the box's mood, and short patience."""
    patient = Server.of
    monkeypatch.setattr(transport.Server, "of", lambda url, **_more: patient(url, step=0.5, whole=2.0))
    before = app.config["WAYPOINT"]
    with mail_server(box) as url:
        app.config["WAYPOINT"] = replace(before, smtp_url=url, mail_from="desk@example.org")
        yield
    app.config["WAYPOINT"] = before


@pytest.fixture
def home(cast, server):
    made = house(cast)
    made.point = add_email(made.caller, "denise@example.org", Rules(ok_to_write=True, wants_file=True))
    db.session.flush()
    return made
