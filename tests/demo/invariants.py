"""What must hold of every organisation's rows, however they came to be (trust.md 4.11, as far as this form of the program goes).

Each check is a question with the rows that break it as its answer.
"""

import json
import re
from collections.abc import Callable, Iterator

from flask import current_app
from sqlalchemy import text

from tracker import storage
from tracker.db import db
from tracker.journal import queries as journal
from tracker.placements.models import MOVES as PLACEMENT_MOVES
from tracker.referrals.words import MOVES as REFERRAL_MOVES

SQL = {
    "an open case has owner, team, and a next step or a hold": """
        SELECT id FROM cases WHERE closed_at IS NULL AND (owner_id IS NULL OR team_id IS NULL OR (next_step_at IS NULL AND hold_until IS NULL))""",
    "a closed case has reason, closer and summary, and nothing to do": """
        SELECT id FROM cases WHERE closed_at IS NOT NULL
        AND (closure_reason IS NULL OR closed_by_id IS NULL OR closing_summary IS NULL OR ok_to_recontact IS NULL OR stage <> 'closed'
             OR next_step_at IS NOT NULL OR hold_until IS NOT NULL OR crisis_at IS NOT NULL OR packet_asked_at IS NOT NULL)""",
    "the owner of an open case belongs to its team": """
        SELECT c.id FROM cases c WHERE c.closed_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM team_members m WHERE m.team_id = c.team_id AND m.staff_id = c.owner_id)""",
    "person, main contact and case are of one family": """
        SELECT c.id FROM cases c JOIN people p ON p.id = c.person_id JOIN people m ON m.id = c.main_contact_id
        WHERE p.family_id <> c.family_id OR m.family_id <> c.family_id""",
    "every case has one line that tells it was opened": """
        SELECT c.id FROM cases c LEFT JOIN journal j ON j.case_id = c.id AND j.verb = 'case.opened' GROUP BY c.id HAVING count(j.number) <> 1""",
    "every case has a first episode and a first stage": """
        SELECT c.id FROM cases c WHERE NOT EXISTS (SELECT 1 FROM episodes e WHERE e.case_id = c.id AND e.number = 1)
        OR NOT EXISTS (SELECT 1 FROM stage_moves s WHERE s.case_id = c.id AND s.from_stage IS NULL AND s.to_stage = 'inquiry')""",
    "an open case has one running episode, a closed one none": """
        SELECT c.id FROM cases c LEFT JOIN episodes e ON e.case_id = c.id AND e.ended_at IS NULL GROUP BY c.id, c.closed_at
        HAVING count(e.id) <> CASE WHEN c.closed_at IS NULL THEN 1 ELSE 0 END""",
    "the case stands where its last move led, since then": """
        SELECT c.id FROM cases c JOIN stage_moves s ON s.id = (SELECT max(id) FROM stage_moves WHERE case_id = c.id)
        WHERE s.to_stage <> c.stage AND c.episode = 1""",
    "every case came from an inquiry that says so": """
        SELECT c.id FROM cases c WHERE NOT EXISTS (SELECT 1 FROM inquiries i WHERE i.case_id = c.id AND i.status = 'case_open')""",
    "contacts are in order of time, by their keys": """
        SELECT id FROM (SELECT id, logged_at, lag(logged_at) OVER (ORDER BY id) AS before FROM contacts) x WHERE logged_at < before""",
    "a contact was not before its case nor after it was written down": """
        SELECT k.id FROM contacts k JOIN cases c ON c.id = k.case_id WHERE k.at < c.opened_at OR k.at > k.logged_at""",
    "the last contact of a case is its newest contact or its inquiry": """
        SELECT c.id FROM cases c
        LEFT JOIN (SELECT case_id, max(at) AS newest FROM contacts WHERE outcome IS NOT NULL GROUP BY case_id) k ON k.case_id = c.id
        LEFT JOIN (SELECT case_id, max(taken_at) AS newest FROM inquiries GROUP BY case_id) i ON i.case_id = c.id
        WHERE c.last_contact_at <> CASE WHEN k.newest IS NULL OR i.newest > k.newest THEN i.newest ELSE k.newest END""",
    "every contact has its line": """
        SELECT k.case_id FROM (SELECT case_id, count(*) AS rows FROM contacts GROUP BY case_id) k
        LEFT JOIN (SELECT case_id, count(*) AS lines FROM journal WHERE verb IN ('contact.logged', 'contact.noted') GROUP BY case_id) j ON j.case_id = k.case_id
        WHERE k.rows <> coalesce(j.lines, 0)""",
    "every move of a stage has its line": """
        SELECT s.case_id FROM (SELECT case_id, count(*) AS rows FROM stage_moves WHERE from_stage IS NOT NULL GROUP BY case_id) s
        LEFT JOIN (SELECT case_id, count(*) AS lines FROM journal WHERE verb IN ('case.moved', 'case.closed') GROUP BY case_id) j ON j.case_id = s.case_id
        WHERE s.rows <> coalesce(j.lines, 0)""",
    "the journal's lines are in order of time, but for a moment": """
        SELECT number FROM (SELECT number, at, lag(at) OVER (ORDER BY number) AS before FROM journal) x WHERE at < before""",
    "nothing leaves without a consent, unless the family calls": """
        SELECT id FROM referrals WHERE consent_id IS NULL AND handoff <> 'family_calls' AND status NOT IN ('draft', 'entered_in_error')""",
    "a referral that shared something has its disclosure, one that did not has none": """
        SELECT r.id FROM referrals r LEFT JOIN disclosures d ON d.referral_id = r.id GROUP BY r.id, r.consent_id
        HAVING (r.consent_id IS NULL) <> (count(d.id) = 0)""",
    "a disclosure stands under a consent of the person that names the program and covers it, in force then": """
        SELECT d.id FROM disclosures d JOIN consents c ON c.id = d.consent_id
        WHERE c.subject_id <> d.subject_id OR c.giver_id <> d.subject_id OR c.recorded_at > d.at OR (c.revoked_at IS NOT NULL AND c.revoked_at < d.at)
        OR NOT EXISTS (SELECT 1 FROM consent_programs p WHERE p.consent_id = c.id AND p.program_id = d.program_id)""",
    "follow-up runs only with a permission of that person's own": """
        SELECT f.id FROM follow_up_plans f WHERE NOT EXISTS (
            SELECT 1 FROM consents c WHERE c.subject_id = f.person_id AND c.type = 'followup_consent' AND c.recorded_at <= f.started_at)""",
    "who is placed is of the family": """
        SELECT p.id FROM placements p JOIN cases c ON c.id = p.case_id JOIN people w ON w.id = p.person_id WHERE w.family_id <> c.family_id""",
    "a sealed packet has pages, and was handed over, printed or given to the mail room": """
        SELECT p.id FROM packets p WHERE p.sealed_at IS NOT NULL AND (p.pdf_sha256 IS NULL OR p.page_count IS NULL
        OR NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.packet_id = p.id) AND NOT EXISTS (SELECT 1 FROM letters l WHERE l.packet_id = p.id))""",
    "nothing of the demonstration waits to be sent": """
        SELECT id FROM letters WHERE state IN ('waiting', 'sending')""",
    "every phone is an invented one": r"""
        SELECT id FROM contact_points WHERE kind = 'phone' AND value NOT LIKE '+1___55501__'""",
    "every other phone is an invented one too": r"""
        SELECT id FROM inquiries WHERE caller_phone IS NOT NULL AND caller_phone NOT LIKE '+1___55501__'""",
    "every program's phone is an invented one": r"""
        SELECT id FROM programs WHERE phone NOT LIKE '+1___55501__' OR (fax <> '' AND fax NOT LIKE '+1___55501__')""",
    "every e-mail address is at example.org": """
        SELECT id FROM contact_points WHERE kind = 'email' AND value NOT LIKE '%@example.org'""",
    "every link leads to example.org": """
        SELECT id FROM meetings WHERE join_url <> '' AND join_url NOT LIKE 'https://example.org/%'""",
}


def of_sql(question: str) -> Callable[[], list[object]]:
    """A check that is one question to the database."""
    return lambda: [row[0] for row in db.session.execute(text(question)).fetchmany(5)]


def chain() -> list[object]:
    """The journal's seals, from the first line to the last."""
    verdict = journal.verify(current_app.config["WAYPOINT"].audit_key.encode())
    return [] if verdict.whole and verdict.lines else [f"line {verdict.broken}: {verdict.reason}" if verdict.lines else "no line at all"]


def foreign_keys() -> list[object]:
    """Every key leads to a row (PostgreSQL saw to it already)."""
    return list(db.session.execute(text("PRAGMA foreign_key_check")).fetchmany(5)) if db.engine.dialect.name == "sqlite" else []


def blobs() -> list[object]:
    """What was handed out is kept, to the byte."""
    found = db.session.scalars(text("SELECT pdf_sha256 FROM packets WHERE pdf_sha256 IS NOT NULL")).all()
    assert found, "no packet was handed out at all"
    return [sha256 for sha256 in found if not storage.get(sha256).startswith(b"%PDF")]


def told_moves() -> Iterator[object]:
    """Every answer about a referral went along the table of moves, and no other."""
    for old, new in db.session.execute(text("SELECT DISTINCT from_status, to_status FROM referral_answers")):
        if old != new and new not in REFERRAL_MOVES[next(one for one in REFERRAL_MOVES if one == old)]:
            yield f"{old} to {new}"
    known = {one.value for one in PLACEMENT_MOVES}
    yield from (one for one in db.session.scalars(text("SELECT DISTINCT status FROM placements")) if one not in known)


def words_of_the_journal() -> Iterator[object]:
    """Nothing but invented numbers and addresses is told."""
    other = re.compile(r"\(\d{3}\) (?!555-01)\d{3}-\d{4}|\+1\d{3}(?!55501)\d{7}|@(?!example\.org)\w")
    for number, facts in db.session.execute(text("SELECT number, facts FROM journal")):
        said = facts if isinstance(facts, str) else json.dumps(facts)
        if found := other.search(said or ""):
            yield f"line {number}: {found.group()}"


CHECKS: dict[str, Callable[[], object]] = {
    **{promise: of_sql(question) for promise, question in SQL.items()},
    "the chain holds": chain,
    "every key leads to a row": foreign_keys,
    "packets are kept to the byte": blobs,
    "statuses moved along their tables": told_moves,
    "only invented numbers are told": words_of_the_journal,
}


def broken() -> list[str]:
    """What does not hold, each with the first rows that break it."""
    found = []
    for promise, check in CHECKS.items():
        faults = list(check())[:5]  # type: ignore[call-overload]
        if faults:
            found.append(f"{promise}: {faults}")
    return found
