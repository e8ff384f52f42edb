"""Today: danger first, then what is late, then what is due; only mine, and nothing that waits."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from tests.casefile.walkers import ZONE, log, make_walkers
from tests.desk.conftest import NOON, named
from tracker import clock, journal
from tracker.cases import actions as cases
from tracker.cases.actions import NextStep
from tracker.cases.words import NextStepKind
from tracker.contacts.actions import Told, log_contact
from tracker.contacts.words import ContactOutcome
from tracker.db import db
from tracker.drafts.actions import keep
from tracker.drafts.models import DraftKind
from tracker.inquiries.models import Inquiry
from tracker.inquiries.words import DangerAnswer, InquirerRelationship, InquiryChannel, InquiryStatus
from tracker.journal.models import Entry
from tracker.people.models import Family


@pytest.fixture
def maya(client_of):
    return client_of("maya")


def groups(page):
    """The headings of the queue with the tasks under each, in the order of the page."""
    found, heading = {}, ""
    for node in page.at("queue"):
        if node.tag == "h3":
            heading = node.text
            found[heading] = []
        elif node.tag == "a" and "data-open" in node.attrs and heading and not node.within("details"):
            found[heading].append(node.text)
    return found


def test_by_how_late_and_how_serious(maya, day):
    page = maya.get("/today")
    assert groups(page) == {
        "Crisis check-back 1": ["Step of Delgado"],
        "Overdue 1": ["Step of Ibarra"],
        "Due today 2": ["Step of Brandt", "Step of Back"],
    }
    assert "4 to do · 1 overdue" in page.text
    assert "Tuesday, November 24" in page.text
    assert "4 days late" in page.text


def test_neither_colleagues_work_nor_what_waits(maya, day):
    text = maya.get("/today").text
    for name in ("Bens", "Luis", "Held"):
        assert f"Step of {name}" not in text


def test_the_rest_of_the_week_is_folded(maya, day):
    page = maya.get("/today")
    assert [node.text for node in page.at("week").all("a") if "data-open" in node.attrs] == ["Step of Okello"]


@pytest.mark.parametrize(("show", "tasks"), [("packets", ["Step of Brandt"]), ("referrals", ["Step of Ibarra"]), ("calls", []), ("groups", [])])
def test_a_chip_narrows_it_and_never_hides_danger(maya, day, show, tasks):
    page = maya.get("/today", show=show)
    found = groups(page)
    assert found.pop("Crisis check-back 1") == ["Step of Delgado"]
    assert [task for under in found.values() for task in under] == tasks
    assert page.at(f"show-{show}")["aria-current"] == "true"
    part = maya.get("/today", show=show, htmx=True)
    assert b"<html" not in part.body


def test_chips_count_what_they_show(maya, day):
    page = maya.get("/today")
    assert [page.at(f"show-{code}").text for code in ("all", "calls", "referrals", "packets", "groups")] == [
        "All 4", "Calls 0", "Referrals 1", "Packets 1", "Groups 0",
    ]  # fmt: skip


def test_a_filter_that_there_is_none(maya, day):
    maya.get("/today", show="everything", status=404)


def test_nothing_due_says_who_is_quiet(maya, cast, db_session):
    with clock.travel(NOON - timedelta(days=30)):
        for name in ("One", "Two"):
            named(cast, name, 60)
        journal.commit()
    with clock.travel(NOON):
        page = maya.get("/today")
    assert "Nothing is due. 2 cases have been quiet for two weeks." in page.text
    assert "2 quiet" in page.text


def test_somebody_new_has_an_empty_day(client_of):
    assert "Nothing is due, and no case is quiet." in client_of("ruth").get("/today").text


def test_who_has_no_day_of_their_own(client_of):
    for who in ("priya", "ada", "omar"):
        client_of(who).get("/today", status=403)


def test_their_hour_stands_beside_ours(maya, cast, db_session, noon):
    made = make_walkers(cast, due=NOON + timedelta(hours=3))
    family = db.session.get(Family, made.case.family_id)
    family.zone = "America/Denver"
    made.case.next_step_timed = True
    made.phone.best_from = None
    journal.commit()
    text = maya.get("/today").text
    assert "3:00 PM ET" in text
    assert "1:00 PM there, MT" in text


def test_a_step_without_a_time_is_todays_until_their_day_ends(maya, cast, db_session, noon):
    """In Hawaii it is still today when ours has ended."""
    from_there = named(cast, "Kealoha", 0)
    family = db.session.get(Family, from_there.case.family_id)
    family.zone = "Pacific/Honolulu"
    from_there.again().next_step_at = NOON.replace(hour=0) + timedelta(days=1, hours=4, minutes=59)
    journal.commit()
    assert groups(maya.get("/today")) == {"Due today 1": ["Step of Kealoha"]}


def test_tries_and_voicemail_stand_in_the_row(maya, cast, db_session, noon):
    late = named(cast, "Osei", -1)
    log(late, cast, "First words.")
    with clock.travel(NOON + timedelta(hours=1)):
        for _ in range(2):
            log_contact(late.again(), Told(person=late.denise, outcome=ContactOutcome.NO_ANSWER), by=cast.actor("maya"))
        journal.commit()
        assert "Osei family · 2 tries not reached · no voicemail" in maya.get("/today").text


def test_a_draft_i_left_leads_back_to_its_form(maya, day, cast):
    keep(cast.actor("maya"), DraftKind.CONTACT, str(day.today.case.public_id), MultiDict([("note", "She said that"), ("kind", "call"), ("result", "reached")]))
    keep(cast.actor("ben"), DraftKind.CONTACT, str(day.late.case.public_id), MultiDict([("note", "not mine")]))
    journal.commit()
    page = maya.get("/today")
    line = page.at("drafts").one("a", href=f"/cases/{day.today.case.public_id}/contacts/new")
    assert line.text == "Log contact: Brandt family"
    form = maya.get(line["href"])
    assert form.page.one("textarea", name="note").text == "She said that"
    assert "You were writing this at" in form.text
    assert form.page.one("a", href=f"{line['href']}?fresh=1").text == "Start new"
    assert maya.get(f"{line['href']}?fresh=1").page.one("textarea", name="note").text == ""
    maya.submit(form, "log", status=200)
    assert "drafts" not in {node.get("id") for node in maya.get("/today").page}


def test_the_log_box_opened_here_comes_back_here(maya, day):
    row = maya.get("/today").at(f"row-{day.today.case.public_id}")
    page = maya.get(row["data-log"])
    after = maya.submit(page, "log", status=200, note="Sent it.")
    assert after.title.startswith("Today")


def test_who_waits_for_an_answer_stands_beside_with_the_clock(maya, client_of, cast, db_session, noon):
    for team, name, minutes in ((cast.north, "Greta", 108), (cast.north, "Amir", 22), (cast.south, "Ola", 5)):
        db_session.add(waiting(team, name, NOON - timedelta(minutes=minutes)))
    journal.commit()
    page = maya.get("/today")
    lines = [item.text for item in page.at("unclaimed").all("li")]
    assert [line.split(",")[0] for line in lines] == ["Greta", "Amir"]
    assert "1 h 48 min" in lines[0]
    assert maya.get("/today/unclaimed", htmx=True).body.count(b"<li") == 2
    take = page.at("unclaimed").all("form")[0]["action"]
    maya.post(take, status=200)
    assert "Maya Whitfield" in client_of("ben").post(take, status=409).text
    assert [item.text.split(",")[0] for item in maya.get("/today").at("unclaimed").all("li")] == ["Amir"]


def test_done_asks_for_the_following_step(maya, day):
    url = f"/today/cases/{day.late.case.public_id}/done"
    answer = maya.submit(maya.get(url), f"ask-{day.late.case.public_id}", status=422)
    assert "step" in answer.errors()
    page = maya.submit(maya.get(url), f"ask-{day.late.case.public_id}", status=200, step="Call Elena with the news", step_on=_day(3))
    assert "Done: Step of Ibarra" in page.text
    assert day.late.again().next_step_text == "Call Elena with the news"
    verbs = set(db.session.scalars(select(Entry.verb)))
    assert {"case.next_step_done", "case.next_step_set"} <= verbs


def test_done_in_the_row_with_a_script(maya, day):
    url = f"/today/cases/{day.late.case.public_id}/done"
    row = maya.get(url, htmx=True)
    assert row.page.all("li", id=f"row-{day.late.case.public_id}")
    fields = {"version": row.page.one("input", name="version")["value"], "step": "Call Elena", "step_on": _day(2)}
    maya.get("/today")
    after = maya.post(url, fields, htmx=True, follow=False, status=200)
    assert after.page.one("li", id=f"row-{day.late.case.public_id}").get("class") == "undo"


def test_no_danger_now_takes_it_off_the_check_back(maya, day):
    url = f"/today/cases/{day.crisis.case.public_id}/done"
    maya.submit(maya.get(url), f"ask-{day.crisis.case.public_id}", status=200, step="Call Rosa", step_on=_day(1))
    assert day.crisis.again().crisis_at is not None, "a step that is done ends no danger"
    maya.submit(maya.get(url), f"ask-{day.crisis.case.public_id}", status=200, step="Call Rosa", step_on=_day(1), over="y", note="She is home")
    assert day.crisis.again().crisis_at is None


def test_another_day_keeps_the_step(maya, day):
    url = f"/today/cases/{day.late.case.public_id}/later"
    assert "step_on" in maya.submit(maya.get(url), f"ask-{day.late.case.public_id}", status=422).errors()
    maya.submit(maya.get(url), f"ask-{day.late.case.public_id}", status=200, step_on=_day(1))
    case = day.late.again()
    assert (case.next_step_text, case.next_step_kind) == ("Step of Ibarra", NextStepKind.CHECK_REFERRAL)
    assert clock.local(case.next_step_at, ZONE).date().isoformat() == _day(1)


def test_the_second_of_two_sees_both_steps(maya, client_of, day, cast):
    url = f"/today/cases/{day.late.case.public_id}/done"
    page = maya.get(url)
    cases.set_next_step(day.late.again(), NextStep(NextStepKind.CALL, "Call Cedar Row", NOON + timedelta(days=1)), by=cast.actor("ruth"))
    journal.commit()
    answer = maya.submit(page, f"ask-{day.late.case.public_id}", status=409, step="Refer elsewhere", step_on=_day(1))
    assert "Call Cedar Row" in answer.body.decode()
    assert "Refer elsewhere" in answer.body.decode()


def test_only_the_owner_or_a_supervisor_marks_it_done(client_of, day):
    url = f"/today/cases/{day.late.case.public_id}/done"
    client_of("ben").get(url, status=403)
    client_of("luis").get(url, status=404)
    client_of("ruth").get(url)


def test_the_day_keeps_its_budget(maya, day):
    maya.get("/today", budget=14)


def waiting(team, name, at):
    """An inquiry that came in unattended."""
    return Inquiry(
        at=at, channel=InquiryChannel.VOICEMAIL, status=InquiryStatus.UNCLAIMED, team_id=team.id, caller_name=name, person_name="a brother",
        relation=InquirerRelationship.OTHER_FAMILY, danger=DangerAnswer.NOT_ASKED, created_at=at,
    )  # fmt: skip


def _day(ahead):
    return (clock.today(ZONE) + timedelta(days=ahead)).isoformat()
