"""What may be said about a consent."""

from collections.abc import Sequence
from typing import Any

from wtforms import SelectMultipleField, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from tracker.consents.actions import ConsentFacts
from tracker.consents.words import ConsentType, DisclosurePurpose, InfoCategory, SignatureMethod, SignerCapacity
from tracker.directory.programs.models import Program
from tracker.forms import Choose, Day, Form, LongText, OneOf, Pick, SomeOf, Text, Tick
from tracker.people.models import Person
from tracker.words import Words

ELSE = "else"
# Single TPO consents belong to organizations that are subject to Part 2; both ways is asked for as two separate choices.
ASKED = [kind for kind in ConsentType if kind not in (ConsentType.TPO_SINGLE, ConsentType.ROI_MUTUAL)]


class Said(Words):
    """What they said."""

    AGREED = "agreed", "They agree"
    DECLINED = "declined", "They decline"


class SomePrograms(SelectMultipleField):
    """Programs by their ids, as check boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def pre_validate(self, form: Any) -> None:
        """Only those shown."""
        if not set(self.data or []) <= {code for code, _ in self.choices}:
            raise ValidationError("Choose among the programs shown.")


class ConsentForm(Form):
    """What somebody agreed to or declined, with the elements of 42 CFR 2.31(a)."""

    subject = Pick("Whose information", needed="Choose whose information it is about.")
    types = SomeOf("What about", ConsentType, needed="Choose what it is about.", only=ASKED)
    they_said = OneOf("What they said", Said, needed="Choose what they said.", default=Said.AGREED)
    giver = Pick("Signed by")
    signer_capacity = OneOf("Signed as", SignerCapacity)
    signer_name = Text("Name as signed")
    signature_method = OneOf("How", SignatureMethod)
    signed_on = Day("Date signed")
    evidence = LongText("Where it is kept, and what shows the signer's right", limit=2000)
    programs = SomePrograms("To whom", choices=[])
    recipients_text = Text("Others, as written", limit=300)
    info_categories = SomeOf("What information", InfoCategory)
    info_text = LongText("In their words", limit=2000)
    purpose = Choose("Why", DisclosurePurpose)
    purpose_text = Text("More about why", limit=300)
    revocation_told = Tick("They were told that they may withdraw it at any time, and how")
    expires_on = Day("Last day")
    expires_event = Text("Or until what happens", limit=300)

    def offer(self, people: Sequence[Person], programs: Sequence[Program]) -> None:
        """Offer the people of the family and the programs that may be named."""
        living = [(str(person.public_id), person.name) for person in people if person.died_at is None]
        self.subject.choices = living
        self.giver.choices = [*living, (ELSE, "Somebody else")]
        self.programs.choices = [(str(program.public_id), program.name) for program in programs]

    def to_facts(self, people: Sequence[Person], programs: Sequence[Program]) -> ConsentFacts:
        """What the form says."""
        giver = next((person for person in people if str(person.public_id) == self.giver.data), None)
        texts = ("evidence", "info_text", "recipients_text", "purpose_text", "expires_event")
        return ConsentFacts(
            types=tuple(self.types.data),
            declined=self.they_said.data is Said.DECLINED,
            giver=giver,
            signer_name=self.signer_name.data or (giver.name if giver and (giver.first_name or giver.last_name) else ""),
            info_categories=tuple(self.info_categories.data),
            programs=[program for program in programs if str(program.public_id) in (self.programs.data or [])],
            **self.facts("signer_capacity", "signature_method", "signed_on", "purpose", "revocation_told", "expires_on"),
            **{name: value or "" for name, value in self.facts(*texts).items()},
        )


class WithdrawForm(Form):
    """Who withdrew it, and how."""

    words = Text("Who said it, and how", needed="Enter who said it, and how.", limit=300)


class ErrorForm(Form):
    """Why it was never so."""

    words = Text("What was wrong", needed="Enter what was wrong.", limit=300)
