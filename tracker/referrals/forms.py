"""What may be said about a referral."""

from collections.abc import Collection

from wtforms import HiddenField

from tracker.cases.models import Case
from tracker.cases.step_fields import StepFields
from tracker.forms import AtMost, Choose, Day, Form, LongText, Needed, OneOf, Pick, SomeOf, Tick
from tracker.referrals.hearing import Hearing
from tracker.referrals.models import Referral
from tracker.referrals.sharing import Line
from tracker.referrals.telling import PROPOSED, Heard
from tracker.referrals.words import (
    DischargeType,
    Handoff,
    LocSource,
    ReasonCancelled,
    ReasonFailed,
    ReasonOnHold,
    ReasonRejected,
    Share,
    StatusSetBy,
)
from tracker.words import Words


class ReferForm(Form):
    """One program, how, what is told, and when to check back."""

    program = HiddenField("Program")
    handoff = Choose("How", Handoff, needed="Choose how.", default=Handoff.PHONE_TOGETHER)
    share = SomeOf("Would share", Share)
    notes = LongText("Note to share", limit=1000)
    loc_source = Choose("Where the kind of care comes from", LocSource, needed="Choose where it comes from.", default=LocSource.STAFF_SEARCH_TERM)
    check_back_on = Day("Check back", needed="Enter when to check back.")

    def offer(self, lines: Collection[Line], fax: bool) -> None:
        """Offer the lines that can be told, in the words that would leave, and fax only where there is one."""
        self.share.choices = [(line.share.value, line.words) for line in lines]
        if not fax:
            self.handoff.choices = [choice for choice in self.handoff.choices if choice[0] != Handoff.FAX.value]


REASONS: dict[Heard, type[Words]] = {
    Heard.NOT_A_FIT: ReasonRejected,
    Heard.DID_NOT_START: ReasonFailed,
    Heard.PAUSED: ReasonOnHold,
    Heard.DECLINED: ReasonCancelled,
}
DAYS = {
    Heard.ACCEPTED: "Starts on",
    Heard.WAITLIST: "Until about",
    Heard.PLACE_OFFERED: "Offered for",
    Heard.STARTED: "Started on",
    Heard.PAUSED: "Until about",
    Heard.ENDED: "Ended on",
}
DAY_LEFT_OUT = (Heard.ACCEPTED, Heard.WAITLIST, Heard.PAUSED)


class AnswerForm(StepFields):
    """What was told about a referral, by whom, and what happens next. It shows only what the answer needs."""

    heard = HiddenField("What they said", validators=[Needed("Choose what they said."), AtMost(40)])
    told_by = OneOf("Who told us", StatusSetBy, needed="Choose who told us.", only=[who for who in StatusSetBy if who is not StatusSetBy.STAFF])
    day = Day("Day")
    reason = Pick("Why")
    discharge_type = Choose("How it ended", DischargeType)
    started_on = Day("Started on")
    never_admitted = Tick("They were never admitted; the start was told wrongly")
    note = LongText("Note", limit=2000)

    def answer(self, heard: Heard, referral: Referral) -> None:
        """Make the form the one for an answer; the fields it does not need are taken out."""
        self.heard.data = heard.value
        words = REASONS.get(heard)
        if words:
            offered = [word for word in words if word is not ReasonRejected.NO_CAPACITY]
            self.reason.choices = [("", "Choose"), *((word.value, word.label) for word in offered)]
        if heard in DAYS:
            self.day.label.text = DAYS[heard]
        if heard is Heard.IN_ERROR:
            self.told_by.choices = [(StatusSetBy.STAFF.value, StatusSetBy.STAFF.label), *self.told_by.choices]
        if referral.shares_nothing:
            self.told_by.choices = [choice for choice in self.told_by.choices if choice[0] != StatusSetBy.PROVIDER.value]
        unneeded = {
            "reason": words is None,
            "day": heard not in DAYS,
            "discharge_type": heard is not Heard.ENDED,
            "started_on": heard is not Heard.ENDED or referral.admitted_on is not None,
            "never_admitted": heard is not Heard.DID_NOT_START or referral.admitted_on is None,
        }
        for name in [name for name, is_so in unneeded.items() if is_so]:
            del self._fields[name]

    def propose(self, heard: Heard, referral: Referral, case: Case) -> None:
        """Propose the next step that usually follows."""
        who = case.main_contact.called
        self.step.data = PROPOSED[heard].format(who=who, program=referral.program.name)[:300]
        if heard is Heard.STARTED and referral.admitted_on and "day" in self._fields:
            self.day.data = None
        if heard is Heard.IN_ERROR:
            self.told_by.data = StatusSetBy.STAFF

    def to_hearing(self, heard: Heard) -> Hearing:
        """What the form says."""
        said = {name: self._fields[name].data for name in ("day", "discharge_type", "started_on", "never_admitted") if name in self._fields}
        reason = REASONS[heard](self.reason.data) if heard in REASONS and self.reason.data else None
        return Hearing(heard=heard, told_by=self.told_by.data, reason=reason, note=self.note.data or "", **said)
