"""The pages that are measured: what is asked, how many SELECTs it costs, and how it stands beside the floor."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from statistics import median, quantiles

from sqlalchemy import select, text

from benchmarks.browsing import Answer, Client, Forms
from benchmarks.serving import Filled
from tracker import clock, journal
from tracker.cases.access import ROW
from tracker.cases.models import Case
from tracker.contacts import actions as contacts
from tracker.contacts.words import ContactDirection, ContactOutcome, ContactType
from tracker.db import begin_writing, db
from tracker.demo import said
from tracker.people.models import Family
from tracker.staff.actions import as_staff
from tracker.staff.models import Staff

WHO = "maya"
LONG = 200  # entries of the one case that has many
WORDS = ("insurance card", "0142", "letter misses", "neighbor soup", "0177", "doctor bladder", "0131", "calmer home")
TIMES, PARTS = 3.0, 5.0  # p50 at most 3 × the floor's p50, p95 at most 5 × it
MOST_SELECTS, GROWTH = 16, 1.3
WARM = 15  # rounds before the first that counts: three workers take turns by chance


@dataclass
class Page:
    """One page and what was measured of it, in milliseconds."""

    name: str
    ask: Callable[[], Answer]
    records: bool
    selects: int = 0
    ours: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    @property
    def p50(self) -> float:
        return median(self.ours)

    @property
    def p95(self) -> float:
        return p95(self.ours)

    @property
    def ratio(self) -> float:
        """Its middle beside the floor's middle."""
        return self.p50 / median(self.floor)

    @property
    def ratio95(self) -> float:
        """Its slow end beside the floor's middle."""
        return self.p95 / median(self.floor)

    @property
    def fits(self) -> bool:
        """Whether it keeps what was promised."""
        return self.ratio <= TIMES and self.ratio95 <= PARTS and self.selects <= MOST_SELECTS


def p95(values: list[float]) -> float:
    """The value that 95 of 100 stay below."""
    return quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def lengthen(filled: Filled) -> tuple[str, list[str]]:
    """Give one open case of hers so many entries by the real action.

    Returns:
        its public id, and those of other open cases of hers.
    """
    with filled.app.app_context():
        staff = db.session.scalars(select(Staff).where(Staff.username == WHO)).one()
        actor = as_staff(staff)
        mine = db.session.scalars(select(Case).where(Case.owner_id == staff.id, Case.closed_at.is_(None)).options(*ROW).order_by(Case.id)).all()
        case = mine[0]
        db.session.rollback()
        begin_writing()
        case = db.session.scalars(select(Case).where(Case.id == mine[0].id).options(*ROW)).one()
        for number in range(LONG - 10):
            told = contacts.Told(type=ContactType.CALL, direction=ContactDirection.OUTBOUND, outcome=ContactOutcome.REACHED, person=case.main_contact,
                                 note=said.CALL_NOTES[number % len(said.CALL_NOTES)], at=clock.now())  # fmt: skip
            contacts.log_contact(case, told, by=actor)
        journal.commit()
        found = str(mine[0].public_id), [str(public_id) for public_id in db.session.scalars(
            select(Case.public_id).where(Case.owner_id == staff.id, Case.closed_at.is_(None), Case.id != case.id).order_by(Case.id))]  # fmt: skip
        db.session.remove()
    return found


def searches(filled: Filled) -> list[str]:
    """What is searched: names, ends of phones, words of notes."""
    with filled.app.app_context():
        names = list(db.session.scalars(select(Family.name).where(Family.name != "").distinct().order_by(Family.name).limit(8)))
        db.session.remove()
    return [word for pair in zip(names, WORDS, strict=False) for word in pair]


def pages(client: Client, filled: Filled, long: str, others: list[str]) -> list[Page]:
    """The six pages of the issue, each asked as a browser asks."""
    turn, words = cycle(others), cycle(searches(filled))
    box = Forms(client.page("/find")).of("/find")

    def log() -> Answer:
        case = next(turn)
        form = Forms(client.page(f"/cases/{case}/contacts/new")).of("/contacts")
        return client.ask("POST", f"/cases/{case}/contacts", form | {"note": "Talked about sleep and the week. They will call on Friday."})

    return [
        Page("Today", lambda: client.ask("GET", "/today"), False),
        Page("Case, 10 entries", lambda: client.ask("GET", f"/cases/{next(turn)}"), True),
        Page(f"Case, {LONG} entries", lambda: client.ask("GET", f"/cases/{long}"), True),
        Page("Case list", lambda: client.ask("GET", "/cases"), True),
        Page("Search", lambda: client.ask("POST", "/find", box | {"q": next(words)}), True),
        Page("Log a contact", log, True),
    ]


def forget_throttles(filled: Filled) -> None:
    """A bench asks more in a minute than a person may."""
    with filled.app.app_context():
        db.session.execute(text("DELETE FROM throttles"))
        db.session.commit()
        db.session.remove()


def alternately(page: Page, floor: Client, cases: int, rounds: int) -> Iterator[None]:
    """Ask the page, then the floor for as many bytes, reads and commits; the first rounds only warm every worker up."""
    for number in range(rounds + WARM):
        answer = page.ask()
        if answer.status not in (200, 303):
            raise RuntimeError(f"{page.name} gave {answer.status}")
        size = len(answer.body)
        beside = floor.ask("GET", f"/floor?size={size}&reads={page.selects}&cases={cases}&commit={int(page.records)}")
        if number >= WARM:
            page.ours.append(answer.ms)
            page.floor.append(beside.ms)
            page.sizes.append(size)
        yield
