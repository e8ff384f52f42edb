"""From the plan of a family's year to the rows that the real actions would have left."""

from datetime import datetime, timedelta

from tracker.cases.models import Case, Episode, StageMove
from tracker.cases.words import CaseStage, EpisodeReason
from tracker.contacts.models import Contact
from tracker.contacts.words import ContactDirection, ContactOutcome, ContactType, ContactWith
from tracker.demo.bulk.calling import Calling
from tracker.demo.bulk.deeds import Deeds
from tracker.demo.bulk.hands import Hand
from tracker.demo.bulk.life import CONTACTS, Life
from tracker.inquiries.words import (
    DangerAnswer,
)


class Rows(Calling, Deeds):
    """Writes the moments of a plan into the sink."""

    def open(self, life: Life) -> None:
        """They called, and their case is open from that moment on. The case's row already says how it will stand."""
        n, at, owner = life.number, self.sink.moment(life.opened), self.owner(life)
        self.people(life, at)
        self._case(life, at, owner)
        self.sink.tell("case.opened", at, owner.id, ("cases", life.case), n, owner=owner.name)
        self.inquiry(life, at)

    def _case(self, life: Life, at: datetime, owner: Hand) -> None:
        n, public_id, moment = life.number, self.sink.public_id(), self.sink.moment
        life.case = str(public_id)
        contact, reached, tries = life.last()
        closed = moment(life.closed) if life.closed else None
        step = None if closed else life.next_kind()
        self.sink.add(
            Case,
            id=n,
            public_id=public_id,
            family_id=n,
            person_id=2 * n - 1,
            main_contact_id=2 * n,
            owner_id=owner.id,
            team_id=owner.team_id,
            stage=CaseStage.CLOSED if closed else life.stage,
            stage_since=closed or moment(life.stage_since),
            opened_at=at,
            next_step_kind=step,
            next_step_text=self.step(life) if step else None,
            next_step_at=moment(life.due) if step else None,
            next_step_timed=life.timed if step else False,
            next_step_set_at=moment(life.times[-1]) if step else at,
            next_step_set_by_id=owner.id,
            hold_until=self.world.on + timedelta(days=life.hold) if life.hold else None,
            hold_reason=life.hold_reason() if life.hold else None,
            crisis_at=moment(contact) if life.crisis else None,
            last_contact_at=moment(contact),
            last_reached_at=moment(reached),
            tries=tries,
            closed_at=closed,
            closed_by_id=owner.id if closed else None,
            closure_reason=life.ending() if closed else None,
            closing_summary=self.summary(life) if closed else None,
            ok_to_recontact=True if closed else None,
            version=CONTACTS + life.stages,
        )
        self.sink.add(Episode, id=n, case_id=n, number=1, reason=EpisodeReason.FIRST_CONTACT, started_at=at, ended_at=closed)
        self._move(life, None, CaseStage.INQUIRY, at)

    def _move(self, life: Life, old: CaseStage | None, new: CaseStage, at: datetime, why: str | None = None) -> None:
        self.sink.add(
            StageMove, id=self.sink.key("stage_moves"), case_id=life.number, episode=1, from_stage=old, to_stage=new, at=at, by_id=self.owner(life).id, why=why
        )

    def contact(self, life: Life, number: int) -> None:
        """A contact, and what is done right after it."""
        n, at, owner = life.number, self.sink.moment(life.times[number]), self.owner(life)
        kind, outcome = life.kind(number)
        (note, folded), last = self.note(life, number, kind, outcome), number == CONTACTS - 1 and not life.closed
        public_id = self.sink.public_id()
        inside = outcome is None
        self.sink.add(
            Contact,
            id=self.sink.key("contacts"),
            public_id=public_id,
            case_id=n,
            type=kind,
            direction=ContactDirection.INTERNAL if inside else ContactDirection.OUTBOUND,
            outcome=outcome,
            with_whom=ContactWith.OTHER if inside else ContactWith.INQUIRER,
            person_id=None if inside else 2 * n,
            point_id=2 * n if kind is ContactType.CALL else None,
            at=at,
            logged_at=at,
            minutes=3 + (life.luck + number * 7) % 35 if outcome is ContactOutcome.REACHED else None,
            note=note,
            note_folded=folded,
            note_of_id=None if inside else 2 * n,
            next_step=self.step(life) if last else "",
            by_id=owner.id,
        )
        facts = {"who": "Other" if inside else self.names(life).whole, "type": kind.label, "at": at.isoformat(), "words": note}
        if not inside:
            facts |= {"direction": ContactDirection.OUTBOUND.label, "outcome": outcome.label}
        self.sink.tell("contact.noted" if inside else "contact.logged", at, owner.id, ("contacts", str(public_id)), n, **facts)
        if life.crisis and (number == CONTACTS - 1):
            self.sink.tell("case.crisis", at, owner.id, ("cases", life.case), n, answer=DangerAnswer.NOT_SURE.label)
        old = CaseStage.INQUIRY
        for stage, after in life.moves():
            if after == number:
                self.reach(life, stage, at)
                self._move(life, old, stage, at)
                self.sink.tell("case.moved", at, owner.id, ("cases", life.case), n, old=old.label, new=stage.label, why="")
            old = stage

    def close(self, life: Life) -> None:
        """The case is closed."""
        at, owner = self.sink.moment(life.closed), self.owner(life)
        self._move(life, life.stage, CaseStage.CLOSED, at, life.ending().label)
        if life.stage is CaseStage.FOLLOW_UP:
            self.end_follow_up(life, at)
        facts = {"reason": life.ending().label, "summary": self.summary(life)}
        self.sink.tell("case.closed", at, owner.id, ("cases", life.case), life.number, **facts)
