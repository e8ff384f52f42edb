"""A packet goes out as a link in eight interactions, by a real worker and a real mail server, and is read on a phone with the code told on the phone."""

import re
import time

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from tests.casefile.walkers import make_walkers
from tests.cast import ROLES, Cast
from tests.journeys.meter import Meter
from tests.mailroom.servers import Box, mail_server
from tests.screens import NARROW
from tracker import journal
from tracker.db import db
from tracker.library.actions import load_shelf
from tracker.staff import queries as staff
from tracker.staff.models import Team
from tracker.staff.sessions import Program

TITLES = ("How to talk to someone you are worried about", "Where to call now", "What to do in danger")


@pytest.fixture
def walkers(served):
    """The address of the Walkers' case; Denise has an e-mail address that may be written to."""
    with served.rows():
        teams = {team.name.lower(): team for team in db.session.scalars(select(Team))}
        made = make_walkers(Cast(**teams, **{name: staff.by_username(name) for name in ROLES}))
        load_shelf(by=Program())
        address = made.url
        journal.commit()
    return address


def sent(page, address):
    """From the case to the receipt, counted."""
    page.goto(address)
    page.wait_for_load_state()
    meter = Meter(page)
    meter.press("p")
    expect(page.locator("h1")).to_have_text("Build packet")
    page.wait_for_load_state()
    for title in TITLES:
        page.get_by_label(title, exact=True).focus()
        meter.press("Space")
    meter.press("Control+Enter")
    expect(page.locator("h1")).to_contain_text("Packet for Denise Walker")
    page.wait_for_load_state()
    page.get_by_label("E-mail a link to denise.w@example.org").focus()
    meter.press("Space")
    page.get_by_label("I read the address back, and it is right").focus()
    meter.press("Space")
    meter.press("Control+Enter")
    expect(page.locator("h1")).to_contain_text("Receipt PK-")
    meter.done(8)


def test_three_materials_are_sent_by_keyboard_in_eight_and_read_on_a_phone(screens, served, walkers):
    page, box = screens.open("maya"), Box()
    sent(page, walkers)
    expect(page.locator("#said")).to_contain_text("Leaves for Denise")
    screens.axe(page)
    code = page.locator(".bigcode").inner_text()
    with mail_server(box, port=served.mail_port), served.worker():
        page.get_by_role("button", name="Send now").click()
        expect(page.locator("#facts")).to_contain_text("Let go at once")
        until = time.monotonic() + 90  # the worker has to come up first
        while "Sent." not in page.locator("#facts").inner_text():
            assert time.monotonic() < until, "nothing was sent"
            time.sleep(0.2)
            page.reload()
    (message,) = box.kept
    link = re.search(r"http://\S+/p/\S+", message.get_content()).group()
    screens.shoot(page, "packet-sent-by-email", whole=True)

    phone = screens.open(width=NARROW, look="dark")
    phone.goto(link)
    phone.get_by_label("Your e-mail address").fill("Denise.W@example.org")
    phone.get_by_label("The code").fill(code)
    phone.keyboard.press("Enter")
    expect(phone).to_have_url(re.compile(r"/p/view$"))
    for title in TITLES:
        expect(phone.get_by_role("link", name=title)).to_be_visible()
    opened = phone.context.request.get(served.url + phone.get_by_role("link", name="Open it as a PDF").get_attribute("href"))
    assert opened.body().startswith(b"%PDF") and "information.pdf" in opened.headers["content-disposition"]


def test_what_is_taken_back_in_time_was_never_sent(screens, served, walkers):
    page, box = screens.open("maya"), Box()
    sent(page, walkers)
    page.get_by_role("button", name="Take back").click()
    expect(page.locator("#said")).to_contain_text("Nothing was sent")
    with mail_server(box, port=served.mail_port), served.worker():
        expect(page.locator("#facts")).to_contain_text("Taken back or stopped")
        time.sleep(3)  # a worker that would send would have sent by now: it wakes within a second
    assert box.tries == 0
