"""What every row of a family is made of: names, town, phone, owner, words; and its line in the journal."""

from datetime import datetime
from functools import cache
from uuid import UUID

from tracker.contacts.words import ContactOutcome, ContactType
from tracker.demo import invented, said
from tracker.demo.bulk.hands import Hand
from tracker.demo.bulk.life import Life, Names
from tracker.demo.bulk.sink import Sink
from tracker.demo.ground import World
from tracker.demo.invented import Town
from tracker.people.folding import fold

EVERYBODY = invented.SHE + invented.HE
FOLDED = {name: fold(name) for name in (*EVERYBODY, *invented.LAST_NAMES)}


@cache
def with_folded(text: str) -> tuple[str, str]:
    """One of the few texts there are, and the same folded."""
    return text, fold(text)


class Telling:
    """Names and words of a plan, the same whenever they are asked for."""

    def __init__(self, sink: Sink, world: World, hands: list[Hand]) -> None:
        self.sink, self.world, self.hands = sink, world, hands
        self.programs = list(world.programs.values())
        self.groups = [one for one in world.meetings.values() if one.group.fellowship.value in ("al_anon", "nar_anon", "families_anonymous", "smart_ff", "itc")]

    def names(self, life: Life) -> Names:
        """Who they are."""
        if life.names is None:
            life.names = self._names(life.luck)
        return life.names

    @staticmethod
    def _names(luck: int) -> Names:
        return Names(EVERYBODY[luck % len(EVERYBODY)], EVERYBODY[luck // 97 % len(EVERYBODY)], invented.LAST_NAMES[luck // 9409 % len(invented.LAST_NAMES)])

    def owner(self, life: Life) -> Hand:
        """Whose case it is."""
        return self.hands[life.number % len(self.hands)]

    def town(self, life: Life) -> Town:
        """Where they live."""
        return invented.TOWNS[life.luck % len(invented.TOWNS)]

    def phone(self, life: Life) -> str:
        """The caller's invented number, E.164."""
        return f"+1{self.town(life).area}55501{24 + life.luck // 7 % 76:02d}"

    def step(self, life: Life) -> str:
        """What is next, in words."""
        who, choices = self.names(life), said.STEPS[life.next_kind().value]
        return choices[life.luck // 3 % len(choices)].format(who=who.caller, person=who.person, family=who.last)

    def summary(self, life: Life) -> str:
        """How it ended, in words."""
        return said.CLOSINGS[life.ending().value].format(who=self.names(life).caller, person=self.names(life).person)

    def words(self, life: Life) -> str:
        """What was said first."""
        return said.WORDS[life.luck % len(said.WORDS)]

    def note(self, life: Life, number: int, kind: ContactType, outcome: ContactOutcome | None) -> tuple[str, str]:
        """What was written down, and the same folded; nothing when nobody was reached."""
        pick = life.luck // (number + 3)
        if outcome is None:
            return with_folded(said.NOTES[pick % len(said.NOTES)])
        if outcome not in (ContactOutcome.REACHED, ContactOutcome.REPLIED):
            return "", ""
        if kind is ContactType.TEXT:
            return with_folded(said.TEXTS[pick % len(said.TEXTS)])
        who, (words, folded) = self.names(life), with_folded(said.CALL_NOTES[pick % len(said.CALL_NOTES)])
        return f"{who.caller} spoke of {who.person}. {words}", f"{FOLDED[who.caller]} spoke of {FOLDED[who.person]} {folded}"

    def tell(self, verb: str, life: Life, at: datetime, table: str, key: UUID, /, **facts: object) -> None:
        self.sink.tell(verb, at, self.owner(life).id, (table, str(key)), life.number, **facts)
