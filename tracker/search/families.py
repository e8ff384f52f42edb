"""Which cases are meant, and why: by a number, an address, or the names of a family and its people."""

from functools import cache
from typing import Any, Literal

from sqlalchemy import ColumnElement, Select, bindparam, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from tracker.cases.access import masked, seen_as, seen_by, visible_as
from tracker.cases.models import Case
from tracker.db import ask
from tracker.people.models import ContactPoint, Family, Person
from tracker.search.asked import LETTERS, Asked
from tracker.staff.models import Role
from tracker.staff.sessions import Actor

CASES = 50
LIKELY = 10_000  # people or numbers looked at for one reason; past it, more must be typed
LAST = "\U0010ffff"

BY_POINT = select(Person.family_id).join(ContactPoint, ContactPoint.person_id == Person.id)
BY_PERSON = select(Person.family_id)
Look = Literal["number ends", "address", "family", "last", "first", "both", "family and first"]
# Where each look finds families, and the columns that begin with what was typed.
LOOKS: dict[Look, tuple[Select[Any], tuple[InstrumentedAttribute[Any], ...]]] = {
    "number ends": (BY_POINT, (ContactPoint.digits_reversed,)),
    "address": (BY_POINT, (ContactPoint.value,)),
    "family": (select(Family.id), (Family.folded_name,)),
    "last": (BY_PERSON, (Person.folded_last,)),
    "first": (BY_PERSON, (Person.folded_first,)),
    "both": (BY_PERSON, (Person.folded_last, Person.folded_first)),
    # The loved one is often known by a first name alone; the family's name is then the caller's.
    "family and first": (BY_PERSON.join(Family, Family.id == Person.family_id), (Family.folded_name, Person.folded_first)),
}
Reason = tuple[str, Look, tuple[str, ...]]


def _reasons(asked: Asked) -> list[Reason]:
    """Why a family may be meant: in words, where it is looked for, and with which beginnings."""
    reasons: list[Reason] = []
    if asked.figures:
        words = "Phone" if len(asked.figures) >= 10 else f"Phone ends in {asked.figures}"
        reasons.append((words, "number ends", (asked.figures[::-1],)))
        if 6 <= len(asked.figures) < 10:
            reasons.append((f"Phone begins with {asked.figures}", "address", (f"+1{asked.figures}",)))
    if asked.email:
        reasons.append(("E-mail", "address", (asked.email,)))
    if asked.names and not asked.only_figures:
        reasons += [("Name", look, typed) for look, typed in _named(asked.names)]
    return reasons


def _named(names: tuple[str, ...]) -> list[tuple[Look, tuple[str, ...]]]:
    whole = " ".join(names)
    found: list[tuple[Look, tuple[str, ...]]] = [("family", (whole,))]
    if len(names) == 1:
        return [*found, ("last", (whole,)), ("first", (whole,))]
    for first, last in ((" ".join(names[:-1]), names[-1]), (" ".join(names[1:]), names[0]), (names[0], " ".join(names[1:]))):
        found += [("both", (last, first)), ("family and first", (last, first))]
    return found


def starts(where: InstrumentedAttribute[Any], name: str, long: bool) -> ColumnElement[bool]:
    """`where` begins with the value `name`, as a range that an index answers on both engines; a very short word must be the whole of it."""
    return (where >= bindparam(name)) & (where < bindparam(f"{name}_end")) if long else where == bindparam(name)


def beginnings(name: str, typed: str) -> dict[str, str]:
    """The values of starts() for what was typed."""
    return {name: typed, f"{name}_end": typed + LAST} if len(typed) >= LETTERS else {name: typed}


def cases(asked: Asked, actor: Actor) -> dict[int, list[str]]:
    """The keys of the cases that somebody may see and that may be meant, one more than CASES for each reason, with the reasons in words."""
    reasons = [] if masked(actor) else _reasons(asked)
    if not reasons and asked.case_id is None:
        return {}
    values: dict[str, Any] = {"case": asked.case_id, **seen_by(actor)}
    for number, (_, _, typed) in enumerate(reasons):
        for place, beginning in enumerate(typed):
            values |= beginnings(f"typed_{number}_{place}", beginning)
    looks = tuple((look, tuple(len(one) >= LETTERS for one in typed)) for _, look, typed in reasons)
    why: dict[int, list[str]] = {}
    for key, number in ask(_keys(actor.role, asked.case_id is not None, looks), values):
        words, known = "Case number" if number < 0 else reasons[number][0], why.setdefault(key, [])
        if words not in known:
            known.append(words)
    return why


@cache
def _keys(role: Role, numbered: bool, looks: tuple[tuple[Look, tuple[bool, ...]], ...]) -> Any:
    """The keys of cases with the number of the reason for each; -1 is the case number."""
    parts: list[Any] = [select(Case.id, literal(-1)).where(Case.id == bindparam("case"), visible_as(role))] if numbered else []
    for number, (look, long) in enumerate(looks):
        families, columns = LOOKS[look]
        families = families.where(*(starts(columns[place], f"typed_{number}_{place}", long[place]) for place in range(len(columns))))
        # The families first, so that no engine walks all cases backwards in the hope of a hit.
        likely = families.limit(LIKELY).cte(f"likely_{number}").prefix_with("MATERIALIZED", dialect="postgresql")
        newest = select(Case.id).where(Case.family_id.in_(select(likely)), seen_as(role)).order_by(Case.id.desc()).limit(CASES + 1).subquery()
        parts.append(select(newest.c.id, literal(number)))
    return union_all(*parts)
