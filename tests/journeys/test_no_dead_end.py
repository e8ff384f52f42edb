"""Every link that the invented organisation's pages show leads somewhere, for whoever sees it.

Each page that is opened on the way is inspected (tests/page.py) and held to its budget of SELECTs.
"""

from collections import Counter, deque
from urllib.parse import urlsplit

import pytest
from werkzeug.exceptions import HTTPException

EACH = 4  # pages of one kind that are looked at; more of them would be the same template with other rows


@pytest.mark.parametrize("role", ["coordinator", "supervisor", "packet_staff", "admin", "auditor"])
def test_every_link_leads_somewhere(app, invented, role):
    client = invented.client(role)
    opened, seen = Counter(), set()
    waiting = deque([("the first page", "/")])
    dead = []
    while waiting:
        origin, path = waiting.popleft()
        if path in seen or opened[kind_of(app, path)] >= EACH:
            continue
        seen.add(path)
        opened[kind_of(app, path)] += 1
        answer = client.get(path, status=None)
        if answer.status in (301, 302, 303):
            waiting.append((origin, bare(answer.headers["Location"])))
        elif answer.status != 200:
            dead.append(f"{path} answers {answer.status} (linked on {origin})")
        elif answer.is_html:
            waiting.extend((path, link) for link in links(answer.page, path))
    assert not dead, "\n".join(dead)
    assert len(seen) > 3, f"only {seen} could be reached"


def links(page, path):
    """Where a page's links lead, as far as they stay with us."""
    for node in page:
        for name in ("href", "hx-get") if node.tag != "link" else ():
            address = urlsplit(node.get(name))
            if node.get(name) and not address.scheme and not address.netloc and not address.path.startswith("/static"):
                yield (address.path or path) + (f"?{address.query}" if address.query else "")


def bare(location):
    address = urlsplit(location)
    return address.path + (f"?{address.query}" if address.query else "")


def kind_of(app, path):
    """Which endpoint a path is for, and whether something is asked in its query: filters combine without end."""
    address = urlsplit(path)
    try:
        endpoint, _values = app.url_map.bind("127.0.0.1").match(address.path)
    except HTTPException:
        return path
    return endpoint, bool(address.query)
