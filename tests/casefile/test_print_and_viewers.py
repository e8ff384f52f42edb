"""A case on paper, and who opened it."""

import pytest
import sqlalchemy as sa
from sqlalchemy import select

from tests.casefile.walkers import log
from tracker import journal
from tracker.contacts.actions import Told, log_contact
from tracker.db import db
from tracker.journal.models import TOLD, Entry, Kind

WORDS = "Marcus agreed to speak with Harbor Light."


def viewed():
    query = select(Entry).where(Entry.kind == Kind.VIEWING, Entry.case_id.is_not(None)).order_by(Entry.number)
    return [line.facts["what"] for line in db.session.scalars(query)]


def test_a_print_names_its_printer_the_hour_and_that_it_is_confidential(maya, walkers, cast):
    log(walkers, cast, WORDS)
    journal.commit()
    page = maya.get(f"/print{walkers.url}")
    assert "Printed by Maya Whitfield" in page.text and "ET" in page.text and "Confidential" in page.text
    assert WORDS in page.text and "Walker family" in page.text
    assert not page.page.one("main").all("form")
    assert viewed() == ["a print"]


def test_notes_can_be_left_out(maya, walkers, cast):
    log(walkers, cast, WORDS)
    journal.commit()
    page = maya.get(f"/print{walkers.url}", notes="no")
    assert WORDS not in page.text and "Call with Denise Walker" in page.text


def test_who_viewed_tells_who_what_and_when(maya, client_of, walkers):
    walkers.again()
    client_of("ben").get(walkers.url)
    client_of("omar").get(walkers.url)
    rows = [row.text for row in maya.get(f"{walkers.url}/viewers").page.one("tbody").all("tr")]
    assert len(rows) == 2
    assert "Omar Haddad" in rows[0] and "masked" in rows[0]
    assert "Ben Okafor" in rows[1] and "the case page" in rows[1]


def test_who_viewed_is_for_the_owner_the_supervisor_and_the_auditor(client_of, walkers):
    walkers.again()
    client_of("ruth").get(f"{walkers.url}/viewers")
    auditor = client_of("omar").get(f"{walkers.url}/viewers")
    assert "Walker" not in auditor.body.decode()
    client_of("ben").get(f"{walkers.url}/viewers", status=403)
    client_of("priya").get(f"{walkers.url}/viewers", status=403)
    client_of("luis").get(f"{walkers.url}/viewers", status=404)


def test_a_history_with_nothing_in_it_opens_and_a_place_that_no_line_has_is_not_found(maya, walkers):
    walkers.again()
    maya.get(walkers.url, kind="packet")
    maya.get(f"{walkers.url}/history", before="1")
    for odd in ("9" * 30, str(2**63), "-1", "\u0663", "x"):
        maya.get(f"{walkers.url}/history", before=odd, status=404)
        maya.get(f"{walkers.url}/viewers", before=odd, status=404)


FORMS = (
    "people/about", "people/new", "consents/new", "follow-up/new", "hold", "interventions/new", "main-contact", "next-step", "owner", "packets/new",
    "placements/new", "plan", "referrals/new", "risks", "closure",
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_form_with_what_stands_in_it_is_a_view_of_the_case_too(maya, walkers, form):
    walkers.again()
    maya.get(f"{walkers.url}/{form}")
    assert viewed() == ["a form of the case"]


def test_a_form_that_edits_a_person_is_a_view_and_a_fragment_is_none(maya, walkers):
    walkers.again()
    maya.get(f"{walkers.url}/people/{walkers.denise.public_id}")
    maya.get(f"{walkers.url}/people/{walkers.denise.public_id}/ways/new")
    maya.get(f"{walkers.url}/ways/{walkers.phone.public_id}")
    assert viewed() == ["a form of the case"] * 3
    maya.get(f"{walkers.url}/contacts/new", htmx=True)
    maya.get(f"{walkers.url}/history", htmx=True)
    assert len(viewed()) == 3


REFUSED = ("people/new", "follow-up/new", "hold", "interventions/new", "next-step", "owner", "placements/new", "risks", "closure", "contacts")


@pytest.mark.parametrize("form", REFUSED)
def test_a_form_that_is_refused_shows_the_record_and_so_is_a_view_of_it(maya, walkers, form):
    walkers.again()
    answer = maya.post(f"{walkers.url}/{form}", {"result": "no such thing"}, follow=False)
    assert answer.status == 422 and "Walker" in answer.text
    assert viewed() == ["a form of the case"]


def test_a_refused_note_of_a_contact_is_a_view_and_a_refused_fragment_is_none(maya, walkers, cast, db_session):
    case = walkers.again()
    contact = log_contact(case, Told(person=walkers.denise, note="She slept well."), by=cast.actor("maya"))
    journal.commit()
    before = len(viewed())
    assert maya.post(f"/contacts/{contact.public_id}", {"note": "", "version": str(contact.version)}, follow=False).status == 422
    assert len(viewed()) == before + 1
    assert maya.post(f"/contacts/{contact.public_id}", {"note": "Late", "version": "999"}, follow=False).status == 409
    assert len(viewed()) == before + 2
    assert maya.post(f"{walkers.url}/contacts", {"kind": "call"}, follow=False, htmx=True).status == 422
    assert len(viewed()) == before + 2


def test_of_a_deed_that_was_refused_the_journal_tells_nothing(maya, walkers, db_session):
    walkers.again()
    journal.commit()
    told = db_session.scalar(sa.select(sa.func.count()).select_from(Entry).where(Entry.kind.in_(TOLD)))
    assert maya.post(f"{walkers.url}/closure", {"reason": "unable_to_reach", "summary": "Gone", "ok_to_recontact": "yes"}, follow=False).status == 422
    assert db_session.scalar(sa.select(sa.func.count()).select_from(Entry).where(Entry.kind.in_(TOLD))) == told


def test_a_refused_form_is_drawn_while_somebody_else_may_write(app, maya, walkers):
    """SQLite has one writer: nobody is to wait for a page of errors."""
    walkers.again()
    could = []

    def somebody_else_writes():
        with db.engine.connect() as connection, connection.begin():
            connection.execute(sa.text("UPDATE staff SET theme = 'dark' WHERE username = 'ben'"))
        could.append(True)
        return {}

    app.template_context_processors[None].append(somebody_else_writes)
    try:
        assert maya.post(f"{walkers.url}/next-step", {}, follow=False).status == 422
    finally:
        app.template_context_processors[None].pop()
    assert could
