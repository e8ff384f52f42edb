"""One family's year as a plan: when they called, how far they came, whether their case is open, what is next."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from tracker.cases.words import CaseStage, ClosureReason, HoldReason, NextStepKind
from tracker.contacts.words import TRIES, ContactOutcome, ContactType

DAY = 24 * 60  # minutes
STAGES = tuple(CaseStage)
CONTACTS = 10
S, T = CaseStage, ContactType
O = ContactOutcome  # noqa: E741
# After which contact a case reaches each stage, and how likely it goes on from the one before.
REACHED = {S.INTERVENTION: (1, 0.85), S.REFERRAL: (3, 0.8), S.PLACEMENT: (6, 0.7), S.FOLLOW_UP: (8, 0.75)}
KINDS = (
    (T.CALL, O.REACHED, 52),
    (T.CALL, O.NO_ANSWER, 14),
    (T.TEXT, O.REPLIED, 12),
    (T.EMAIL, O.MESSAGE_DELIVERED, 6),
    (T.IN_PERSON, O.REACHED, 8),
    (T.COLLATERAL, None, 8),
)
CHOICES = [number for number, (_, _, weight) in enumerate(KINDS) for _ in range(weight)]
ENDINGS = {
    S.INQUIRY: (ClosureReason.INQUIRER_WITHDREW, ClosureReason.FAMILY_SELF_SUPPORTING),
    S.INTERVENTION: (ClosureReason.PERSON_DECLINED_ALL_HELP, ClosureReason.FAMILY_SELF_SUPPORTING, ClosureReason.MOVED),
    S.REFERRAL: (ClosureReason.PERSON_DECLINED_ALL_HELP, ClosureReason.CONNECTED_ONGOING_ELSEWHERE, ClosureReason.TRANSFERRED_TO_OTHER_ORG),
    S.PLACEMENT: (ClosureReason.CONNECTED_ONGOING_ELSEWHERE, ClosureReason.FAMILY_SELF_SUPPORTING),
    S.FOLLOW_UP: (ClosureReason.GOALS_MET, ClosureReason.CONNECTED_ONGOING_ELSEWHERE),
}
NEXT = {
    S.INQUIRY: (NextStepKind.CALL, NextStepKind.SEND_PACKET, NextStepKind.TEXT),
    S.INTERVENTION: (NextStepKind.MEETING, NextStepKind.CALL, NextStepKind.DECIDE),
    S.REFERRAL: (NextStepKind.CHECK_REFERRAL, NextStepKind.REFER, NextStepKind.CALL),
    S.PLACEMENT: (NextStepKind.PLACE, NextStepKind.CHECK_IN, NextStepKind.CALL),
    S.FOLLOW_UP: (NextStepKind.CHECK_IN, NextStepKind.CALL),
}


@dataclass(frozen=True, slots=True)
class Names:
    """First names of caller and person, and the family's."""

    caller: str
    person: str
    last: str

    @property
    def whole(self) -> str:
        """The caller's whole name."""
        return f"{self.caller} {self.last}"


@dataclass(slots=True)
class Life:
    """A plan. Moments are whole minutes since the organisation's first day, UTC.

    Attributes:
        number: the family's, from 1 in the order in which they called; also the key of its rows.
        luck: what its names and words are chosen by.
        times, kinds: of its contacts.
        stages: how many stages it reaches, 1 to 5.
        closed: when, or 0 while it is open.
        due: next step, minutes; hold: last day of waiting in days after the demonstration's day, or 0.
        names: who they are, once it was asked.
        case, follow_up: public ids of rows that later lines of the journal are about, once they are written.
    """

    number: int
    luck: int
    opened: int
    times: array
    kinds: bytes
    stages: int
    closed: int = 0
    due: int = 0
    timed: bool = False
    hold: int = 0
    crisis: bool = False
    names: Names | None = None
    case: str = ""
    follow_up: str = ""

    @property
    def stage(self) -> CaseStage:
        """The stage it came to (before it closed)."""
        return STAGES[self.stages - 1]

    @property
    def stage_since(self) -> int:
        """When it came there."""
        return self.opened if self.stages == 1 else self.times[REACHED[self.stage][0]]

    def kind(self, contact: int) -> tuple[ContactType, ContactOutcome | None]:
        """What a contact was and how it ended."""
        return KINDS[self.kinds[contact]][:2]

    def moves(self) -> Iterator[tuple[CaseStage, int]]:
        """The stages it moves to, each with the contact after which it does."""
        for stage in STAGES[1 : self.stages]:
            yield stage, REACHED[stage][0]

    def last(self) -> tuple[int, int, int]:
        """The minutes of the last contact and of the last one that reached somebody, and the tries since then."""
        contact, reached, tries = self.opened, self.opened, 0
        for at, number in zip(self.times, self.kinds, strict=True):
            outcome = KINDS[number][1]
            if outcome is None:
                continue
            contact = at
            if outcome in TRIES:
                tries += 1
            else:
                reached, tries = at, 0
        return contact, reached, tries

    def next_kind(self) -> NextStepKind:
        """What is next."""
        choices = NEXT[self.stage]
        return choices[self.luck % len(choices)]

    def ending(self) -> ClosureReason:
        """Why it closed."""
        choices = ENDINGS[self.stage]
        return choices[self.luck % len(choices)]

    def hold_reason(self) -> HoldReason:
        """Why it waits."""
        choices = (HoldReason.ASKED_TO_PAUSE, HoldReason.WAITING_ON_PERSON, HoldReason.WAITING_ON_FAMILY, HoldReason.WAITING_ON_DOCUMENTS)
        return choices[self.luck % len(choices)]


def plan(number: int, of: int, end: int, chance: Random) -> Life:
    """Plan the year of one family.

    Args:
        number: from 1; families call in this order.
        of: how many families there are.
        end: the last moment of the history, in minutes.
    """
    first, last = end - 362 * DAY, end - 6 * DAY
    opened = first + (last - first) * (number - 1) // of
    # Called by day: 13 to 23 hours UTC are the office hours of the organisation, whichever way its clocks stand.
    opened = opened // DAY * DAY + 13 * 60 + (opened % DAY) * 10 // 24
    length = int(DAY * min(300, 12 + chance.expovariate(1 / 62)))
    stages = 1
    while stages < 5 and chance.random() < REACHED[STAGES[stages]][1]:
        stages += 1
    kinds = bytes(chance.choice(CHOICES) for _ in range(CONTACTS))
    life = Life(number, chance.getrandbits(30), opened, array("l"), kinds, stages)
    if opened + length < end - DAY:
        life.closed = (opened + length) // DAY * DAY + 15 * 60 + chance.randrange(300)
        life.times = _times(opened, life.closed - 30, chance)
        return life
    quiet = chance.random() < 0.1 and opened < end - 45 * DAY
    life.times = _times(opened, end - (chance.randint(16, 30) if quiet else chance.randint(1, 9)) * DAY - 2 * 60, chance)
    _go_on(life, length, end, chance)
    return life


def _times(opened: int, until: int, chance: Random) -> array:
    """Ten moments by day between two others, the last one near the end."""
    span = max(until - opened, 400)
    found, before = array("l"), opened
    for part in sorted(chance.random() for _ in range(CONTACTS - 1)) + [1.0]:
        at = opened + int(span * part)
        at = at // DAY * DAY + 13 * 60 + 30 + chance.randrange(480)
        before = max(before + 4, min(at, until - (CONTACTS - len(found)) * 4))
        found.append(before)
    return found


def _go_on(life: Life, length: int, end: int, chance: Random) -> None:
    passed = (end - life.opened) / length
    life.stages = max(1, min(life.stages, 1 + int(passed * 5)))
    fate = chance.random()
    if fate < 0.08:
        life.hold = chance.randint(1, 30)
    days = chance.choice((-1, -1, -2, -3, -5, -8)) if 0.08 <= fate < 0.18 else 0 if fate < 0.27 else chance.randint(1, 21)
    life.timed = chance.random() < 0.35
    # The demonstration's day begins at `end`; office hours of that day lie 9 to 18 hours after it, its last minute 24 hours.
    life.due = end + days * DAY + (chance.randrange(9 * 60, 18 * 60, 15) if life.timed else DAY - 1)
    life.crisis = chance.random() < 0.004
