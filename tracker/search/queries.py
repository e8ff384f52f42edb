"""Finding: every question starts at an index, asks for what this person may see inside, and reads no more than it shows.

Questions are made once for each kind of thing that was typed (db.ask); what was typed is only ever a value.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, column, func, literal_column, or_, select, table
from sqlalchemy.orm import InstrumentedAttribute, aliased

from tracker.cases.access import limited, masked, seen_by, visible_as
from tracker.cases.listed import Listed, listing, read
from tracker.cases.models import NUMBERS_FROM, Case
from tracker.contacts.models import Contact
from tracker.db import ask, db
from tracker.directory.groups.models import SupportGroup
from tracker.directory.programs.models import Program, Provider, Site
from tracker.glimpse import Glimpse
from tracker.inquiries import queries as inquiries
from tracker.inquiries.models import Inquiry
from tracker.packets.models import Packet
from tracker.packets.queries import readable_by
from tracker.people import names
from tracker.people.models import Family, Person
from tracker.search import families
from tracker.search.asked import LETTERS, Asked
from tracker.search.families import CASES, beginnings, starts
from tracker.staff.models import Role
from tracker.staff.permissions import Permission, scope
from tracker.staff.sessions import Actor

NOTES, FEW = 20, 10
COMMON = 5_000  # notes with a word, from which on they are walked newest first instead of sorted
FTS = table("contacts_fts", column("rowid"), column("contact_id"), column("words"))


@dataclass(slots=True)
class Hit:
    """A case, and why it is here; `about` is the loved one's first name where somebody else is spoken to."""

    case: Listed
    about: str
    reasons: list[str]

    @property
    def signs(self) -> list[tuple[str, str]]:
        """The reasons as the page marks them."""
        return [("y", reason) for reason in self.reasons]


@dataclass(slots=True)
class Note:
    """A note with a word in it: its case, and the words around it (before, the word, after)."""

    case_id: UUID
    number: int
    title: str
    at: datetime
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


def _add_cases(found: Found, asked: Asked, actor: Actor) -> None:
    why = families.cases(asked, actor)
    keys = sorted(why, reverse=True)
    found.more = len(keys) > CASES
    if keys:
        rows = ask(_shown(actor.role), {"keys": keys[:CASES], **seen_by(actor)})
        found.cases = [Hit(case, row[-2] if row[-1] != case.main_contact.id else "", why[case.id]) for case, row in zip(read(rows), rows, strict=True)]


@cache
def _shown(role: Role) -> Select[Any]:
    loved_one = aliased(Person)
    query = listing().join(Case.person.of_type(loved_one)).add_columns(loved_one.first_name, loved_one.id)
    return query.where(Case.id.in_(bindparam("keys", expanding=True)), visible_as(role)).order_by(Case.id.desc())


PROBE = select(FTS.c.contact_id).where(FTS.c.words.op("@@")(func.to_tsquery("simple", bindparam("words")))).limit(COMMON + 1)


def _notes(asked: Asked, actor: Actor) -> list[Note]:
    postgresql, values = db.engine.dialect.name == "postgresql", seen_by(actor)
    if postgresql:
        values["words"] = " & ".join(f"{word}:*" if len(word) >= LETTERS else word for word in asked.words)
        ids = [row.contact_id for row in ask(PROBE, values)]
        if not ids:
            return []
        common = len(ids) > COMMON
        rows = ask(_walked(actor.role), values) if common else ask(_few(actor.role), values | {"ids": ids})
    else:
        values["words"] = " ".join(f'"{word}"' + ("*" if len(word) >= LETTERS else "") for word in asked.words)
        rows = ask(_matched(actor.role), values)
    return [Note(public_id, NUMBERS_FROM + key, names.family(name), at, around(note, asked)) for public_id, key, name, at, note in rows]


def _of_notes(role: Role) -> Select[Any]:
    query = select(Case.public_id, Case.id, Family.name, Contact.at, Contact.note).select_from(Contact).join(Case, Case.id == Contact.case_id).join(Case.family)
    return query.where(visible_as(role)).limit(NOTES)


@cache
def _matched(role: Role) -> Select[Any]:
    matches = literal_column("contacts_fts").op("MATCH")(bindparam("words"))
    return _of_notes(role).join(FTS, FTS.c.rowid == Contact.id).where(matches).order_by(FTS.c.rowid.desc())


@cache
def _few(role: Role) -> Select[Any]:
    return _of_notes(role).where(Contact.id.in_(bindparam("ids", expanding=True))).order_by(Contact.id.desc())


@cache
def _walked(role: Role) -> Select[Any]:
    # Very common: the newest are near. The empty piece keeps the index on words out, which would read all of them.
    walked = FTS.c.words.op("||")(literal_column("''::tsvector")).op("@@")(func.to_tsquery("simple", bindparam("words")))
    return _of_notes(role).join(FTS, FTS.c.contact_id == Contact.id).where(walked).order_by(FTS.c.contact_id.desc())


def around(note: str, asked: Asked, reach: int = 12) -> tuple[str, str, str]:
    """The words around the first one that was asked for: before, the word, after."""
    pieces = note.split()
    at = next((number for number, piece in enumerate(pieces) if asked.has(piece)), 0)
    start, end = max(0, at - reach), at + 1 + reach
    before = ("… " if start else "") + " ".join(pieces[start:at])
    after = " ".join(pieces[at + 1 : end]) + (" …" if end < len(pieces) else "")
    return before, pieces[at] if pieces else "", after


ASKED = Glimpse(
    Inquiry, Inquiry.id, Inquiry.public_id, Inquiry.at, Inquiry.channel, Inquiry.caller_name, Inquiry.person_name, Inquiry.disposition, Inquiry.status
)


def _inquiries(asked: Asked, actor: Actor) -> list[Inquiry]:
    values = {**inquiries.seen_by(actor), **beginnings("typed", asked.figures[::-1])}
    return [ASKED.read(row) for row in ask(_without_case(actor.role), values)]


@cache
def _without_case(role: Role) -> Select[Any]:
    mine = Inquiry.case_id.is_(None), inquiries.visible_as(role), starts(Inquiry.digits_reversed, "typed", True)
    return select(*ASKED.columns).where(*mine).order_by(Inquiry.id.desc()).limit(FEW)


def _packet(key: int, actor: Actor) -> Packet | None:
    if scope(actor.role, Permission.READ_PACKET) is None:
        return None
    sealed = Packet.id == key, Packet.sealed_at.is_not(None), readable_by(actor)
    return db.session.scalars(select(Packet).join(Packet.case).where(*sealed)).first()


PROGRAM = Glimpse(
    Program, Program.id, Program.public_id, Program.name, Program.level_of_care, provider=Glimpse(Provider, Provider.name),
    site=Glimpse(Site, Site.city, Site.state),
)  # fmt: skip
GROUP = Glimpse(SupportGroup, SupportGroup.id, SupportGroup.public_id, SupportGroup.name, SupportGroup.fellowship)


def _contains(where: InstrumentedAttribute[Any], number: int) -> ColumnElement[bool]:
    return where.like(bindparam(f"word_{number}"), escape="/")


def _words(asked: Asked) -> dict[str, str]:
    plain = (word.replace("/", "//").replace("%", "/%").replace("_", "/_") for word in asked.words)
    return {f"word_{number}": f"%{word}%" for number, word in enumerate(plain)}


def _programs(asked: Asked) -> list[Program]:
    return [PROGRAM.read(row) for row in ask(_named_programs(len(asked.words)), _words(asked))]


@cache
def _named_programs(words: int) -> Select[Any]:
    query = select(*PROGRAM.columns).select_from(Program).join(Program.provider).outerjoin(Program.site)
    for number in range(words):
        query = query.where(or_(_contains(Program.folded_name, number), _contains(Provider.folded_name, number)))
    return query.order_by(Program.folded_name, Program.id).limit(FEW)


def _groups(asked: Asked) -> list[SupportGroup]:
    return [GROUP.read(row) for row in ask(_named_groups(len(asked.words)), _words(asked))]


@cache
def _named_groups(words: int) -> Select[Any]:
    query = select(*GROUP.columns).where(*(_contains(SupportGroup.folded_name, number) for number in range(words)))
    return query.order_by(SupportGroup.folded_name, SupportGroup.id).limit(FEW)
