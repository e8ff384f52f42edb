"""Support group and recovery follow-up: Imogen goes to a group; Toby agrees to be asked; a return to use opens the second episode."""

from playwright.sync_api import expect

from tests.journeys.from_call_to_case import CALLER, LOVED
from tests.journeys.to_a_referral import back, sign
from tests.journeys.walk import Walk, today


def place(walk: Walk) -> None:
    """Imogen in a group that admits parents, and how it went."""
    walk.key("m", "Place in group")
    walk.at("/placements/new")
    walk.link("Choose: Evening Circle")
    walk.at("meeting=")
    walk.to("#ask_on")
    walk.save(f"Place {CALLER}")
    walk.at(r"/placements/[0-9a-f-]{36}$", f"{CALLER} in Evening Circle")
    walk.choose("attendance", "attended")
    walk.day("on_day", today())
    walk.save("Save how it went")
    walk.shows("#told", "Attended")
    back(walk)


def permission(walk: Walk) -> None:
    """Toby's own permission to be asked how he is."""
    walk.link("Record: Consent")
    walk.at("/consents/new", "Record consent")
    walk.pick("subject", LOVED)
    walk.box("types", "followup_consent")
    sign(walk)
    back(walk)


def follow(walk: Walk) -> None:
    """A plan from the day he left the program, and the first check-in, which tells of a return to use."""
    walk.link("Plan: Follow-up")
    walk.at("/follow-up/new$", "Agree on follow-up")
    walk.pick("person", LOVED)
    walk.pick("anchor", "Leaving a program")
    walk.day("anchor_on", today())
    walk.type("goal", "Play with the band again.")
    walk.save("Agree on follow-up")
    walk.at(r"/follow-up/[0-9a-f-]{36}$", f"Follow-up of {LOVED}")
    walk.shows("#ahead", "30 days")


def return_to_use(walk: Walk) -> None:
    """It needs a next step at once, and opens the second episode."""
    walk.pick("result", "Returned to use; wants support")
    walk.pick("next_action", "Same day")
    walk.save("Keep check-in")
    walk.refused("what happens next")
    walk.type("step", f"Call {LOVED} this evening")
    walk.choose("step_on", today())
    walk.save("Keep check-in")
    walk.shows("#answered", "Returned to use")
    back(walk)
    walk.shows("main", "Episode 2")
    expect(walk.page.locator("main")).to_contain_text(f"Call {LOVED} this evening")
