"""Intervention: a way is chosen, the safety screen comes first, a supervisor signs what it raised, the meeting is held."""

from playwright.sync_api import expect

from tests.journeys.walk import Walk, today


def begin(walk: Walk) -> None:
    """A planned meeting; no date can be set before the safety screen is answered, nor while it stands raised."""
    walk.link("Plan: Interventions")
    walk.at("/interventions/new$", "Begin an intervention")
    walk.choose("model", "johnson")
    walk.type("aim", "That he lets somebody look at him, once.")
    walk.save("Begin")
    walk.at(r"/interventions/[0-9a-f-]{36}$", "Johnson intervention")
    walk.shows("#not-yet", "not answered yet")
    set_meeting(walk)
    walk.shows(".errsum", "not answered yet")
    for question in ("violence", "suicide", "psychosis", "minors"):
        walk.choose(question, "no")
    walk.choose("withdrawal", "yes")
    walk.tick("#private")
    walk.button("Keep the answers")
    walk.shows("#not-yet", "a supervisor looks at it first")
    expect(walk.page.locator("#sign")).to_have_count(0)
    set_meeting(walk)
    walk.shows(".errsum", "a supervisor looks at it first")


def set_meeting(walk: Walk) -> None:
    """At seven this evening, at a neighbor's."""
    fold = walk.page.locator("summary", has_text="Set a meeting")
    if not walk.page.locator("#set-meeting").is_visible():
        walk.follow(fold)
    walk.day("day", today())
    walk.to("#time")
    walk.page.keyboard.type("0700PM")
    walk.type("place", "At a neighbor's")
    walk.button("Set it")


def sign(walk: Walk) -> None:
    """The supervisor, on the intervention's page, says what makes it safe enough."""
    walk.type("signed_note", "His doctor knows, and will be on the phone.")
    walk.button("Sign off the safety review")
    expect(walk.page.locator("#not-yet")).to_have_count(0)
    walk.shows("#screen", "Signed off")


def hold(walk: Walk) -> None:
    """The page from before the sign-off is told so; then the meeting is set, held, and what came of it is told."""
    set_meeting(walk)
    walk.shows("h1", "Somebody else changed this")
    walk.link("Open it again")
    set_meeting(walk)
    walk.shows("#meetings", "At a neighbor")
    walk.unfold("Record as held")
    walk.button("Record as held")
    walk.shows("#meetings", "Held")
    walk.unfold("Tell what came of it")
    walk.pick("outcome", "Thinking about it")
    walk.button("Keep it")
    walk.shows("#came-of-it", "Thinking about it")
