"""The access policy as one table, compared with the signed one, and tried on every route as every role."""

import csv
from uuid import uuid4

import pytest

from config import HERE
from tracker.staff.gate import policy_of
from tracker.staff.models import Role
from tracker.staff.permissions import POLICY, Permission

SIGNED = HERE / "docs" / "access_matrix.csv"
WHO = ["", "maya", "priya", "ruth", "ada", "omar"]
ROLE = {"maya": Role.COORDINATOR, "priya": Role.PACKET_STAFF, "ruth": Role.SUPERVISOR, "ada": Role.ADMIN, "omar": Role.AUDITOR}


def generated() -> list[list[str]]:
    head = ["permission", "what", *[role.value for role in Role]]
    return [head, *[[one.value, one.label, *[POLICY[one][role].value if role in POLICY[one] else "-" for role in Role]] for one in Permission]]


def test_the_table_in_force_is_the_signed_one():
    with SIGNED.open(newline="") as file:
        assert list(csv.reader(file)) == generated(), "The policy changed: read docs/access_matrix.csv, change it by hand, and sign it in its commit."


def test_every_permission_is_in_the_table():
    assert set(POLICY) == set(Permission)


def addresses(app) -> list[tuple[str, str, str]]:
    found = []
    for rule in app.url_map.iter_rules():
        kinds = {name: type(converter).__name__ for name, converter in rule._converters.items()}
        values = {name: uuid4() if "UUID" in kind else "1" if "Integer" in kind else "x" for name, kind in kinds.items()}
        with app.test_request_context(base_url="http://127.0.0.1:8000"):
            path = rule.build(values, append_unknown=False)[1]
        found += [(rule.endpoint, method, path) for method in sorted(rule.methods - {"HEAD", "OPTIONS"})]
    return found


@pytest.mark.parametrize("who", WHO)
def test_every_route_is_tried_as_every_role(app, client_of, who):
    """Without the permission: 403 for somebody signed in, the door (or 401) for nobody; with it: anything but those."""
    client = client_of(who)
    if not who:
        client.get("/sign-in")
    tried = 0
    for endpoint, method, path in addresses(app):
        if endpoint in ("static", "staff.sign_out", "staff.end_session"):
            continue
        policy = policy_of(app, endpoint)
        assert policy is not None, f"{endpoint} names no permission"
        answer = client.get(path, status=None) if method == "GET" else client.post(path, {}, follow=False)
        tried += 1
        where = f"{method} {path} ({endpoint}) as {who or 'nobody'} answered {answer.status}"
        if policy.permission is None:
            assert answer.status not in (401, 403), where
        elif not who:
            assert answer.status in (303, 401), where
            assert answer.status == 401 or answer.headers["Location"].startswith("/sign-in"), where
        elif ROLE[who] in POLICY[policy.permission]:
            assert answer.status not in (401, 403, 500), where
        else:
            assert answer.status == 403, where
    assert tried > 15


def test_no_address_carries_a_key_that_can_be_counted(app):
    """Ids in addresses are random; a receipt's page number and a journal's line are the only numbers (and an edition of a material)."""
    counted = [rule.rule for rule in app.url_map.iter_rules() if "<int" in rule.rule and "page" not in rule.rule and "editions" not in rule.rule]
    assert counted == []


def test_nothing_changes_by_get(app):
    for rule in app.url_map.iter_rules():
        policy = policy_of(app, rule.endpoint)
        if policy and policy.writes:
            assert "POST" in rule.methods, f"{rule} writes but takes no POST"
