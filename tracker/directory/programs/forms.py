"""What may be said about a program."""

from typing import Any

from wtforms import Form as PlainForm
from wtforms import SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from tracker import places
from tracker.directory.programs.actions import ProgramFacts
from tracker.directory.programs.models import Program
from tracker.directory.programs.queries import LANGUAGES
from tracker.directory.programs.words import (
    CapacityStatus,
    CareAttribute,
    LevelOfCare,
    NarrLevel,
    Payment,
    ProgramStatus,
    Serves,
    VerifiedHow,
)
from tracker.forms import Choose, Form, LongText, OneOf, Phone, SomeOf, Text, Tick
from tracker.templating import show_phone

TOLD = [status for status in CapacityStatus if status is not CapacityStatus.UNKNOWN]
FIRST_LANGUAGES = ("en", "es", "ase")


class Whole(Text):
    """A whole number from 0 to `most`; `.number` holds it, or None."""

    number: int | None = None

    def __init__(self, label: str, most: int = 999, **more: Any) -> None:
        super().__init__(label, limit=10, **more)
        self.most = most

    def post_validate(self, form: PlainForm, validation_stopped: bool) -> None:
        """Read the digits."""
        self.number = None
        if validation_stopped or not self.data:
            return
        if not (self.data.isascii() and self.data.isdigit() and int(self.data) <= self.most):
            raise ValidationError(f"{self.label.text}: enter a number up to {self.most}.")
        self.number = int(self.data)


class SomeLanguages(SelectMultipleField):
    """Languages by their tags, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class ProgramForm(Form):
    """A program, whose it is, and where."""

    provider = Text("Organization", needed="Enter whose program it is.")
    name = Text("Name of the program", needed="Enter the name of the program.")
    level_of_care = Choose("Kind of care, as the program says", LevelOfCare, needed="Choose the kind of care.")
    narr_level = Choose("Type of residence (NARR)", NarrLevel, blank="Not a residence")
    runs = OneOf("Does it run now?", ProgramStatus, needed="Choose whether it runs now.", default=ProgramStatus.ACTIVE)
    payments = SomeOf("Payment it takes", Payment)
    attributes = SomeOf("What else is true", CareAttribute)
    serves = SomeOf("Only for", Serves)
    serves_note = Text("Who it is for, in their words", limit=300)
    age_from = Whole("Youngest age", most=120)
    age_to = Whole("Oldest age", most=120)
    languages = SomeLanguages("Languages spoken", choices=[])
    phone = Phone("Intake phone", needed="Enter the intake phone.")
    fax = Phone("Fax")
    website = Text("Website", limit=300)
    address = Text("Street and number", limit=300)
    zip_code = Text("ZIP", needed="Enter the ZIP.", limit=10)
    address_confidential = Tick("Keep the address confidential (shelters, recovery homes)")
    coi_disclosure = LongText("Any tie between us and them", limit=2000)
    alert = Text("Short-term notice", limit=300)
    notes = LongText("Notes for staff", limit=4000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rest = [tag for tag in LANGUAGES if tag not in FIRST_LANGUAGES]
        self.languages.choices = [(tag, LANGUAGES.get(tag, tag)) for tag in (*FIRST_LANGUAGES, *rest)]
        if not self.is_submitted() and not self.languages.data:
            self.languages.data = ["en"]

    def validate_zip_code(self, field: Text) -> None:
        """A ZIP that exists: distance is counted from its middle."""
        if field.data and places.place(field.data) is None and places.load().zips:
            raise ValidationError("Enter a ZIP that exists, like 53703.")

    @classmethod
    def of(cls, program: Program) -> "ProgramForm":
        """The form as a program stands."""
        form = cls(obj=program)
        if not form.is_submitted():
            form.provider.data, form.website.data = program.provider.name, program.provider.website
            form.coi_disclosure.data = program.provider.coi_disclosure
            for name in ("address", "zip_code", "address_confidential"):
                form[name].data = getattr(program.site, name)
            form.phone.data, form.fax.data = show_phone(program.phone), show_phone(program.fax)
            form.age_from.data, form.age_to.data = (str(age) if age is not None else "" for age in (program.age_from, program.age_to))
            form.runs.data, form.version.data = program.status, str(program.version)
        return form

    def to_facts(self) -> ProgramFacts:
        """What the form says."""
        texts = ("provider", "name", "website", "serves_note", "address", "coi_disclosure", "alert", "notes")
        plain = self.facts("level_of_care", "narr_level", "address_confidential")
        return ProgramFacts(
            **{name: value or "" for name, value in self.facts(*texts).items()},
            **plain,
            status=self.runs.data,
            zip_code=(self.zip_code.data or "")[:5],
            payments=tuple(self.payments.data),
            attributes=tuple(self.attributes.data),
            serves=tuple(self.serves.data),
            languages=tuple(self.languages.data or ()),
            age_from=self.age_from.number,
            age_to=self.age_to.number,
            phone=self.phone.e164 or "",
            fax=self.fax.e164 or "",
        )


class ConfirmForm(Form):
    """How the facts were confirmed, and what was said about places. No word about anybody is said there."""

    how = OneOf("How", VerifiedHow, needed="Choose how you confirmed it.")
    note = Text("Spoke with", limit=300)
    places = OneOf("Places now", CapacityStatus, only=TOLD)
    available = Whole("Places open")
    maximum = Whole("Places in all")
    wait_days = Whole("Wait in days")
