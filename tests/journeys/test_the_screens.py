"""The screens that people work with all day, full of the invented organisation: sound in both looks and on both widths.

`make shots` keeps the light, wide ones for the README; otherwise all of them lie in tests/output/shots.
"""

import os
from itertools import product

import pytest
from sqlalchemy import func, select

from tests.invented import Invented
from tests.screens import NARROW, WIDE, Screens
from tracker.cases.models import Case
from tracker.db import db
from tracker.journal.models import TOLD, Entry
from tracker.packets.models import Packet
from tracker.staff.models import Role, Staff

FOR_README = bool(os.environ.get("WAYPOINT_TEST_SHOTS"))
WINDOWS = [("light", WIDE)] if FOR_README else list(product(("light", "dark"), (WIDE, NARROW)))


@pytest.fixture
def organisation(app):
    return Invented(app, families=25)


@pytest.fixture
def windows(browser, _served, organisation):
    """Windows at the served program, which shows the invented organisation."""
    opened = Screens(browser, _served)
    yield opened
    opened.close()


def fullest_case(username):
    """The open case of a coordinator about which most is told."""
    told = func.count(Entry.number)
    query = (
        select(Case.public_id)
        .join(Staff, Staff.id == Case.owner_id)
        .join(Entry, Entry.case_id == Case.id)
        .where(Staff.username == username, Case.closed_at.is_(None), Entry.kind.in_(TOLD))
        .group_by(Case.id, Case.public_id)
        .order_by(told.desc())
    )
    return db.session.scalars(query.limit(1)).one()


def packet_being_built(app):
    """A packet that nobody has handed over yet, if there is one."""
    with app.app_context():
        found = db.session.scalars(select(Packet.public_id).where(Packet.sealed_at.is_(None)).order_by(Packet.id.desc()).limit(1)).first()
        db.session.remove()
        return found


@pytest.mark.shots
def test_every_screen_of_a_day_is_sound(app, windows, organisation):
    maya, ruth = organisation.names[Role.COORDINATOR][0], organisation.names[Role.SUPERVISOR][0]
    with app.app_context():
        case = f"/cases/{fullest_case(maya)}"
        db.session.remove()
    packet = packet_being_built(app)
    screens = {
        "today": "/today",
        "inquiry": "/inquiries/new",
        "case": case,
        "log": f"{case}/contacts/new",
        "refer": f"{case}/referrals/new",
        "group": f"{case}/placements/new",
        "packet": f"/packets/{packet}" if packet else f"{case}/packets/new",
    }
    for look, width in WINDOWS:
        tour(windows, windows.open(maya, look=look, width=width), screens, look, width)
        tour(windows, windows.open(ruth, look=look, width=width), {"review": "/review"}, look, width)


def tour(windows, page, screens, look, width):
    """Open each screen in one window, look at it, and take its picture."""
    for name, path in screens.items():
        answer = page.goto(path)
        assert answer.status == 200, f"{path} answered {answer.status}"
        windows.fits(page)
        windows.axe(page)
        page.mouse.move(0, 0)
        windows.shoot(page, f"{name}-{width}" if FOR_README else f"day-{name}-{look}-{width}", whole=not FOR_README)
