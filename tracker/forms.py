"""The form every form grows from, and the fields that rooms share.

A field never rewrites what a person typed: on an error the same words come back, with one sentence beside them.
"""

import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from typing import Any, Self, TypeVar

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms import Form as PlainForm
from wtforms.validators import Optional, StopValidation
from wtforms.widgets import CheckboxInput, DateInput, EmailInput, ListWidget, TelInput, TimeInput

from tracker.moves import Refused
from tracker.words import Words

Word = TypeVar("Word", bound=Words)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


class Needed:
    """The field must be answered; the sentence says what to do, in the label's words."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        self.field_flags = {"needed": True}

    def __call__(self, _form: PlainForm, field: Field) -> None:
        if field.data in (None, "", []):
            field.errors = [e for e in field.errors if e]
            raise StopValidation(self.sentence if not field.errors else None)


class AtMost:
    """No more than so many characters; says how many there are."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.field_flags = {"maxlength": limit}

    def __call__(self, _form: PlainForm, field: Field) -> None:
        if field.data and len(field.data) > self.limit:
            raise StopValidation(f"{field.label.text}: {len(field.data):,} characters are more than the {self.limit:,} that fit.")


def _stripped(text: Any) -> Any:
    return text.strip().replace("\r\n", "\n") if isinstance(text, str) else text


def _plain(_form: PlainForm, field: Field) -> None:
    if isinstance(field.data, str) and CONTROL.search(field.data):
        raise StopValidation(f"{field.label.text}: there is a character in it that cannot be kept. Type it again without it.")


class _Texts:
    """What text-like fields share: stripped, no control characters, a length that fits the column."""

    def __init__(self, label: str, needed: str = "", limit: int = 120, **more: Any) -> None:
        checks: list[Any] = [Needed(needed)] if needed else [Optional()]
        super().__init__(label, validators=[*checks, _plain, AtMost(limit), *more.pop("validators", [])], filters=[_stripped], **more)


class Text(_Texts, StringField):
    """One line of text; `needed` is the sentence when it is empty, `limit` its length in characters."""


class LongText(_Texts, TextAreaField):
    """Several lines of text."""

    def __init__(self, label: str, needed: str = "", limit: int = 8000, **more: Any) -> None:
        super().__init__(label, needed, limit, **more)


class Phone(_Texts, StringField):
    """A phone number in any spelling; `.e164` holds it as +15551234567 and `.extension` its extension."""

    widget = TelInput()
    e164: str | None = None
    extension: str = ""

    def post_validate(self, form: PlainForm, validation_stopped: bool) -> None:
        self.e164 = None
        if validation_stopped or not self.data:
            return
        try:
            number = phonenumbers.parse(self.data, current_app.config["WAYPOINT"].phone_region)
        except phonenumbers.NumberParseException:
            number = None
        if number is None or not phonenumbers.is_possible_number(number):
            raise ValidationError("Enter a phone number, like (614) 555-0142.")
        self.e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        self.extension = number.extension or ""


ZIP = re.compile(r"[0-9]{5}(-[0-9]{4})?")


class ZipCode(_Texts, StringField):
    """A ZIP code of the United States, with or without the four figures behind it; elsewhere whatever is written on letters there."""

    def post_validate(self, form: PlainForm, validation_stopped: bool) -> None:
        if not validation_stopped and self.data and current_app.config["WAYPOINT"].phone_region == "US" and not ZIP.fullmatch(self.data):
            raise ValidationError("Enter a ZIP code, like 43215.")


class Email(_Texts, StringField):
    """An e-mail address; look-alike domains stay visible in their xn-- form."""

    widget = EmailInput()

    def post_validate(self, form: PlainForm, validation_stopped: bool) -> None:
        if validation_stopped or not self.data:
            return
        try:
            found = validate_email(self.data, check_deliverability=False, test_environment=True)
        except EmailNotValidError as cause:
            raise ValidationError("Enter an e-mail address, like denise@example.org.") from cause
        self.data = found.ascii_email or found.normalized


class _Words:
    """What enum fields share: codes in, members out."""

    def __init__(self, label: str, words: type[Word], needed: str = "", only: Sequence[Word] | None = None, blank: str = "", **more: Any) -> None:
        self.words = words
        offered = list(words) if only is None else list(only)
        choices: list[tuple[str, str]] = [("", blank)] if blank else []
        choices += [(word.value, word.label) for word in offered]
        checks: list[Any] = [Needed(needed)] if needed else [Optional()]
        super().__init__(label, coerce=self._member, validators=checks, **more)
        self.choices = choices

    def _member(self, code: Any) -> Any:
        if code in (None, ""):
            return None
        return self.words(code)


class OneOf(_Words, RadioField):
    """One member of an enum, as radio buttons."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if valuelist and valuelist[0]:
            try:
                self.data = self._member(valuelist[0])
            except ValueError as cause:
                raise ValueError("Choose one of the answers shown.") from cause

    def pre_validate(self, form: PlainForm) -> None:
        if self.data is not None and self.data.value not in {code for code, _ in self.choices}:
            raise ValidationError("Choose one of the answers shown.")


class Choose(OneOf):
    """One member of an enum, as a drop-down list (for long lists); `blank` is the text of the empty choice."""

    widget = SelectField.widget

    def iter_choices(self) -> Iterable[Any]:
        return SelectField.iter_choices(self)

    def __init__(self, label: str, words: type[Word], needed: str = "", blank: str = "Choose", **more: Any) -> None:
        super().__init__(label, words, needed, blank=blank, **more)


class SomeOf(_Words, SelectMultipleField):
    """Any number of members of an enum, as check boxes; data is a list."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def process_data(self, value: Any) -> None:
        self.data = list(value or [])

    def process_formdata(self, valuelist: list[str]) -> None:
        try:
            self.data = [self.words(code) for code in dict.fromkeys(valuelist) if code]
        except ValueError as cause:
            self.data = []
            raise ValueError("Choose among the answers shown.") from cause

    def pre_validate(self, form: PlainForm) -> None:
        if not {word.value for word in self.data} <= {code for code, _ in self.choices}:
            raise ValidationError("Choose among the answers shown.")


class Pick(SelectField):
    """One of a few given rows (people of the case, colleagues), by public id; never an option per case or family."""

    def __init__(self, label: str, needed: str = "", **more: Any) -> None:
        super().__init__(label, validators=[Needed(needed)] if needed else [Optional()], **more)
        self.choices = []

    def pre_validate(self, form: PlainForm) -> None:
        if self.data and self.data not in {code for code, _ in self.choices}:
            raise ValidationError("Choose one of those shown.")


class PickOne(Pick):
    """The same as radio buttons."""

    widget = RadioField.widget
    option_widget = RadioField.option_widget


class Day(StringField):
    """A date: the native date field sends 2026-11-27; staff without one may type 11/27/2026."""

    widget = DateInput()

    def __init__(self, label: str, needed: str = "", **more: Any) -> None:
        super().__init__(label, validators=[Needed(needed)] if needed else [Optional()], **more)

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else self.data.isoformat() if isinstance(self.data, date) else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        for pattern in ("%Y-%m-%d", "%m/%d/%Y"):
            try:
                day = datetime.strptime(text, pattern).date()
            except ValueError:
                continue
            if 1900 <= day.year <= 2200:
                self.data = day
                return
        raise ValueError("Enter a date, like 11/27/2026.")


class TimeOfDay(StringField):
    """A time on the wall clock: 16:30 or 4:30 PM."""

    widget = TimeInput()

    def __init__(self, label: str, needed: str = "", **more: Any) -> None:
        super().__init__(label, validators=[Needed(needed)] if needed else [Optional()], **more)

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else self.data.strftime("%H:%M") if isinstance(self.data, time) else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip().upper() if valuelist else ""
        self.data = None
        if not text:
            return
        for pattern in ("%H:%M", "%I:%M %p", "%I:%M%p", "%I %p", "%I%p", "%H:%M:%S"):
            try:
                self.data = datetime.strptime(text, pattern).time()
                return
            except ValueError:
                continue
        raise ValueError("Enter a time, like 4:30 PM.")


class Tick(BooleanField):
    """One check box; `needed` is the sentence when it must be ticked and is not."""

    def __init__(self, label: str, needed: str = "", **more: Any) -> None:
        def ticked(_form: PlainForm, field: Field) -> None:
            if needed and not field.data:
                raise StopValidation(needed)

        super().__init__(label, validators=[ticked], **more)


class Form(FlaskForm):
    """A form with its token, a nonce (one press, one effect) and the version of the row that it was opened on."""

    nonce = HiddenField(validators=[AtMost(64)])
    version = HiddenField(validators=[AtMost(20)])

    class Meta(FlaskForm.Meta):
        def render_field(self, field: Field, render_kw: dict[str, Any]) -> Any:
            return super().render_field(field, {"autocomplete": "off", **render_kw})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.nonce.data:
            self.nonce.data = secrets.token_urlsafe(16)

    @property
    def carried_version(self) -> int | None:
        """The version that the form was opened on, or None when it carried none that can be read."""
        text = self.version.data or ""
        return int(text) if isinstance(text, int) or text.isascii() and text.isdigit() and len(text) < 20 else None

    def apart(self, suffix: str) -> Self:
        """Give the fields ids of their own, where a page shows several forms with fields of the same name."""
        for field in self:
            field.id = f"{field.id}-{suffix}"
            if field.label.field_id:
                field.label.field_id = field.id
        return self

    def refuse(self, refused: Refused) -> None:
        """Put a rule's refusal beside its field, or above the form when it stands beside none."""
        target = self._fields.get(refused.field or "")
        if target is None:
            self.form_errors.append(refused.sentence)
        else:
            target.errors = [*target.errors, refused.sentence]

    def facts(self, *names: str) -> dict[str, Any]:
        """The named fields' data: never more than the view asks for (no mass assignment)."""
        return {name: self._fields[name].data for name in names}


Checker = Callable[[PlainForm, Field], None]
