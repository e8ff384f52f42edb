"""What a hurried or hostile hand may put into a letter: line ends in its headers, two addresses, a domain that looks like another, a huge file."""

import io
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from tests.packets.conftest import box, home, server  # noqa: F401
from tests.packets.families import house
from tracker import journal
from tracker.db import db
from tracker.library.models import Material, Wording
from tracker.packets import leaving
from tracker.packets.actions import Wish, build
from tracker.packets.writing import message
from tracker.people.actions import add_email
from tracker.people.rules import Rules

PLAIN = {
    "number": uuid4(), "message_id": "<1@example.org>", "at": datetime(2026, 11, 25, tzinfo=UTC), "name": "Information desk", "sender": "desk@example.org",
    "to": "denise@example.org", "subject": "The information you asked for", "language": "en", "link": "https://info.example.org/p/x",
}  # fmt: skip


@pytest.mark.parametrize("header", ["name", "sender", "to", "subject", "message_id"])
@pytest.mark.parametrize("end", ["\r\nBcc: b@example.org", "\nBcc: b@example.org", "\rBcc: b@example.org", "\0", "\x1b[2J"])
def test_no_header_carries_a_line_end(header, end):
    with pytest.raises(ValueError):
        message(**{**PLAIN, header: PLAIN[header] + end})
    assert b"Bcc" not in message(**PLAIN)


@pytest.mark.parametrize("to", ["a@example.org, b@example.org", "a@example.org;b@example.org", "a@b@example.org", "nobody", ""])
def test_a_letter_has_one_address(to):
    with pytest.raises(ValueError):
        message(**{**PLAIN, "to": to})


def ways(home, cast):  # noqa: F811
    packet = build(home.case, Wish([home.editions["how-to-talk"]], home.caller, "Information"), by=cast.actor("maya"))
    return leaving.ways(packet, home.case)


def test_a_domain_that_can_look_like_another_is_named_before_it_is_used(cast, server):  # noqa: F811
    made = house(cast)
    add_email(made.caller, "denise@xn--exmple-cua.org", Rules(ok_to_write=True))
    db.session.flush()
    (way,) = [way for way in ways(made, cast).open if way.is_mail]
    assert "look like others: xn--exmple-cua.org" in way.warnings[0]


def test_an_address_of_another_family_is_named_too_and_a_plain_one_is_not(cast, home, server):  # noqa: F811
    assert [way.warnings for way in ways(home, cast).open if way.is_mail] == [(), ()]
    add_email(house(cast, "Nguyen").caller, "denise@example.org", Rules(ok_to_write=True))
    db.session.flush()
    for way in ways(home, cast).open:
        assert not way.is_mail or "another family" in way.warnings[0]


def test_a_file_beyond_every_measure_is_refused_and_nothing_of_it_stays(client_of, cast, db_session):
    house(cast)
    journal.commit()
    priya = client_of("priya")
    material = db.session.scalars(select(Material).where(Material.slug == "boundaries", Material.language == "en")).one().public_id
    answer = priya.post(f"/library/{material}/file", {"file": [(io.BytesIO(b"%PDF-1.7" + b"0" * (12 * 2**20)), "large.pdf")]}, follow=False)
    assert answer.status == 413
    assert db.session.scalar(select(func.count()).select_from(Wording)) == 0
