"""A database with families who are written to, and their letters: queued by the real actions, delivered by the real job."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import joinedload

from benchmarks.serving import KEYS
from config import Config
from tests.cast import assemble
from tests.packets.families import House, house
from tracker import clock, create_app, journal, queue
from tracker.cases.models import Case
from tracker.db import begin_writing, db
from tracker.journal import queries as journal_queries
from tracker.library import queries as library
from tracker.mailroom.models import Letter
from tracker.mailroom.words import LetterState
from tracker.packets import actions, content, jobs, leaving
from tracker.packets.actions import Wish
from tracker.people.actions import add_email
from tracker.people.models import Person
from tracker.people.rules import Rules
from tracker.staff import queries as staff
from tracker.staff.actions import as_staff

FAMILIES = 20
ENDED = (LetterState.ACCEPTED, LetterState.FAILED, LetterState.UNKNOWN, LetterState.EXPIRED, LetterState.CANCELLED, LetterState.BOUNCED)


class Outbox:
    """A program of its own on an empty database."""

    def __init__(self, url: str, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.environ = {**KEYS, "DATABASE_URL": url, "WAYPOINT_DATA_DIR": str(folder), "WAYPOINT_TAKE_BACK_MINUTES": "0"}
        self.app = create_app(Config.from_environment(self.environ))
        with self.app.app_context():
            upgrade()
            cast = assemble(db.session)
            homes: list[House] = []
            for number in range(FAMILIES):
                home = house(cast, f"Family{number}")
                add_email(home.caller, f"caller{number}@example.org", Rules(ok_to_write=True, wants_file=True))
                homes.append(home)
            self.cases = [home.case.id for home in homes]
            self.edition = homes[0].editions["how-to-talk"].public_id
            journal.commit()
            db.session.remove()

    def queue(self, url: str, count: int) -> list[int]:
        """Seal so many packets for e-mail, each with a link or its file; the keys of their letters."""
        self.app.config["WAYPOINT"] = replace(self.app.config["WAYPOINT"], smtp_url=url, mail_from="desk@example.org")
        with self.app.app_context():
            before = db.session.scalar(select(func.max(Letter.id))) or 0
            pages: tuple[str, int] | None = None
            for number in range(count):
                begin_writing()
                case, actor = self._case(number), as_staff(staff.by_username("maya"))
                edition = library.editions([self.edition])[0]
                packet = actions.build(case, Wish([edition], case.main_contact, content.NEUTRAL_TITLE), by=actor)
                pages = pages or content.make_pages(content.content(packet))
                actions.keep_pages(packet, *pages)
                ways = [way for way in leaving.ways(packet, case).open if way.is_mail]
                leaving.seal(packet, case, ways[number % len(ways)].code, read_back=True, by=actor)
                journal.commit()
                db.session.expunge_all()
            keys = list(db.session.scalars(select(Letter.id).where(Letter.id > before).order_by(Letter.id)))
            db.session.remove()
            return keys

    def wake(self, keys: list[int]) -> None:
        """Tell the queue of letters, as the pages do."""
        with self.app.app_context():
            for key in keys:
                queue.wake("deliver", key)

    def _case(self, number: int) -> Case:
        options = (joinedload(Case.family), joinedload(Case.main_contact).selectinload(Person.points))
        return db.session.scalars(select(Case).where(Case.id == self.cases[number % FAMILIES]).options(*options)).one()

    def deliver(self, key: int, moment: datetime) -> None:
        """One try of one letter, at a moment. A database that is busy for seconds leaves it to the next round, as in a worker."""
        with clock.travel(moment), self.app.app_context():
            with suppress(OperationalError):
                jobs.deliver(key)
            db.session.remove()

    def sweep(self, moment: datetime | None = None) -> list[int]:
        """The worker's round: what is due now, or at a moment."""
        with clock.travel(moment or clock.now()), self.app.app_context():
            found = jobs.sweep()
            db.session.remove()
            return found

    def states(self, keys: list[int] | None = None) -> dict[LetterState, int]:
        """How many letters are in each state."""
        query = select(Letter.state, func.count()).group_by(Letter.state)
        with self.app.app_context():
            found = dict(db.session.execute(query.where(Letter.id.between(keys[0], keys[-1])) if keys else query).all())
            db.session.remove()
            return found

    def unfinished(self, keys: list[int] | None = None) -> list[int]:
        """Letters of which more is to come."""
        query = select(Letter.id).where(Letter.state.not_in(ENDED) | Letter.due_at.is_not(None)).order_by(Letter.id)
        with self.app.app_context():
            found = list(db.session.scalars(query.where(Letter.id.between(keys[0], keys[-1])) if keys else query))
            db.session.remove()
            return found

    def age_leases(self) -> int:
        """Let a quarter of an hour pass for what dead workers hold.

        Returns:
            how many of these were at their last bytes: whether they arrived, nobody can know.
        """
        with self.app.app_context():
            begin_writing()
            held = Letter.state == LetterState.SENDING
            ambiguous = db.session.scalar(select(func.count()).where(held, Letter.ending_at.is_not(None))) or 0
            db.session.execute(update(Letter).where(held).values(lease_until=clock.now() - timedelta(minutes=16)))
            db.session.commit()
            db.session.remove()
            return ambiguous

    def journal_holds(self) -> bool:
        """Whether the journal's chain is whole."""
        with self.app.app_context():
            found = journal_queries.verify(self.app.config["WAYPOINT"].audit_key.encode()).whole
            db.session.remove()
            return found

    def close(self) -> None:
        """Let the database go."""
        with self.app.app_context():
            db.session.remove()
            db.engine.dispose()
