"""What can be pressed says what it does or where it leads, and nothing is told by color alone (interface.md §6, 22 and 23)."""

import pytest

from tests.browsing import Client
from tests.journeys.conftest import MORNING
from tests.journeys.eight import COORDINATOR, SUPERVISOR, Day
from tracker import clock

VERBS = set(
    "add agree ask back begin build cancel change check choose clear close edit end find hand hold keep leave log look mark move note open place preview "
    "print record refer remove reopen reschedule save send show sign start stay take tell try withdraw".split()
)
PLACES = {"Crisis steps", "Library", "Menu", "New inquiry", "Packet", "Shortcuts", "What was told"}
# What is answered by pressing it: what a call was that is no case, and what is so from now on.
ANSWERS = {"Hang-up", "Prank or hostile call", "Silent", "Spam or sales", "Test", "Wrong number", "Done", "No longer", "Not needed", "No packet needed",
           "No answer", "Not the same", "Busy", "Left message", "Disconnected"}  # fmt: skip
QUIET = {"tag-n", "tag-line"}  # without a color that would tell anything


@pytest.fixture(scope="module")
def pages(organisation, _program):
    """The pages that a day leads through, as tests read them, by address."""
    day = Day(_program)
    own = ["/today", "/inquiries/new", "/inquiries", "/cases", "/find", "/account", "/packets", "/library", "/directory/programs", "/directory/groups"]
    of_case = "contacts/new referrals/new placements/new packets/new interventions/new follow-up/new consents consents/new plan stage?to=follow_up"
    of_case += " closure hold owner people people/new next-step next-step/done risks main-contact viewers disclosures"
    own += [day.walker, *(f"{day.walker}/{path}" for path in of_case.split())]
    with clock.travel(MORNING):
        maya, ruth = (Client(_program).sign_in(who) for who in (COORDINATOR, SUPERVISOR))
        return {path: client.get(path).page for client, paths in ((maya, own), (ruth, ["/review", day.nguyen])) for path in paths}


def test_what_can_be_pressed_says_what_it_does_or_where_it_leads(pages):
    strange = {}
    for path, page in pages.items():
        for node in page:
            if node.tag == "button" or (node.tag == "a" and "btn" in node.get("class").split()):
                name = node.get("aria-label") or node.text
                if name.split()[0].strip(":,").lower() not in VERBS and not name.startswith(tuple(PLACES | ANSWERS)):
                    strange.setdefault(name, path)
    assert not strange, "\n".join(f"{a} | {b}" for a, b in strange.items())


def test_every_tag_has_words_and_where_it_has_a_color_a_picture(pages):
    tags = [(path, node) for path, page in pages.items() for node in page if {"tag", "st"} & set(node.get("class").split())]
    assert len(tags) > 50
    bare = set()
    for path, node in tags:
        pictured = node.all("svg") or node.all("b") or QUIET & set(node.get("class").split())
        if not node.text or not pictured:
            bare.add(f"{path}: {node.text or node.get('class')}")
    assert not bare, "\n".join(sorted(bare))
