"""The call, in the order in which it is spoken."""

from typing import Any

from flask import current_app
from wtforms import ValidationError

from tracker.cases.step_fields import StepFields
from tracker.forms import Choose, Email, Form, LongText, OneOf, Phone, SomeOf, Text, Tick, TimeOfDay
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
    Urgency,
    UseContext,
    Want,
)
from tracker.library.words import RiskFactor
from tracker.people.models import AgeBand
from tracker.words import Words

ROWS = (1, 2, 3)  # substances that one call can name
ASKED = [answer for answer in DangerAnswer if answer is not DangerAnswer.NOT_ASKED]
DATA = [InquiryDisposition.INFORMATION_ONLY, InquiryDisposition.REFERRAL_GIVEN, InquiryDisposition.CRISIS_HANDLED, InquiryDisposition.CALLBACK_REQUESTED, InquiryDisposition.TRANSFERRED]
NO_CASE = [one for one in InquiryDisposition if one.note.startswith("non-data")]


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

    shared_with = Text("Who else uses this phone or hears it?")
    best_from = TimeOfDay("Safe from")
    best_until = TimeOfDay("Safe until")
    email = Email("E-mail", limit=254)
    address = Text("Postal address", limit=300)
    second_phone = Phone("Second phone", limit=40)
    zip_code = Text("ZIP code", limit=10)
    language = Choose("Language", Language, blank="English")
    channel = Choose("How it came", InquiryChannel, blank="Phone call")
    unattended = Tick("It came in unattended: leave it for whoever takes it")
    urgency = Choose("Urgency", Urgency, blank="Not said")
    how_heard = Choose("How they heard of us", HowHeard, blank="Not said")
    signs = SomeOf("What the family mentions", ReportedSign)
    background = SomeOf("Background the family mentions", RiskFactor)
    reported_by = Choose("Who said so", ReportedBy, blank="The caller")
    disposition = Choose("What became of it", InquiryDisposition, blank="Information given", only=DATA)

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
        "shared_with best_from best_until email address second_phone zip_code language channel unattended urgency how_heard signs background reported_by "
        "substance1 context1 by1 substance2 context2 by2 substance3 context3 by3 disposition"
    ).split()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.relation.choices = [("", "Choose"), *[(word.value, words) for word, words in ABOUT.items()]]

    def validate_zip_code(self, field: Any) -> None:
        """Five figures, with or without the four behind them."""
        if field.data and not field.data.replace("-", "").isdigit():
            raise ValidationError("Enter a ZIP code, like 43215.")

    def validate_best_until(self, field: Any) -> None:
        """Hours run within one day."""
        if field.data and self.best_from.data and field.data <= self.best_from.data:
            raise ValidationError("Enter an hour after the first one.")

    @property
    def more_is_used(self) -> bool:
        """Whether something under More was answered or refused, so that it stays open."""
        return any(self[name].errors or (self[name].data and name not in ("language", "channel")) for name in self.MORE)

    def told(self) -> Told:
        """What was said, as the actions take it."""
        return Told(
            channel=self.channel.data or InquiryChannel.PHONE_INBOUND, phone=self.phone.e164, phone_typed=self.phone.data or "", extension=self.phone.extension,
            second_phone=self.second_phone.e164, second_typed=self.second_phone.data or "", email=self.email.data or "", address=self.address.data or "",
            name=self.name.data or "", danger=self.danger.data or DangerAnswer.NOT_ASKED, marks=self.marks.data, relation=self.relation.data or InquirerRelationship.UNKNOWN,
            person_name=self.person_name.data or "", age_band=self.age_band.data, words=self.words.data or "", wants=self.wants.data, reach=self.reach.data,
            shared_with=self.shared_with.data or None, best_from=self.best_from.data, best_until=self.best_until.data, zip_code=(self.zip_code.data or "")[:5] or None,
            language=(self.language.data or Language.ENGLISH).value, urgency=self.urgency.data, how_heard=self.how_heard.data, signs=self.signs.data,
            background=self.background.data, reported_by=self.reported_by.data, substances=self._substances(),
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
