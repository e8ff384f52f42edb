"""Finding: every question starts at an index, asks for what this person may see inside, and reads no more than it shows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, column, func, literal, literal_column, or_, select, table, union_all
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from tracker.cases.access import limited, masked, visible_to
from tracker.cases.models import Case
from tracker.contacts.models import Contact
from tracker.db import db
from tracker.directory.groups.models import SupportGroup
from tracker.directory.programs.models import Program, Provider
from tracker.inquiries import queries as inquiries
from tracker.inquiries.models import Inquiry
from tracker.packets.models import Packet
from tracker.packets.queries import readable_by
from tracker.people.models import ContactPoint, Family, Person
from tracker.search.asked import LETTERS, Asked
from tracker.staff.permissions import Permission, scope
from tracker.staff.sessions import Actor

CASES, NOTES, FEW = 50, 20, 10
LIKELY = 10_000  # people or numbers looked at for one reason; past it, more must be typed
COMMON = 5_000  # notes with a word, from which on they are walked newest first instead of sorted
LAST = "\U0010ffff"
FTS = table("contacts_fts", column("rowid"), column("contact_id"), column("words"))


@dataclass(slots=True)
class Hit:
    """A case, and why it is here."""

    case: Case
    reasons: list[str]

    @property
    def signs(self) -> list[tuple[str, str]]:
        """The reasons as the page marks them."""
        return [("y", reason) for reason in self.reasons]


@dataclass(slots=True)
class Note:
    """A note with a word in it: the case, and the words around it (before, the word, after)."""

    contact: Contact
    case: Case
    around: tuple[str, str, str]


@dataclass(slots=True)
class Found:
    """What was found, the newest first; `more` says that cases were left out, `packet` is the one with that receipt number."""

    cases: list[Hit] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    inquiries: Sequence[Inquiry] = ()
    programs: Sequence[Program] = ()
    groups: Sequence[SupportGroup] = ()
    packet: Packet | None = None
    more: bool = False

    def __len__(self) -> int:
        lists = self.cases, self.notes, self.inquiries, self.programs, self.groups
        return sum(map(len, lists)) + (self.packet is not None)


def find(asked: Asked, actor: Actor) -> Found:
    """What this person may see of what was asked for.

    Somebody who sees cases without names (an auditor) finds them by number only; packet staff find no notes and no inquiries.
    """
    found = Found()
    if not asked.is_enough:
        return found
    if asked.packet_id is not None:
        found.packet = _packet(asked.packet_id, actor)
        return found
    whole = not masked(actor) and not limited(actor)
    _add_cases(found, asked, actor)
    if whole and asked.words and not asked.only_figures:
        found.notes = _notes(asked, actor)
    if whole and asked.figures:
        found.inquiries = _inquiries(asked, actor)
    if asked.words and not asked.only_figures and scope(actor.role, Permission.READ_DIRECTORY):
        found.programs = _programs(asked)
        found.groups = _groups(asked)
    return found


def starts(where: InstrumentedAttribute[Any], prefix: str) -> ColumnElement[bool]:
    """`where` begins with `prefix`, as a range that an index answers on both engines; a very short word must be the whole of it."""
    return (where >= prefix) & (where < prefix + LAST) if len(prefix) >= LETTERS else where == prefix


def _families(asked: Asked) -> list[tuple[str, Select[Any]]]:
    """Each reason, with the question that finds its families."""
    by_point = select(Person.family_id).join(ContactPoint, ContactPoint.person_id == Person.id)
    reasons: list[tuple[str, Select[Any]]] = []
    if asked.figures:
        words = "Phone" if len(asked.figures) >= 10 else f"Phone ends in {asked.figures}"
        reasons.append((words, by_point.where(starts(ContactPoint.digits_reversed, asked.figures[::-1]))))
        if 6 <= len(asked.figures) < 10:
            reasons.append((f"Phone begins with {asked.figures}", by_point.where(starts(ContactPoint.value, f"+1{asked.figures}"))))
    if asked.email:
        reasons.append(("E-mail", by_point.where(starts(ContactPoint.value, asked.email))))
    if asked.names and not asked.only_figures:
        reasons += [("Name", query) for query in _named(asked.names)]
    return reasons


def _named(names: tuple[str, ...]) -> list[Select[Any]]:
    person, whole = select(Person.family_id), " ".join(names)
    found: list[Select[Any]] = [select(Family.id).where(starts(Family.folded_name, whole))]
    if len(names) == 1:
        return [*found, person.where(starts(Person.folded_last, whole)), person.where(starts(Person.folded_first, whole))]
    with_family = person.join(Family, Family.id == Person.family_id)
    for first, last in ((" ".join(names[:-1]), names[-1]), (" ".join(names[1:]), names[0]), (names[0], " ".join(names[1:]))):
        found.append(person.where(starts(Person.folded_last, last), starts(Person.folded_first, first)))
        # The loved one is often known by a first name alone; the family's name is then the caller's.
        found.append(with_family.where(starts(Family.folded_name, last), starts(Person.folded_first, first)))
    return found


def _add_cases(found: Found, asked: Asked, actor: Actor) -> None:
    parts: list[Any] = []
    if asked.case_id is not None:
        parts.append(select(Case.id, literal("Case number").label("reason")).where(Case.id == asked.case_id, visible_to(actor)))
    for number, (reason, families) in enumerate([] if masked(actor) else _families(asked)):
        # The families first, so that no engine walks all cases backwards in the hope of a hit.
        likely = families.limit(LIKELY).cte(f"likely_{number}").prefix_with("MATERIALIZED", dialect="postgresql")
        newest = select(Case.id).where(Case.family_id.in_(select(likely)), visible_to(actor)).order_by(Case.id.desc()).limit(CASES + 1).subquery()
        parts.append(select(newest.c.id, literal(reason).label("reason")))
    if not parts:
        return
    why: dict[int, list[str]] = {}
    for key, reason in db.session.execute(union_all(*parts)):
        reasons = why.setdefault(key, [])
        if reason not in reasons:
            reasons.append(reason)
    keys = sorted(why, reverse=True)
    found.more = len(keys) > CASES
    if not keys:
        return
    query = select(Case).where(Case.id.in_(keys[:CASES]), visible_to(actor)).order_by(Case.id.desc())
    people = joinedload(Case.family), joinedload(Case.person), joinedload(Case.main_contact), joinedload(Case.owner)
    found.cases = [Hit(case, why[case.id]) for case in db.session.scalars(query.options(*people))]


def _notes(asked: Asked, actor: Actor) -> list[Note]:
    contact = Contact.id
    query = select(Contact, Case).join(Case, Case.id == Contact.case_id).where(visible_to(actor)).options(joinedload(Case.family)).limit(NOTES)
    if db.engine.dialect.name == "postgresql":
        words = func.to_tsquery("simple", " & ".join(f"{word}:*" if len(word) >= LETTERS else word for word in asked.words))
        probe = select(FTS.c.contact_id).where(FTS.c.words.op("@@")(words)).limit(COMMON + 1)
        ids = list(db.session.scalars(probe))
        if not ids:
            return []
        if len(ids) <= COMMON:
            query = query.where(contact.in_(ids)).order_by(contact.desc())
        else:
            # Very common: the newest are near. The empty piece keeps the index on words out, which would read all of them.
            walked = FTS.c.words.op("||")(literal_column("''::tsvector")).op("@@")(words)
            query = query.join(FTS, FTS.c.contact_id == contact).where(walked).order_by(FTS.c.contact_id.desc())
    else:
        quoted = " ".join(f'"{word}"' + ("*" if len(word) >= LETTERS else "") for word in asked.words)
        matches = literal_column("contacts_fts").op("MATCH")(quoted)
        query = query.join(FTS, FTS.c.rowid == contact).where(matches).order_by(FTS.c.rowid.desc())
    return [Note(contact, case, around(contact.note, asked)) for contact, case in db.session.execute(query)]


def around(note: str, asked: Asked, reach: int = 12) -> tuple[str, str, str]:
    """The words around the first one that was asked for: before, the word, after."""
    pieces = note.split()
    at = next((number for number, piece in enumerate(pieces) if asked.has(piece)), 0)
    start, end = max(0, at - reach), at + 1 + reach
    before = ("… " if start else "") + " ".join(pieces[start:at])
    after = " ".join(pieces[at + 1 : end]) + (" …" if end < len(pieces) else "")
    return before, pieces[at] if pieces else "", after


def _inquiries(asked: Asked, actor: Actor) -> Sequence[Inquiry]:
    mine = Inquiry.case_id.is_(None), inquiries.visible_to(actor), starts(Inquiry.digits_reversed, asked.figures[::-1])
    return db.session.scalars(select(Inquiry).where(*mine).order_by(Inquiry.id.desc()).limit(FEW)).all()


def _packet(key: int, actor: Actor) -> Packet | None:
    if scope(actor.role, Permission.READ_PACKET) is None:
        return None
    sealed = Packet.id == key, Packet.sealed_at.is_not(None), readable_by(actor)
    return db.session.scalars(select(Packet).join(Packet.case).where(*sealed)).first()


def _programs(asked: Asked) -> Sequence[Program]:
    query = select(Program).join(Provider, Provider.id == Program.provider_id).options(joinedload(Program.provider), joinedload(Program.site))
    for word in asked.words:
        query = query.where(or_(Program.folded_name.contains(word, autoescape=True), Provider.folded_name.contains(word, autoescape=True)))
    return db.session.scalars(query.order_by(Program.folded_name, Program.id).limit(FEW)).all()


def _groups(asked: Asked) -> Sequence[SupportGroup]:
    query = select(SupportGroup).where(*(SupportGroup.folded_name.contains(word, autoescape=True) for word in asked.words))
    return db.session.scalars(query.order_by(SupportGroup.folded_name, SupportGroup.id).limit(FEW)).all()
