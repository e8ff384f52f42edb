"""The call, in the order in which it is spoken."""

from datetime import date, time, timedelta
from typing import Any

from wtforms import ValidationError

from tracker import clock
from tracker.cases.actions import NextStep
from tracker.cases.step_fields import PICK, QuickDay, StepFields, kind_of
from tracker.forms import CONTROL, Choose, Email, Form, LongText, OneOf, Phone, SomeOf, Text, Tick, TimeOfDay, ZipCode
from tracker.inquiries.told import Told
from tracker.inquiries.words import (
    ABOUT,
    CrisisMark,
    DangerAnswer,
    HowHeard,
    InquirerRelationship,
    InquiryChannel,
    InquiryDisposition,
    Reach,
    ReportedBy,
    ReportedSign,
    Substance,
    UnmetNeedReason,
    Urgency,
    UseContext,
    Want,
)
from tracker.library.words import RiskFactor
from tracker.people.models import AgeBand
from tracker.words import Words

PROPOSED = "Call back and ask how they are"
SOON = "soon"
TEN = time(10)
ROWS = (1, 2, 3)  # substances that one call can name
ASKED = [answer for answer in DangerAnswer if answer is not DangerAnswer.NOT_ASKED]
NO_CASE = [one for one in InquiryDisposition if one.note.startswith("non-data")]
OF_A_CASE = (InquiryDisposition.CASE_OPENED, InquiryDisposition.ADDED_TO_EXISTING_CASE)
DATA = [one for one in InquiryDisposition if one not in NO_CASE and one not in OF_A_CASE]


class Language(Words):
    """Languages we are asked for most, by BCP 47."""

    ENGLISH = "en-US", "English"
    SPANISH = "es", "Spanish"
    CHINESE = "zh-Hans", "Chinese"
    VIETNAMESE = "vi", "Vietnamese"
    SIGN = "ase", "American Sign Language"
    ARABIC = "ar", "Arabic"
    KOREAN = "ko", "Korean"
    RUSSIAN = "ru", "Russian"
    FRENCH = "fr", "French"
    HAITIAN = "ht", "Haitian Creole"
    PORTUGUESE = "pt", "Portuguese"
    SOMALI = "so", "Somali"
    OTHER = "und", "Another"


class SoonOrLater(QuickDay):
    """When a caller is rung back: in an hour, tomorrow at ten, or on a day to pick; the codes are the moments themselves."""

    def offer(self, today: date) -> None:
        """Offer the two that are near, on the writer's calendar."""
        self.choices = [(SOON, "In 1 hour"), ((today + timedelta(days=1)).isoformat(), "Tomorrow 10 AM"), (PICK, "Pick")]

    def pre_validate(self, form: Any) -> None:
        """A form that was opened yesterday still carries yesterday's day."""
        if self.data != SOON:
            super().pre_validate(form)


class InquiryForm(StepFields):
    """New inquiry. Nothing is needed to write; what an ending needs is asked for when it is pressed."""

    phone = Phone("Phone, in case we get cut off", limit=40)
    name = Text("What may I call you?")
    danger = OneOf("Is anyone in danger right now?", DangerAnswer, only=ASKED)
    marks = SomeOf("What was done", CrisisMark)
    relation = Choose("Who are they worried about?", InquirerRelationship, blank="Choose")
    person_name = Text("Their first name")
    age_band = Choose("About how old?", AgeBand, blank="Not known")
    words = LongText("What is happening, in their words", limit=8000)
    wants = SomeOf("What would help most?", Want)
    reach = SomeOf("How can we reach you safely?", Reach)
    shared_with = Text("Phone shared with")
    best_from = TimeOfDay("Safe from")
    best_until = TimeOfDay("Safe until")
    step_on = SoonOrLater("When")

    email = Email("E-mail", limit=254)
    address = Text("Postal address", limit=300)
    second_phone = Phone("Second phone", limit=40)
    zip_code = ZipCode("ZIP code", limit=10)
    language = Choose("Language", Language, blank="English", only=list(Language)[1:])
    channel = Choose("How it came", InquiryChannel, blank="Phone call", only=list(InquiryChannel)[1:])
    unattended = Tick("It came in unattended: leave it for whoever takes it")
    urgency = Choose("Urgency", Urgency, blank="Not said")
    how_heard = Choose("How they heard of us", HowHeard, blank="Not said")
    signs = SomeOf("What the family mentions", ReportedSign)
    background = SomeOf("Background the family mentions", RiskFactor)
    reported_by = Choose("Who said so", ReportedBy, blank="The caller")
    disposition = Choose("What became of it", InquiryDisposition, blank="Information given", only=DATA)
    unmet_need = Choose("A need that could not be met, because of", UnmetNeedReason, blank="None")

    substance1 = Choose("Substance", Substance, blank="None named")
    context1 = Choose("How it is used", UseContext, blank="Not known")
    by1 = Choose("Said by", ReportedBy, blank="The caller")
    substance2 = Choose("Second substance", Substance, blank="None named")
    context2 = Choose("How it is used", UseContext, blank="Not known")
    by2 = Choose("Said by", ReportedBy, blank="The caller")
    substance3 = Choose("Third substance", Substance, blank="None named")
    context3 = Choose("How it is used", UseContext, blank="Not known")
    by3 = Choose("Said by", ReportedBy, blank="The caller")

    MORE = (
        "email address second_phone zip_code language channel unattended urgency how_heard signs background reported_by unmet_need "
        "substance1 context1 by1 substance2 context2 by2 substance3 context3 by3 disposition"
    ).split()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.relation.choices = [("", "Choose"), *[(word.value, words) for word, words in ABOUT.items()]]

    def validate_best_until(self, field: Any) -> None:
        """Hours run within one day."""
        if field.data and self.best_from.data and field.data <= self.best_from.data:
            raise ValidationError("Enter an hour after the first one.")

    @property
    def more_is_used(self) -> bool:
        """Whether something under More was answered or refused, so that it stays open."""
        return any(self[name].errors or (self[name].data and name not in ("language", "channel")) for name in self.MORE)

    @property
    def step_is_as_proposed(self) -> bool:
        """Whether nobody touched the step that the form proposes."""
        return self.step.data == PROPOSED and self.step_on.data == self.step_on.choices[1][0] and not self.step_time.data

    def to_step(self, zone: str, family_zone: str) -> NextStep:
        """The step that was said; "Tomorrow 10 AM" is on the writer's clock, and so is a time that was typed."""
        if self.step_on.data == SOON and self.step.data:
            return NextStep(self.step_kind.data or kind_of(self.step.data), self.step.data, clock.now() + timedelta(hours=1), True)
        if self.step_on.day is not None and self.step_time.data is None:
            self.step_time.data = TEN
        return super().to_step(zone, family_zone)

    def let_pass(self) -> list[str]:
        """In danger nothing keeps a call from being saved: what cannot be read is left out of its field and put under the words.

        Returns:
            labels of what has to be asked again.
        """
        unread = [field for field in self if field.errors and field.name not in ("csrf_token", "nonce", "version")]
        typed = {field: CONTROL.sub("", " ".join(map(str, field.raw_data or []))).strip() for field in unread}
        for field in unread:
            field.process(None)
        if self.words in typed:
            self.words.data = typed.pop(self.words)
        if self.phone in typed:
            self.phone.data = typed[self.phone][:40]
        under = "\n".join(f"{field.label.text}: {text}" for field, text in typed.items() if text)
        self.words.data = f"{self.words.data or ''}\n{under}".strip()
        self.form_errors.clear()
        return [field.label.text for field in typed]

    def told(self) -> Told:
        """What was said, as the actions take it."""
        same = "name person_name words address email".split()
        as_chosen = "age_band marks wants reach best_from best_until urgency how_heard signs background reported_by unmet_need".split()
        return Told(
            **{name: self[name].data or "" for name in same},
            **{name: self[name].data for name in as_chosen},
            channel=self.channel.data or InquiryChannel.PHONE_INBOUND,
            phone=self.phone.e164,
            phone_typed=self.phone.data or "",
            extension=self.phone.extension,
            second_phone=self.second_phone.e164,
            second_typed=self.second_phone.data or "",
            danger=self.danger.data or DangerAnswer.NOT_ASKED,
            relation=self.relation.data or InquirerRelationship.UNKNOWN,
            shared_with=self.shared_with.data or None,
            zip_code=(self.zip_code.data or "")[:5] or None,
            language=(self.language.data or Language.ENGLISH).value,
            substances=self._substances(),
        )

    def _substances(self) -> list[tuple[Substance, UseContext, ReportedBy]]:
        named = []
        for row in ROWS:
            substance, context, by = (self[f"{name}{row}"].data for name in ("substance", "context", "by"))
            if substance:
                named.append((substance, context or UseContext.UNKNOWN, by or ReportedBy.INQUIRER))
        return named


class CloseForm(Form):
    """What became of an inquiry that opens no case."""

    disposition = Choose("What became of it", InquiryDisposition, needed="Choose what became of it.", only=[*DATA, *NO_CASE])
