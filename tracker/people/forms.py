"""What may be said about a family, its people, and the ways to reach them."""

from datetime import time
from typing import Any

from wtforms import Form as PlainForm
from wtforms import SelectField, ValidationError

from tracker.forms import Choose, Email, Form, LongText, OneOf, Phone, Text, Tick, TimeOfDay, ZipCode
from tracker.people.models import AgeBand, ContactPoint, Family, Kinship, Person, PointKind, VoicemailRule
from tracker.people.rules import Rules

# Zones of the United States as people name them; a family elsewhere keeps its own.
ZONES = {
    "America/New_York": "Eastern (New York)",
    "America/Detroit": "Eastern (Detroit)",
    "America/Indiana/Indianapolis": "Eastern (Indianapolis)",
    "America/Chicago": "Central (Chicago)",
    "America/Denver": "Mountain (Denver)",
    "America/Boise": "Mountain (Boise)",
    "America/Phoenix": "Arizona (Phoenix, no summer time)",
    "America/Los_Angeles": "Pacific (Los Angeles)",
    "America/Anchorage": "Alaska (Anchorage)",
    "Pacific/Honolulu": "Hawaii (Honolulu)",
    "America/Puerto_Rico": "Atlantic (Puerto Rico)",
}
# BCP 47; the list is open, a language that stands already is always offered.
LANGUAGES = {
    "en-US": "English", "es": "Spanish", "zh-Hans": "Chinese (simplified)", "vi": "Vietnamese", "tl": "Tagalog", "ko": "Korean",
    "ar": "Arabic", "fr": "French", "ht": "Haitian Creole", "pt-BR": "Portuguese", "pl": "Polish", "ru": "Russian", "ase": "American Sign Language",
}  # fmt: skip


class Listed(SelectField):
    """One of a list of codes; a code that stands already is offered even when the list does not have it."""

    def __init__(self, label: str, known: dict[str, str], blank: str = "", **more: Any) -> None:
        super().__init__(label, choices=[], validate_choice=True, **more)
        self.known, self.blank = known, blank

    def offer(self, standing: str | None) -> None:
        """Set the choices; call it before the form is shown or validated."""
        more = {standing: standing} if standing and standing not in self.known else {}
        first = [("", self.blank)] if self.blank else []
        self.choices = [*first, *self.known.items(), *more.items()]

    def pre_validate(self, form: PlainForm) -> None:
        """Only what is offered."""
        if self.data not in {code for code, _ in self.choices}:
            raise ValidationError("Choose one of those shown.")


class FamilyForm(Form):
    """The family as a whole."""

    name = Text("Family name", limit=120)
    zip_code = ZipCode("ZIP", limit=10)
    zone = Listed("Time zone", ZONES, blank="Guess it from ZIP or area code")
    language = Listed("Language", LANGUAGES)
    interpreter_needed = Tick("An interpreter is needed")

    def offer(self, family: Family) -> None:
        """Offer zones and languages, the standing ones among them."""
        self.zone.offer(family.zone)
        self.language.offer(family.language)

    def fill(self, family: Family) -> None:
        """Put what stands into a form that is opened."""
        self.name.data, self.zip_code.data = family.name, family.zip_code
        self.zone.data = "" if family.zone_guessed else family.zone
        self.language.data, self.interpreter_needed.data = family.language, family.interpreter_needed
        self.version.data = str(family.version)

    def told(self) -> list[tuple[str, str]]:
        """What stands in the form, as labelled texts."""
        return [
            ("Family name", self.name.data or ""), ("ZIP", self.zip_code.data or ""), ("Time zone", self.zone.data or "guessed"),
            ("Language", self.language.data or ""), ("Interpreter", "needed" if self.interpreter_needed.data else "not needed"),
        ]  # fmt: skip


class PersonForm(Form):
    """Somebody of the family; nobody must give a name."""

    first_name = Text("First name, as they say it", limit=120)
    last_name = Text("Last name", limit=120)
    kinship = Choose("To the loved one they are", Kinship, blank="Not known")
    age_band = Choose("About how old", AgeBand, blank="Not known")
    pronouns = Text("Pronouns", limit=120)
    about = Text("About them, in a line", limit=300)
    language = Listed("Language", LANGUAGES, blank="The family’s")
    zone = Listed("Time zone", ZONES, blank="The family’s")

    def offer(self, person: Person | None = None) -> None:
        """Offer zones and languages, the standing ones among them."""
        self.language.offer(person.language if person else None)
        self.zone.offer(person.zone if person else None)

    def fill(self, person: Person, kinship: Kinship | None) -> None:
        """Put what stands into a form that is opened."""
        for name in ("first_name", "last_name", "age_band", "pronouns", "about"):
            self[name].data = getattr(person, name)
        self.language.data, self.zone.data, self.kinship.data = person.language or "", person.zone or "", kinship
        self.version.data = str(person.version)

    def told(self) -> list[tuple[str, str]]:
        """What stands in the form, as labelled texts."""
        return told_person(*(self[name].data for name in PERSON_FIELDS))


PERSON_FIELDS = ("first_name", "last_name", "age_band", "pronouns", "about", "language", "zone")


def told_person(*values: Any) -> list[tuple[str, str]]:
    """A person's fields as labelled texts, to be read beside another's: the values in the order of PERSON_FIELDS."""
    labels = ("First name", "Last name", "About how old", "Pronouns", "About them", "Language", "Time zone")
    return [(label, getattr(value, "label", value) or "") for label, value in zip(labels, values, strict=True)]


class RulesForm(Form):
    """The rules of one way of reaching somebody; hours are on their clock."""

    ok_to_call = Tick("Calls are safe")
    ok_to_text = Tick("Texts are safe")
    ok_to_write = Tick("Writing is safe")
    wants_file = Tick("They asked for files by e-mail")
    voicemail_rule = OneOf("Voicemail", VoicemailRule, default=VoicemailRule.NONE)
    discreet = Tick("Discreet: first name only, do not name the organization", default=True)
    best_from = TimeOfDay("From")
    best_until = TimeOfDay("Until")
    is_shared = Tick("Somebody else uses it too")
    shared_with = Text("Who", limit=120)
    note = Text("What else to mind", limit=300)
    confirmed = Tick("They said so themselves, just now")

    def fill(self, point: ContactPoint) -> None:
        """Put the rules that stand into a form that is opened."""
        for name in RULES:
            self[name].data = getattr(point, name)
        self.version.data = str(point.version)

    def to_rules(self) -> Rules:
        """The rules that were said; nothing ticked means not allowed."""
        said = {name: self[name].data for name in RULES}
        said["voicemail_rule"] = said["voicemail_rule"] or VoicemailRule.NONE
        said["is_shared"] = bool(said["is_shared"] or said["shared_with"])
        return Rules(**{name: said[name] or None if name in ("shared_with", "note") else said[name] for name in RULES})

    def told(self) -> list[tuple[str, str]]:
        """What stands in the form, as labelled texts."""
        return told_rules(self.to_rules())


RULES = (
    "ok_to_call", "ok_to_text", "ok_to_write", "wants_file", "voicemail_rule", "discreet", "best_from", "best_until", "is_shared", "shared_with", "note",
)  # fmt: skip


def told_rules(rules: Rules) -> list[tuple[str, str]]:
    """Rules as labelled texts, to be read beside others."""

    def yes(value: bool) -> str:
        return "yes" if value else "no"

    return [
        ("Calls", yes(rules.ok_to_call)), ("Texts", yes(rules.ok_to_text)), ("Writing", yes(rules.ok_to_write)), ("Files by e-mail", yes(rules.wants_file)),
        ("Voicemail", rules.voicemail_rule.label), ("Discreet", yes(rules.discreet)), ("From", _hour(rules.best_from)), ("Until", _hour(rules.best_until)),
        ("Shared", (rules.shared_with or "yes") if rules.is_shared else "no"), ("Note", rules.note or ""),
    ]  # fmt: skip


def _hour(at: time | None) -> str:
    return at.strftime("%H:%M") if at else ""


class WayForm(RulesForm):
    """A new way of reaching somebody, with its rules."""

    kind = OneOf("What it is", PointKind, default=PointKind.PHONE, needed="Choose what it is.")
    phone = Phone("Phone number", limit=40)
    email = Email("E-mail address", limit=254)
    post = LongText("Postal address", limit=300)


class AgainForm(Form):
    """How we know that somebody wants to be in touch again."""

    why = Text("How you know", needed="Enter how you know that they want to be contacted.", limit=300)
