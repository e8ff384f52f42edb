"""What was promised to a family: made in a call, kept by reaching them, or missed or released by name."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

from tracker import clock, journal
from tracker.cases.access import seen_as, seen_by
from tracker.cases.models import Case, Promise
from tracker.cases.moving import must_be_open
from tracker.cases.words import PromiseState
from tracker.db import ask, db
from tracker.journal import Kind
from tracker.moves import Refused
from tracker.people import names
from tracker.people.models import Family, Person
from tracker.staff.models import Role
from tracker.staff.sessions import Actor

MADE = journal.verb("promise.made", Kind.CHANGE, "calendar-due", "Promised to {who}, by {until}: {words}")
KEPT = journal.verb("promise.kept", Kind.CHANGE, "check", "{state}: {words}")
SETTLED = journal.verb("promise.settled", Kind.CHANGE, "calendar-due", "{state}: {words}. {note}")

SHOWN = 20
BY_HAND = (PromiseState.KEPT, PromiseState.MISSED, PromiseState.RELEASED)


def make(case: Case, to: Person, words: str, due: datetime, *, timed: bool, by: Actor) -> Promise:
    """Note what was promised, to whom, and by when.

    Raises:
        Refused: the case is closed, nothing was said, the time has passed, or they are of another family.
    """
    must_be_open(case)
    if not words.strip():
        raise Refused("promise", "Enter what you promised.")
    if due < clock.now():
        raise Refused("promise_day", "That time has passed. Choose a later one.")
    if to.family_id != case.family_id:
        raise Refused("who", "Choose somebody of this family.")
    promise = Promise(
        case_id=case.id, to_id=to.id, words=words.strip(), due_at=due, timed=timed, made_at=clock.now(), made_by_id=by.id, state=PromiseState.OPEN,
    )  # fmt: skip
    db.session.add(promise)
    db.session.flush()
    journal.record(MADE, by=by, about=promise, case=case, who=to.called, until=due, words=promise.words)
    return promise


def keep_by_reaching(case: Case, person: Person, at: datetime, *, by: Actor) -> None:
    """Somebody was reached by us: what was promised to them is kept, or kept late.

    Args:
        at: when they were reached, which may be earlier than now.
    """
    open_ones = select(Promise).where(Promise.case_id == case.id, Promise.to_id == person.id, Promise.state == PromiseState.OPEN, Promise.made_at <= at)
    for promise in db.session.scalars(open_ones.limit(SHOWN)):
        _settle(promise, case, PromiseState.KEPT if at <= promise.due_at else PromiseState.KEPT_LATE, "", by)


def settle(promise: Promise, case: Case, state: PromiseState, note: str = "", *, by: Actor) -> None:
    """Say what became of a promise.

    Raises:
        Refused: it is settled already; it was missed or released and nobody says why; its time has not passed, so it cannot be missed.
    """
    if promise.state is not PromiseState.OPEN:
        raise Refused(None, f"This is noted already: {promise.state.label.lower()}.")
    if state is PromiseState.KEPT:
        state = PromiseState.KEPT if clock.now() <= promise.due_at else PromiseState.KEPT_LATE
    elif not note.strip():
        raise Refused("note", "Enter what happened, in a line.")
    if state is PromiseState.MISSED and clock.now() <= promise.due_at:
        raise Refused("state", "Its time has not come yet.")
    _settle(promise, case, state, note, by)


def end_all(case: Case, *, by: Actor) -> None:
    """The case closes: what was promised and not done is told as missed where its time has passed, else as released."""
    for promise in db.session.scalars(select(Promise).where(Promise.case_id == case.id, Promise.state == PromiseState.OPEN)):
        _settle(promise, case, PromiseState.MISSED if promise.due_at < clock.now() else PromiseState.RELEASED, "The case was closed.", by)


def _settle(promise: Promise, case: Case, state: PromiseState, note: str, by: Actor) -> None:
    promise.state, promise.settled_at, promise.settled_by_id, promise.settled_note = state, clock.now(), by.id, note.strip() or None
    verb = KEPT if state in (PromiseState.KEPT, PromiseState.KEPT_LATE) else SETTLED
    journal.record(verb, by=by, about=promise, case=case, state=state, words=promise.words, note=note.strip())


def of_case(case: Case) -> Sequence[Promise]:
    """The open promises of a case, the one that is due first at the head."""
    query = select(Promise).where(Promise.case_id == case.id, Promise.state == PromiseState.OPEN).options(joinedload(Promise.to))
    return db.session.scalars(query.order_by(Promise.due_at, Promise.id).limit(SHOWN)).all()


def one(public_id: object, case: Case, *, lock: bool = False) -> Promise | None:
    """A promise of a case.

    Args:
        lock: hold its row until the transaction ends, so that it is settled once.
    """
    query = select(Promise).where(Promise.public_id == public_id, Promise.case_id == case.id)
    return db.session.scalars(query.with_for_update(of=Promise) if lock else query).first()


@cache
def _mine(role: Role) -> Select[Any]:
    columns = (Promise.public_id, Promise.words, Promise.due_at, Promise.timed, Case.public_id, Family.name, Person.first_name, Person.last_name)
    query = select(*columns).select_from(Case).join(Promise, Promise.case_id == Case.id).join(Family, Family.id == Case.family_id)
    query = query.join(Person, Person.id == Promise.to_id).where(
        Case.owner_id == bindparam("me"), Case.closed_at.is_(None), seen_as(role), Promise.state == PromiseState.OPEN, Promise.due_at < bindparam("until")
    )  # fmt: skip
    return query.order_by(Promise.due_at, Promise.id).limit(SHOWN)


def mine(actor: Actor, until: datetime) -> list[dict[str, Any]]:
    """The open promises on somebody's own cases that are due before a moment, the latest overdue first."""
    rows = ask(_mine(actor.role), {"me": actor.id, "until": until, **seen_by(actor)})
    return [
        {"id": key, "words": words, "due": due, "timed": timed, "case": case, "family": names.family(family), "to": names.short(first, last)}
        for key, words, due, timed, case, family, first, last in rows
    ]
