"""Rehab referral: the gate is closed until Toby himself signs; then the answers, from admission to the end of the stay."""

from playwright.sync_api import expect

from tests.journeys.from_call_to_case import FAMILY, LOVED
from tests.journeys.walk import Walk, today

PROGRAM = "Harbor Light"


def consent(walk: Walk) -> None:
    """From the closed gate to the consent that opens it."""
    choose(walk)
    walk.shows("#gate", "consent")
    expect(walk.page.get_by_role("button", name="Send referral")).to_have_count(0)
    walk.link("Record consent")
    walk.at("/consents/new", "Record consent")
    walk.box("types", "roi_inbound")
    walk.box("info_categories", "attendance_admission")
    walk.pick("purpose", "Referral coordination")
    walk.day("expires_on", today(90))
    walk.tick("#revocation_told")
    sign(walk)
    back(walk)


def sign(walk: Walk) -> None:
    """Toby signs for himself, on paper."""
    walk.choose("signer_capacity", "self")
    walk.choose("signature_method", "wet_scan")
    walk.save("Record consent")
    walk.at("/consents(/[0-9a-f-]{36})?$")
    walk.said("recorded")


def choose(walk: Walk) -> None:
    """Refer, and the program."""
    walk.key("r", "Refer")
    walk.at("/referrals/new")
    walk.link(f"Choose: {PROGRAM}")
    walk.at("program=")


def back(walk: Walk) -> None:
    """To the case, by the lines above the headings."""
    if walk.page.locator(".pagehead a", has_text="Consents").count():
        walk.link("Consents")
        walk.at("/consents$")
    walk.follow(walk.page.locator(".pagehead a", has_text=f"{FAMILY} family"))
    walk.at(r"/cases/[0-9a-f-]{36}$", FAMILY)


def send(walk: Walk) -> None:
    """Sent by fax, by hand; what was told is kept."""
    choose(walk)
    walk.pick("handoff", "Fax, sent by hand")
    walk.save("Send referral")
    walk.at(r"/referrals/[0-9a-f-]{36}$", f"{LOVED} to {PROGRAM}")
    walk.shows("#stands", "Sent")
    walk.shows("#shared", LOVED)


def answer(walk: Walk, words: str, **more: str) -> None:
    """The program tells how it stands.

    Args:
        words: what they said, as the page offers it.
        more: field to value, for what this answer asks besides.
    """
    walk.link(words, whole=True)
    walk.at("answer=")
    walk.choose("told_by", "provider")
    for field, value in more.items():
        if field in ("day", "started_on"):
            walk.day(field, value)
        else:
            walk.pick(field, value)
    walk.choose("step_on", today(1))
    walk.save(f"Save: {words.lower()}")
    walk.at(r"/referrals/[0-9a-f-]{36}$")
    walk.shows("#told", words)


def to_the_end_of_the_stay(walk: Walk) -> None:
    """Accepted, started, ended."""
    answer(walk, "Accepted", day=today(1))
    walk.shows("#stands", "Accepted")
    answer(walk, "Started", day=today())
    walk.shows("#stands", "In treatment")
    answer(walk, "Ended", day=today(), discharge_type="Completed program")
    walk.shows("#stands", "Ended")
    back(walk)


def withdraw(walk: Walk) -> None:
    """Toby withdraws his release to the program: recorded at once, whoever hears it."""
    walk.link("All consents, and a withdrawal")
    walk.at("/consents$", "Consents")
    walk.link("Withdraw: Release: us to provider")
    walk.at("/withdrawal$", "Withdraw")
    walk.type("words", f"{LOVED}, on the phone")
    walk.save("Withdraw consent")
    walk.at("/consents")
    back(walk)
