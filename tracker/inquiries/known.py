"""Known callers: who this may be, found while somebody types, each with the reasons.

Every question is a range on an index; none reads more than a handful of rows, whatever the number of families.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, delete, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from tracker import clock, journal, sealed
from tracker.cases.access import visible_to
from tracker.cases.models import Case
from tracker.db import db
from tracker.inquiries.models import NotTheSame
from tracker.journal import Kind
from tracker.moves import Refused
from tracker.people.folding import digits, fold
from tracker.people.models import ContactPoint, Family, Person
from tracker.staff.sessions import Actor

APART = journal.verb("inquiry.not_the_same", Kind.CHANGE, "users", "A caller who looked like this family was said to be somebody else")
FIGURES, LETTERS, MOST = 4, 3, 25
LAST = "\U0010ffff"
# Of another team's family only the caller's own whole number or address tells, and no reason is shown: a name, a ZIP or a few
# figures would answer whoever asks whether a neighbor is known here.
WHOLE = {"Same phone", "Same e-mail"}


@dataclass(slots=True)
class Asked:
    """What is known of the caller so far; empty where nothing was typed yet."""

    phone: str = ""
    name: str = ""
    loved_name: str = ""
    email: str = ""
    zip_code: str = ""

    @property
    def tells_something(self) -> bool:
        """Whether there is enough to look for anybody: four figures, three letters, or an address."""
        return len(digits(self.phone)) >= FIGURES or len(fold(self.name)) >= LETTERS or "@" in self.email


    def marks(self) -> set[str]:
        """The caller as keyed marks: by whole number, by address, else by name. What is too little to tell anybody apart makes none."""
        figures, address, name = digits(self.phone), self.email.strip().lower(), fold(self.name)
        said = [f"phone {figures[-10:]}" if len(figures) >= 10 else "", f"email {address}" if "@" in address[1:] else ""]
        said = [one for one in said if one] or ([f"name {name}"] if len(name.split()) > 1 else [])
        return {sealed.mark(one, "apart") for one in said}


@dataclass(slots=True)
class Match:
    """A case that may be about the same family, why, and whether this person may open it."""

    case: Case
    reasons: list[str] = field(default_factory=list)
    seen: bool = True
    apart: bool = False  # somebody said of just this caller: not the same

    @property
    def signs(self) -> list[tuple[str, str]]:
        """The reasons as the page marks them."""
        return [("y", reason) for reason in self.reasons]


def starts(column: InstrumentedAttribute[Any], prefix: str) -> Any:
    """`column` begins with `prefix`, as a range that an index answers on both engines."""
    return (column >= prefix) & (column < prefix + LAST)


def _signs(asked: Asked) -> list[tuple[str, Select[Any]]]:
    """Each reason with the question that finds its families."""
    by_point = select(Person.family_id).join(ContactPoint, ContactPoint.person_id == Person.id)
    found: list[tuple[str, Select[Any]]] = []
    figures = digits(asked.phone)
    if len(figures) >= FIGURES:
        reason = "Same phone" if len(figures) >= 10 else "Phone fits"
        found.append((reason, by_point.where(starts(ContactPoint.digits_reversed, figures[::-1]))))
        found.append((reason, by_point.where(starts(ContactPoint.value, "+1" + figures))))
    names = fold(asked.name).split()
    if len(names) > 1:
        # The whole name first: a very common first name alone would fill its few rows with others.
        whole = select(Person.family_id).where(Person.folded_last == names[-1], Person.folded_first == " ".join(names[:-1]))
        found += [("Same last name", whole), ("Same first name", whole)]
    for word in [word for word in names if len(word) >= LETTERS][:3]:
        found.append(("Same last name", select(Person.family_id).where(starts(Person.folded_last, word))))
        found.append(("Same first name", select(Person.family_id).where(starts(Person.folded_first, word))))
    if "@" in asked.email[1:]:
        found.append(("Same e-mail", by_point.where(ContactPoint.value == asked.email.strip().lower())))
    return found


def matches(asked: Asked, actor: Actor, size: int = 5) -> list[Match]:
    """Cases that may be this family's, most reasons first.

    Args:
        asked: what was typed; digits of any phone spelling from four on, names from three letters on.
        actor: who types; of other teams' cases they learn only that the family is known, and whom to ask.
    """
    signs = _signs(asked)
    if not signs:
        return []
    parts = [select(query.limit(MOST).subquery().c.family_id, literal(reason).label("reason")) for reason, query in signs]
    why: dict[int, list[str]] = defaultdict(list)
    for key, reason in db.session.execute(union_all(*parts)):
        if reason not in why[key]:
            why[key].append(reason)
    if why:
        _add_weaker(asked, why)
    return _cases(asked, why, actor, size)


def set_apart(asked: Asked, case: Case, *, by: Actor) -> None:
    """Remember that a caller and a case are not the same.

    Raises:
        Refused: too little was typed to know the caller again.
    """
    marks = asked.marks()
    if not marks:
        raise Refused("phone", "Type the whole number, an address or first and last name first: else they cannot be told apart next time.")
    there = set(db.session.scalars(select(NotTheSame.mark).where(NotTheSame.case_id == case.id, NotTheSame.mark.in_(marks))))
    for mark in sorted(marks - there):
        db.session.add(NotTheSame(mark=mark, case_id=case.id, by_id=by.id, at=clock.now()))
    db.session.flush()
    journal.record(APART, by=by, about=case, case=case)


def bring_back(asked: Asked, actor: Actor) -> None:
    """Forget it again, for every case that somebody sees."""
    seen = select(Case.id).where(visible_to(actor))
    db.session.execute(delete(NotTheSame).where(NotTheSame.mark.in_(asked.marks()), NotTheSame.case_id.in_(seen)))


def _apart(asked: Asked, case_ids: list[int]) -> set[int]:
    marks = asked.marks()
    if not marks:
        return set()
    return set(db.session.scalars(select(NotTheSame.case_id).where(NotTheSame.case_id.in_(case_ids), NotTheSame.mark.in_(marks))))


def _add_weaker(asked: Asked, why: dict[int, list[str]]) -> None:
    """Signs that tell something only beside another: the loved one's name, the ZIP."""
    loved = fold(asked.loved_name)
    if len(loved) >= LETTERS:
        found = select(Person.family_id).where(Person.family_id.in_(why), Person.folded_first == loved.split()[0])
        for key in set(db.session.scalars(found)):
            why[key].append(f"Also about {asked.loved_name.strip()}")
    if len(asked.zip_code) == 5:
        for key in db.session.scalars(select(Family.id).where(Family.id.in_(why), Family.zip_code == asked.zip_code)):
            why[key].append("Same ZIP")


def _cases(asked: Asked, why: dict[int, list[str]], actor: Actor, size: int) -> list[Match]:
    likely = sorted(why, key=lambda key: (-len(why[key]), key))[: size * 2]
    if not likely:
        return []
    rows = db.session.execute(
        select(Case, visible_to(actor)).where(Case.family_id.in_(likely)).options(joinedload(Case.family), joinedload(Case.person), joinedload(Case.owner))
    ).all()
    found = [Match(case, why[case.family_id], bool(seen)) for case, seen in rows if seen or WHOLE & set(why[case.family_id])]
    apart = _apart(asked, [match.case.id for match in found])
    for match in found:
        match.apart = match.seen and match.case.id in apart
    return sorted(found, key=lambda match: (match.apart, -len(match.reasons), match.case.closed_at is not None, -match.case.id))[:size]
