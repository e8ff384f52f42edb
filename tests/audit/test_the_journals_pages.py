"""An auditor reads who saw and did what, and never a family's names or words."""

from tests.casefile.walkers import log, make_walkers
from tracker import journal
from tracker.inquiries import actions
from tracker.inquiries.words import InquiryDisposition


def test_no_name_and_no_word_of_a_family_stands_in_the_journal_that_an_auditor_reads(client_of, cast, db_session):
    walkers = make_walkers(cast)
    log(walkers, cast, "Marcus agreed to speak with Harbor Light.")
    actions.keep_only(actions.Told(name="Greta Fairley", words="My brother and the pills"), None, by=cast.actor("maya"))
    actions.count(actions.Told(name="Amir"), InquiryDisposition.SILENT, by=cast.actor("maya"))
    journal.commit()
    page = client_of("omar").get("/journal")
    assert page.text.count("Case 1001") >= 2
    for word in ("Denise", "Marcus", "Walker", "Greta", "Fairley", "Amir", "brother", "pills", "555"):
        assert word not in page.text, word


def test_a_kind_can_be_chosen_and_earlier_lines_follow(client_of, cast, db_session):
    walkers = make_walkers(cast)
    for _ in range(60):
        log(walkers, cast, "A call")
    journal.commit()
    omar = client_of("omar")
    page = omar.get("/journal", kind="contact")
    assert page.body.decode().count("<tr>") == 51 and "Show earlier lines" in page.text
    omar.get("/journal", kind="nonsense", status=404)
    for odd in ("x", "-1", str(2**63)):
        omar.get("/journal", before=odd, status=404)
        omar.get("/packets", before=odd, status=404)


def test_nobody_else_reads_it(client_of, cast):
    for who in ("maya", "priya", "ruth", "ada"):
        client_of(who).get("/journal", status=403)
