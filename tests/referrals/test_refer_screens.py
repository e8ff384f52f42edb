"""Consents and referrals in a real browser: from a closed gate to an answer, sound in every look, by keyboard and without scripts."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from tests.cast import ROLES, Cast
from tests.consents.papers import release
from tests.directory.programs import program
from tests.placements.family import make_home
from tests.screens import NARROW, WIDE
from tracker import clock, journal
from tracker.db import db
from tracker.directory.programs.actions import tell_places
from tracker.directory.programs.words import CapacityStatus, CareAttribute, LevelOfCare, Payment
from tracker.referrals.models import Referral
from tracker.staff import queries as staff
from tracker.staff.models import Team


@pytest.fixture
def refer(served):
    """The address of Refer for a family in Madison; Marcus's consent names Marsh Point only."""
    with served.rows():
        cast = Cast(**{team.name.lower(): team for team in db.session.scalars(select(Team))}, **{name: staff.by_username(name) for name in ROLES})
        home = make_home(cast, zone="America/Chicago")
        home.case.family.zip_code = "53703"
        bridge = program(cast, "Stone Bridge", payments=(Payment.MD,), attributes=(CareAttribute.MEDICATION_FRIENDLY,), age_from=18)
        tell_places(bridge, CapacityStatus.CAPACITY, available=2, by=cast.actor("maya"))
        marsh = program(cast, "Marsh Point", "53545", payments=(Payment.MD,), coi_disclosure="A board member of ours sits on theirs.")
        with clock.travel(clock.now() - timedelta(days=80)):
            program(cast, "Oak Terrace", "53590", payments=(Payment.MD,))
        program(cast, "Quiet Water", "53704", level_of_care=LevelOfCare.WITHDRAWAL_MANAGEMENT)
        program(cast, "Harbor North", "53704", payments=(Payment.PI,))
        release(cast, home, marsh)
        address = f"/cases/{home.case.public_id}"
        journal.commit()
    return address


def kept(served):
    with served.rows():
        return db.session.scalars(select(Referral)).all()


@pytest.mark.parametrize(("look", "width"), [("light", WIDE), ("dark", WIDE), ("light", NARROW), ("dark", NARROW)])
def test_every_screen_is_sound(screens, refer, look, width):
    page = screens.open("maya", look=look, width=width)

    def stop(name):
        page.mouse.move(0, 0)
        screens.axe(page)
        screens.fits(page)
        screens.shoot(page, f"{name}-{look}-{width}", whole=True)

    page.goto("/directory/programs?near=53703")
    stop("programs")
    page.goto("/directory/programs/new")
    stop("program-new")
    page.goto(f"{refer}/referrals/new?payment=MD")
    page.get_by_role("link", name="Choose: Stone Bridge").click()
    expect(page.locator("#gate")).to_contain_text("does not name Stone Bridge")
    stop("refer")
    page.get_by_role("link", name="Record consent").click()
    page.get_by_role("button", name="Record consent").click()
    expect(page.locator(".errsum")).to_be_visible()
    stop("consent-errors")
    page.goto(f"{refer}/referrals/new?payment=MD")
    page.get_by_role("link", name="Choose: Marsh Point").click()
    stop("refer-open")
    page.get_by_role("button", name="Send referral").click()
    expect(page.locator("h1")).to_have_text("Marcus to Marsh Point")
    page.get_by_role("link", name="Accepted").click()
    stop("referral")
    page.get_by_role("link", name="Sheet to fax or read out").click()
    stop("referral-sheet")
    page.goto(f"{refer}/consents")
    stop("consents")
    page.get_by_role("link", name="Withdraw:").first.click()
    stop("consent-withdraw")
    page.goto(f"{refer}/disclosures")
    stop("disclosures")


@pytest.mark.parametrize("scripts", [True, False])
def test_from_a_closed_gate_to_an_answer_with_and_without_scripts(screens, served, refer, scripts):
    page = screens.open("maya", scripts=scripts)
    page.goto(f"{refer}/referrals/new")
    page.get_by_role("link", name="Choose: Stone Bridge").click()
    expect(page.get_by_role("button", name="Send referral")).to_have_count(0)
    page.get_by_role("link", name="Record consent").click()
    for words in ("The person", "Paper, scanned"):
        page.get_by_text(words, exact=True).click()
    page.locator("#purpose").select_option("referral_coordination")
    page.locator("#expires_on").fill((clock.today("America/New_York") + timedelta(days=90)).isoformat())
    page.locator("#revocation_told").check()
    page.get_by_role("button", name="Record consent").click()
    expect(page.locator("h1")).to_have_text("Consents")
    page.goto(f"{refer}/referrals/new")
    page.get_by_role("link", name="Choose: Stone Bridge").click()
    page.get_by_role("button", name="Send referral").click()
    expect(page.locator("h1")).to_have_text("Marcus to Stone Bridge")
    page.get_by_role("link", name="Accepted").click()
    page.get_by_text("Provider", exact=True).click()
    page.get_by_text("Tomorrow", exact=True).click()
    page.get_by_role("button", name="Save: accepted").click()
    expect(page.locator("#stands")).to_contain_text("Accepted")
    [referral] = kept(served)
    assert referral.status == "accepted"


def test_details_to_the_family_by_keyboard_alone(screens, served, refer):
    page = screens.open("maya")
    page.goto(f"{refer}/referrals/new")
    page.get_by_role("link", name="Choose: Stone Bridge").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Give details to family").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Marcus to Stone Bridge")
    [referral] = kept(served)
    assert referral.consent_id is None
