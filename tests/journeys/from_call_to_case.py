"""Inquiry: the call is taken, the case opens, the next contact is logged, the plan is written."""

import re

from playwright.sync_api import expect

from tests.journeys.walk import Walk

FAMILY, CALLER, LOVED = "Vance", "Imogen", "Toby"
NUMBER = "614 555 0187"
KNOWN = "614 555 0142"  # the Walkers'
WORDS = "He sleeps all day and lost his job in March. I found a small bag in his coat."
SECRETS = (FAMILY, CALLER, LOVED, "5550187", "555-0187", "555%200187", "555+0187", "sleeps all day")


def take_the_call(walk: Walk) -> str:
    """Imogen calls about her son Toby; the number that was heard first is another family's.

    Returns:
        the address of the case that opened.
    """
    walk.key("n", "New inquiry")
    walk.at("/inquiries/new")
    walk.type("phone", KNOWN)
    if not walk.scripts:
        walk.button("Check whether we know them")
    walk.shows("#known", "Walker family")
    expect(walk.page.locator("#known a[href^='/cases/']")).to_have_count(1)
    walk.type("phone", NUMBER)
    walk.type("name", f"{CALLER} {FAMILY}")
    if walk.scripts:
        expect(walk.page.locator("#known")).not_to_contain_text("Walker family")
        walk.press("Alt+2")
        expect(walk.page.locator("#crisis")).to_be_visible()
        walk.press("Alt+1")
        expect(walk.page.locator("#crisis")).to_be_hidden()
    walk.choose("danger", "no")
    walk.pick("relation", "Son or daughter")
    walk.type("person_name", LOVED)
    walk.pick("age_band", "26 to 39")
    walk.type("words", WORDS)
    walk.box("wants", "talk")
    walk.save("Save and open case")
    walk.refused("safe")
    expect(walk.page.locator("#words")).to_have_value(WORDS)
    walk.box("reach", "call")
    walk.unfold("More: e-mail")
    walk.type("zip_code", "43215")
    walk.save("Save and open case")
    walk.at(r"/cases/[0-9a-f-]{36}$", f"{FAMILY} family")
    expect(walk.page.locator(".path [aria-current=step]")).to_contain_text("Inquiry")
    return walk.page.url


def log_a_contact(walk: Walk) -> None:
    """By L, some words, and Ctrl and Enter."""
    walk.key("l", "Log contact")
    if walk.scripts:
        expect(walk.page.locator("#note")).to_be_focused()
    walk.type("note", "Toby would talk to somebody, if it is not a doctor.")
    walk.save("Save contact")
    walk.said("Contact saved.")
    walk.shows("main", "if it is not a doctor")


def write_the_plan(walk: Walk) -> None:
    """What matters to Toby, what he is open to, who helps."""
    walk.link("Write: Plan")
    walk.at("/plan$", "Plan")
    walk.type("what_matters", "His dog, and the garage band on Thursdays.")
    walk.box("openness", "outpatient")
    walk.box("openness", "peer_support")
    walk.type("who_0", CALLER)
    walk.type("what_0", "keeps the dog while he is away")
    walk.save("Save plan")
    walk.at(r"/cases/[0-9a-f-]{36}$", FAMILY)
    walk.shows("main aside", "Outpatient")


def move_to(walk: Walk, stage: str, why: str = "", refused: str = "", moves: bool = True) -> None:
    """Move the case along its path; open points are named, and passed with a reason.

    Args:
        stage: the label of where it goes.
        why: the reason for points that stand open.
        refused: what the page answers when nothing is said.
        moves: False where it is refused for good; the walk is back on the case then.
    """
    walk.follow(walk.page.locator("nav.casepath").get_by_role("link", name=re.compile(f"^{stage}")))
    walk.at("/stage", stage)
    if refused:
        walk.button(f"Move to {stage}")
        walk.refused(refused)
    if why:
        walk.type("why", why)
    if moves:
        walk.button(f"Move to {stage}")
    else:
        walk.link("Cancel")
    walk.at(r"/cases/[0-9a-f-]{36}$", FAMILY)
    expect(walk.page.locator(".path [aria-current=step]")).to_contain_text(stage if moves else "")
