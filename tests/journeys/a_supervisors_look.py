"""The supervisor: from a number of the team table to the case; she signs, lets a gate pass, closes and reopens, each with a reason."""

import re

from playwright.sync_api import expect

from tests.journeys.from_call_to_case import FAMILY
from tests.journeys.walk import Walk, today


def from_the_table(walk: Walk) -> None:
    """The team table, the number of Maya's open cases, the list, the case."""
    walk.follow("#nav a[title=Review]")
    walk.at("/review$", "Caseload review")
    row = walk.page.locator(".team tr", has_text="Maya Whitfield")
    walk.follow(row.get_by_role("link", name=re.compile(r"open cases of Maya")))
    walk.at(r"/cases\?owner=", "Cases")
    expect(walk.page.locator("tr[data-row]")).to_have_count(2)
    walk.link(f"{FAMILY} family")
    walk.at(r"/cases/[0-9a-f-]{36}$", FAMILY)


def close_and_reopen(walk: Walk) -> None:
    """Closed with a reason and a summary; everything stays readable; opened again as another episode."""
    walk.follow(walk.page.locator("main details.menu > summary").and_(walk.page.locator(":visible")))
    walk.link("Close case")
    walk.at("/closure$", "Close case")
    walk.button("Close case")
    walk.refused("Choose why it closes")
    walk.pick("closure_reason", "Family managing on their own")
    walk.type("closing_summary", "They have a group, a program that knows him, and our number.")
    walk.choose("again", "yes")
    walk.save("Close case")
    walk.at(r"/cases/[0-9a-f-]{36}$", FAMILY)
    walk.shows(".greybar", "Reopen to add.")
    expect(walk.page.get_by_role("link", name="Refer", exact=True)).to_have_count(0)
    walk.link("Reopen")
    walk.at("/reopening$", "Reopen case")
    walk.choose("reason", "reopened")
    walk.choose("stage", "follow_up")
    walk.type("step", "Call them on Monday")
    walk.choose("step_on", today(1))
    walk.save("Reopen case")
    walk.at(r"/cases/[0-9a-f-]{36}$", FAMILY)
    walk.shows("main", "Episode 3")
    walk.shows("main", "Call them on Monday")
