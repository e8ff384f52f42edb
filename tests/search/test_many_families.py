"""Two thousand families: every question starts at an index, on whichever database, and other teams' rows are not counted."""

import pytest
from sqlalchemy import event, insert, select, text

from tests.casefile.walkers import log, make_walkers
from tests.search.test_find import asked, cases_of
from tracker import journal
from tracker.cases.models import Case
from tracker.contacts.models import Contact
from tracker.db import db
from tracker.journal.models import Entry
from tracker.people.models import ContactPoint, Family, Person

MANY = 2000
BIG = {"cases", "people", "families", "contact_points", "contacts", "contacts_fts", "inquiries"}


def copies(row, **change):
    """As many rows like this one, each with what the number says of it."""
    kept = {column.key: getattr(row, column.key) for column in row.__table__.columns if column.key != "public_id"}
    return [kept | {name: of(number) for name, of in change.items()} for number in range(MANY)]


def phone(number):
    """An invented number of its own: four of an area code, twenty that end alike."""
    return f"{201 + number % 500}55501{number % 97:02}"


@pytest.fixture
def many(cast):
    """The Walkers of Maya's among two thousand families, half of them of the other team; and a very common note."""
    walkers = make_walkers(cast)
    log(walkers, cast, "He has not touched the piano since spring.")
    case, first = walkers.again(), 10_000
    contact = db.session.scalars(select(Contact)).one()
    families = copies(case.family, id=lambda n: first + n, name=lambda n: f"Reed{n:04}", folded_name=lambda n: f"reed{n:04}")
    named = {"folded_first": lambda n: f"ann{n:04}", "folded_last": lambda n: f"reed{n:04}"}
    callers = copies(walkers.denise, id=lambda n: first + n, family_id=lambda n: first + n, **named)
    numbers = {"value": lambda n: f"+1{phone(n)}", "digits_reversed": lambda n: phone(n)[::-1]}
    points = copies(walkers.phone, id=lambda n: first + n, person_id=lambda n: first + n, **numbers)
    whose = {name: (lambda n: first + n) for name in ("id", "family_id", "person_id", "main_contact_id")}
    teams = {"team_id": lambda n: (cast.north, cast.south)[n % 2].id, "owner_id": lambda n: (cast.maya, cast.luis)[n % 2].id}
    cases = copies(case, **whose, **teams)
    about = {name: (lambda n: first + n) for name in ("id", "case_id", "person_id", "point_id")}
    notes = copies(contact, **about, note=lambda n: f"Weather {n:04}", note_folded=lambda n: f"weather {n:04}")
    for model, rows in ((Family, families), (Person, callers), (ContactPoint, points), (Case, cases), (Contact, notes)):
        db.session.execute(insert(model), rows)
    journal.commit()
    db.session.execute(text("ANALYZE"))
    db.session.commit()
    return walkers


def read_whole(statement, parameters=()):
    """The tables that grow which the database would read from beginning to end for a statement."""
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            told = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            scans = [row[-1].split() for row in told if row[-1].startswith("SCAN") and "VIRTUAL" not in row[-1]]
            return {words[1] for words in scans} & BIG
        # Of tables this small PostgreSQL rightly reads all of one page sooner than an index; asked whether it has to, it tells.
        connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        return set(whole(connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", parameters).scalar()[0]["Plan"])) & BIG


def whole(node):
    """The tables that a part of a PostgreSQL plan reads without a condition on an index."""
    if node["Node Type"] == "Seq Scan" or (node["Node Type"] in ("Index Scan", "Index Only Scan") and "Index Cond" not in node):
        yield node["Relation Name"]
    for inner in node.get("Plans", ()):
        yield from whole(inner)


WORDS = ["walker", "denise walker", "reed0500", "0142", "207 555 0142", "207555", "piano spring", "denise.w@example.org", "2000", "weather 0044"]


def test_every_question_starts_at_an_index(client_of, many):
    maya, taken = client_of("maya"), []

    def note(_connection, _cursor, statement, parameters, *_rest):
        if statement.lstrip().startswith(("SELECT", "WITH")) and "pg_advisory" not in statement:
            taken.append((statement, parameters))

    maya.get("/find")
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        for typed in WORDS:
            maya.post("/find", {"q": typed}, budget=10, follow=False)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len(taken) > 50
    faults = [(tables, statement) for statement, parameters in taken if (tables := read_whole(statement, parameters))]
    assert not faults, "\n\n".join(f"{tables}: {statement[:3000]}" for tables, statement in faults)


def test_the_newest_fifty_are_shown_and_the_other_team_is_not_among_them(client_of, many):
    answer = asked(client_of("maya"), "reed", status=200)
    names = cases_of(answer)
    assert len(names) == 50 and names[0] == "Reed1998 family" and all(int(name[4:8]) % 2 == 0 for name in names)
    assert "The newest 50 are shown." in answer.at("found-cases").text
    told = db.session.scalars(select(Entry).where(Entry.verb == "search.made")).one()
    assert told.facts["count"] == 50
    notes = asked(client_of("luis"), "weather", status=200).at("found-notes").all(class_="res")
    assert len(notes) == 20 and "Weather 1999" in notes[0].text and all("Reed1" in row.text for row in notes)


def test_a_plan_that_reads_a_table_whole_is_seen(many):
    """The measure itself: a question without an index is found out."""
    assert read_whole("SELECT * FROM people WHERE about = 'x'") == {"people"}
    assert read_whole("SELECT * FROM cases ORDER BY id DESC LIMIT 50") == {"cases"}
    assert not read_whole("SELECT * FROM people WHERE family_id = 10500")
