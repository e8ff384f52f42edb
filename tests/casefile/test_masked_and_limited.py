"""What an auditor and packet staff see of a case: their own pages, with nothing else behind them."""

from tests.casefile.walkers import log, make_walkers
from tracker import clock, journal
from tracker.cases import actions

CANARIES = ["Walker", "Denise", "Marcus", "Andre", "555-0142", "555-0177", "denise.w", "Harbor", "Columbus", "Overdose", "Maya"]


def test_an_auditor_sees_number_stage_status_dates_and_no_name(client_of, walkers, cast):
    log(walkers, cast)
    actions.hold(walkers.again(), clock.today("America/New_York").replace(year=2027), actions.HoldReason.OTHER, "Denise is away", by=cast.actor("maya"))
    journal.commit()
    page = client_of("omar").get(walkers.url)
    case = walkers.again()
    assert f"Case {case.number}" in page.text and "Inquiry" in page.text and "On hold until" in page.text
    body = page.body.decode()
    assert not [word for word in CANARIES if word in body]


def test_the_auditors_list_has_no_name_either(client_of, walkers):
    walkers.again()
    page = client_of("omar").get("/cases")
    assert f"Case {walkers.again().number}" in page.text
    assert not [word for word in CANARIES if word in page.body.decode()]


def test_why_a_stage_was_skipped_is_not_told_to_an_auditor(client_of, walkers, cast):
    facts = actions.StageFacts((actions.Point("x", "x", False),), "Denise asked for it")
    actions.move(walkers.again(), actions.CaseStage.PLACEMENT, facts, by=cast.actor("maya"))
    journal.commit()
    assert "Denise" not in client_of("omar").get(walkers.url).body.decode()


def test_an_auditor_reads_no_history_print_or_plan(client_of, walkers):
    walkers.again()
    omar = client_of("omar")
    for path in (f"{walkers.url}/history", f"/print{walkers.url}", f"{walkers.url}/plans"):
        omar.get(path, status=403)


def test_packet_staff_see_a_case_only_while_a_packet_is_asked_for(client_of, walkers, cast):
    walkers.again()
    priya = client_of("priya")
    priya.get(walkers.url, status=404)
    actions.ask_for_packet(walkers.again(), "Waiting-week sheet, large print", by=cast.actor("maya"))
    journal.commit()
    page = priya.get(walkers.url)
    assert "Waiting-week sheet, large print" in page.text
    actions.leave_packet_queue(walkers.again())
    journal.commit()
    priya.get(walkers.url, status=404)


def test_packet_staff_see_name_and_safe_contact_and_nothing_else(client_of, walkers, cast):
    log(walkers, cast, "He uses ketamine on weekends.")
    actions.note_risk(walkers.again(), actions.RiskFlag.OVERDOSE_RECENT, "on the floor", by=cast.actor("maya"))
    actions.ask_for_packet(walkers.again(), "Sheet", by=cast.actor("maya"))
    journal.commit()
    page = client_of("priya").get(walkers.url)
    assert "Denise Walker" in page.text and "(614) 555-0142" in page.text and "No voicemail" in page.text
    for word in ("ketamine", "Overdose", "on the floor", "Inquiry", "start date", "lives with her"):
        assert word not in page.page.one("main").text


def test_their_list_is_the_packet_queue(client_of, walkers, cast):
    make_walkers(cast, name="Osei")
    actions.ask_for_packet(walkers.again(), "Sheet", by=cast.actor("maya"))
    journal.commit()
    text = client_of("priya").get("/cases").text
    assert "Walker family" in text and "Osei" not in text
