"""What Today asks starts at an index of one owner's open cases: no walk over all cases, no sorting of what was found."""

from uuid import uuid4

import pytest
from sqlalchemy import insert, select, text

from tests.casefile.walkers import make_walkers
from tests.plans import asked, plan
from tracker import clock, journal
from tracker.cases.models import Case
from tracker.db import db
from tracker.desk import queries
from tracker.desk.queries import Bounds, Show

ZONE = "America/New_York"


def many(cast):
    """Four thousand open cases, an eighth of them Maya's: on an empty table every index is as good as another."""
    make_walkers(cast)
    journal.commit()
    row = dict(db.session.execute(select(Case.__table__)).mappings().one())
    owners = [one.id for one in cast]
    copies = [{**row, "id": row["id"] + number, "public_id": uuid4(), "owner_id": owners[number * len(owners) // 4000]} for number in range(1, 4000)]
    db.session.execute(insert(Case.__table__), copies)
    db.session.execute(text("ANALYZE cases"))
    db.session.commit()


DEEDS = {
    "pressing": lambda actor, bounds: queries.pressing(actor, bounds),
    "ahead": lambda actor, bounds: queries.ahead(actor, bounds, Show.ALL),
    "calls ahead": lambda actor, bounds: queries.ahead(actor, bounds, Show.CALLS),
    "sums": lambda actor, bounds: queries.sums(actor, bounds, 14),
}


@pytest.mark.parametrize("deed", list(DEEDS))
def test_it_starts_at_an_index_of_my_open_cases(cast, db_session, deed):
    many(cast)
    with clock.travel(clock.now()), asked() as statements:
        DEEDS[deed](cast.actor("maya"), Bounds.of(ZONE))
    statement, parameters = next((said, values) for said, values in statements if "FROM cases" in said)
    lines = plan(statement, parameters)
    told = "\n".join(lines)
    assert "ix_cases_owner" in told, told
    assert not [line for line in lines if line.startswith("SCAN cases") or "Seq Scan on cases" in line], told
    if "ORDER BY" in statement:
        assert "TEMP B-TREE FOR ORDER BY" not in told, told
        assert not [line for line in lines if line.strip().lstrip("->").strip().startswith("Sort ")], told
