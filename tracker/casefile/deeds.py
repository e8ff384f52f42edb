"""What a case page offers to do: only what this person may, in rooms that are open."""

from typing import Any

from tracker.addresses import url_for
from tracker.casefile.timeline import to
from tracker.cases.access import may_on
from tracker.cases.answers import may_take
from tracker.cases.models import Case
from tracker.cases.words import CaseStage, NextStepKind
from tracker.contacts.tries import REACHING
from tracker.contacts.words import ONE_PRESS
from tracker.staff.permissions import Permission

TALK = {NextStepKind.CALL, NextStepKind.TEXT, NextStepKind.EMAIL, NextStepKind.MEETING}
MORE = [
    ("Refer", "referrals.new", "building-community", "R", Permission.WORK_CASE),
    ("Place in group", "placements.new", "armchair", "M", Permission.WORK_CASE),
    ("Send packet", "packets.new", "package", "P", Permission.BUILD_PACKET),
]
LOG = [("phone", "Call", "call"), ("message-2", "Text", "text"), ("mail", "Email", "email"), ("users", "Meeting", "meeting"), ("notes", "Note", "note")]


def of(case: Case, then: CaseStage | None) -> dict[str, Any]:
    """The addresses and rights that the case page draws its buttons from.

    Args:
        then: the next stage on the path; None at its end.
    """
    key = case.public_id
    may = {
        "edit": may_on(case, Permission.EDIT_CASE),
        "log": may_on(case, Permission.LOG_CONTACT),
        "hand_over": may_on(case, Permission.HAND_OVER),
        "reopen": may_on(case, Permission.HAND_OVER),
        "viewers": may_on(case, Permission.SEE_VIEWERS),
        "take": case.is_open and may_on(case, Permission.TAKE_CASE) and may_take(case),
    }
    log = to("contacts.new", case_id=key) if may["log"] else ""
    return {
        "may": may,
        "log": log,
        "kinds": [(icon, words, to("contacts.new", case_id=key, kind=kind)) for icon, words, kind in LOG] if log else [],
        "deeds": [(words, url, icon, k) for words, endpoint, icon, k, right in MORE if may_on(case, right) and (url := to(endpoint, case_id=key))],
        "tries": [(one.label, url_for("contacts.tried", case_id=key, outcome=one.value)) for one in ONE_PRESS] if _may_try(case, log) else [],
        "decide": _decide(case, log, may["edit"]),
        "finish": _finish(case, log),
        "move": _move(case, then),
    }


def _may_try(case: Case, log: str) -> bool:
    return bool(log) and case.is_open and case.main_contact.died_at is None and case.main_contact.no_contact_at is None and case.next_step_kind in REACHING


def _decide(case: Case, log: str, may_edit: bool) -> list[tuple[str, str]]:
    """The ways on once somebody was tried often enough: try again, write, wait until a day, close."""
    if not (case.is_open and case.next_step_kind is NextStepKind.DECIDE and may_edit):
        return []
    letter = to("packets.new", case_id=case.public_id) if may_on(case, Permission.BUILD_PACKET) else ""
    ways = [("Try again", log), ("Send something by post", letter), ("Hold until a day", url_for("cases.hold", case_id=case.public_id)),
            ("Close case", url_for("cases.close", case_id=case.public_id))]  # fmt: skip
    return [(words, url) for words, url in ways if url]


def _finish(case: Case, log: str) -> tuple[str, str]:
    """How the next step is said to be done: a talk by logging it, anything else by what follows it."""
    if case.next_step_kind in TALK and log:
        return "Done, log it", url_for("contacts.new", case_id=case.public_id, kind=_log_kind(case), finishes=1)
    return "Done", url_for("cases.step_done", case_id=case.public_id)


def _log_kind(case: Case) -> str:
    return case.next_step_kind.value if case.next_step_kind else "call"


def _move(case: Case, then: CaseStage | None) -> tuple[str, str] | None:
    if not case.is_open:
        return None
    if then is None:
        return ("Close case", url_for("cases.close", case_id=case.public_id)) if may_on(case, Permission.HAND_OVER) else None
    words = f"Move to {then.label}, or another stage" if may_on(case, Permission.MOVE_STAGE) else f"See {then.label}"
    return words, url_for("casefile.stage", case_id=case.public_id, to=then.value)
