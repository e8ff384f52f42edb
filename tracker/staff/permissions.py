"""The whole access policy in one table: what each role may do, and with which cases.

Deny by default: a role that a permission does not name may not. Lists, counts and search use the same scope as an
SQL predicate (cases.access.visible_to). The table follows docs/access_matrix.csv; a test compares them.
"""

from tracker.staff.models import Role
from tracker.words import Words


class Scope(Words):
    """With which cases a permission holds."""

    ALL = "all", "all"
    OWN = "own", "own cases"
    TEAM = "team", "cases of the own teams"
    QUEUE = "queue", "cases that wait for a packet"
    MASKED = "masked", "all, without names and notes"


class Permission(Words):
    """Everything that can be asked for; an endpoint names exactly one."""

    OWN_ACCOUNT = "own_account", "own password, sessions, look"
    KEEP_DRAFTS = "keep_drafts", "own drafts"
    SEE_TODAY = "see_today", "own day"
    CREATE_INQUIRY = "create_inquiry", "record an inquiry"
    TRIAGE_INQUIRY = "triage_inquiry", "read and take inquiries"
    LIST_CASES = "list_cases", "list, search and count cases"
    READ_CASE = "read_case", "read a case"
    SEE_VIEWERS = "see_viewers", "see who opened a case"
    EDIT_CASE = "edit_case", "edit a case and its people"
    LOG_CONTACT = "log_contact", "log a contact or a note"
    TAKE_CASE = "take_case", "take a case"
    HAND_OVER = "hand_over", "hand over, close, reopen"
    MOVE_STAGE = "move_stage", "move a case to another stage"
    PASS_GATE = "pass_gate", "pass a gate with a reason"
    READ_CLINICAL = "read_clinical", "read substance and risk facts"
    TIGHTEN_CONTACT = "tighten_contact", "make contact rules stricter"
    LOOSEN_CONTACT = "loosen_contact", "make contact rules looser"
    ADD_CONSENT = "add_consent", "record a consent"
    WITHDRAW_CONSENT = "withdraw_consent", "record a withdrawal"
    WORK_CASE = "work_case", "interventions, referrals, placements, check-ins"
    SIGN_SAFETY = "sign_safety", "sign off a safety review"
    READ_DIRECTORY = "read_directory", "read the directory"
    ADD_DIRECTORY = "add_directory", "add to and confirm the directory"
    EDIT_DIRECTORY = "edit_directory", "edit the directory"
    READ_LIBRARY = "read_library", "read the library"
    EDIT_LIBRARY = "edit_library", "write materials and kits"
    PUBLISH_LIBRARY = "publish_library", "publish and retire materials"
    BUILD_PACKET = "build_packet", "build, preview and hand over a packet"
    READ_PACKET = "read_packet", "read packets and receipts"
    REVIEW_TEAM = "review_team", "the team table"
    READ_JOURNAL = "read_journal", "read the journal"
    READ_STAFF = "read_staff", "see staff and their sessions"
    EDIT_STAFF = "edit_staff", "disable staff, end their sessions"


_C, _P, _S, _A, _U = Role.COORDINATOR, Role.PACKET_STAFF, Role.SUPERVISOR, Role.ADMIN, Role.AUDITOR
_OWN, _TEAM, _QUEUE, _MASKED, _ALL = Scope.OWN, Scope.TEAM, Scope.QUEUE, Scope.MASKED, Scope.ALL
_everyone = {role: _ALL for role in Role}

POLICY: dict[Permission, dict[Role, Scope]] = {
    Permission.OWN_ACCOUNT: _everyone,
    Permission.KEEP_DRAFTS: {_C: _ALL, _P: _ALL, _S: _ALL},
    Permission.SEE_TODAY: {_C: _OWN, _S: _OWN},
    Permission.CREATE_INQUIRY: {_C: _ALL, _S: _ALL},
    Permission.TRIAGE_INQUIRY: {_C: _TEAM, _S: _TEAM},
    Permission.LIST_CASES: {_C: _TEAM, _P: _QUEUE, _S: _TEAM, _U: _MASKED},
    Permission.READ_CASE: {_C: _TEAM, _P: _QUEUE, _S: _TEAM, _U: _MASKED},
    Permission.SEE_VIEWERS: {_C: _OWN, _S: _TEAM, _U: _ALL},
    Permission.EDIT_CASE: {_C: _OWN, _S: _TEAM},
    Permission.LOG_CONTACT: {_C: _TEAM, _S: _TEAM},
    Permission.TAKE_CASE: {_C: _TEAM, _S: _TEAM},
    Permission.HAND_OVER: {_C: _OWN, _S: _TEAM},
    Permission.MOVE_STAGE: {_C: _OWN, _S: _TEAM},
    Permission.PASS_GATE: {_S: _TEAM},
    Permission.READ_CLINICAL: {_C: _TEAM, _S: _TEAM},
    Permission.TIGHTEN_CONTACT: {_C: _TEAM, _P: _QUEUE, _S: _TEAM},
    Permission.LOOSEN_CONTACT: {_C: _OWN, _S: _TEAM},
    Permission.ADD_CONSENT: {_C: _OWN, _S: _TEAM},
    Permission.WITHDRAW_CONSENT: {_C: _TEAM, _P: _QUEUE, _S: _TEAM},
    Permission.WORK_CASE: {_C: _TEAM, _S: _TEAM},
    Permission.SIGN_SAFETY: {_S: _TEAM},
    Permission.READ_DIRECTORY: {_C: _ALL, _P: _ALL, _S: _ALL, _U: _ALL},
    Permission.ADD_DIRECTORY: {_C: _ALL, _P: _ALL, _S: _ALL},
    Permission.EDIT_DIRECTORY: {_P: _ALL, _S: _ALL},
    Permission.READ_LIBRARY: {_C: _ALL, _P: _ALL, _S: _ALL, _U: _ALL},
    Permission.EDIT_LIBRARY: {_P: _ALL, _S: _ALL},
    Permission.PUBLISH_LIBRARY: {_S: _ALL},
    Permission.BUILD_PACKET: {_C: _TEAM, _P: _QUEUE, _S: _TEAM},
    Permission.READ_PACKET: {_C: _TEAM, _P: _QUEUE, _S: _TEAM, _U: _MASKED},
    Permission.REVIEW_TEAM: {_S: _TEAM},
    Permission.READ_JOURNAL: {_U: _ALL},
    Permission.READ_STAFF: {_A: _ALL, _U: _ALL},
    Permission.EDIT_STAFF: {_A: _ALL},
}


def scope(role: Role, permission: Permission) -> Scope | None:
    """With which cases a role has a permission; None when it has it with none."""
    return POLICY[permission].get(role)
