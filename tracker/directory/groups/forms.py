"""What may be said about a group."""

from typing import Any

from tracker.directory.groups.actions import GroupFacts
from tracker.directory.groups.models import Meeting, SupportGroup
from tracker.directory.meeting_types import AA
from tracker.directory.words import FacilitatorType, Fellowship, GroupAccess, GroupApproach, GroupAudience, MeetingMode
from tracker.forms import Choose, Form, LongText, OneOf, Pick, SomeOf, Text, Tick, TimeOfDay

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ZONES = {
    "America/New_York": "Eastern",
    "America/Detroit": "Eastern, Michigan",
    "America/Indiana/Indianapolis": "Eastern, Indiana",
    "America/Chicago": "Central",
    "America/Denver": "Mountain",
    "America/Boise": "Mountain, Idaho",
    "America/Phoenix": "Arizona, no daylight saving",
    "America/Los_Angeles": "Pacific",
    "America/Anchorage": "Alaska",
    "Pacific/Honolulu": "Hawaii",
    "America/Puerto_Rico": "Puerto Rico",
}
LANGUAGES = {kind.means: kind.name for kind in sorted(AA, key=lambda kind: kind.name) if kind.kind == "language"} | {"ase": "American Sign Language"}
MEETS = [mode for mode in MeetingMode if mode is not MeetingMode.INACTIVE]


class GroupForm(Form):
    """A group with one weekly meeting."""

    name = Text("Name of the group", needed="Enter the name of the group.", limit=255)
    fellowship = Choose("Fellowship", Fellowship, needed="Choose the fellowship, or Other.")
    audiences = SomeOf("Who it is for", GroupAudience)
    access = OneOf("Who may come in", GroupAccess, needed="Choose who may come in, or Unknown.")
    mode = OneOf("How it meets", MeetingMode, needed="Choose how it meets.", only=MEETS)
    weekday = Pick("Day")
    start_local = TimeOfDay("Starts")
    end_local = TimeOfDay("Ends")
    zone = Pick("Time zone", needed="Choose the time zone.")
    location = Text("Place", limit=255)
    address = Text("Street, city, state, ZIP", limit=255)
    postal_code = Text("ZIP", limit=10)
    join_url = Text("Link to join", limit=1000)
    join_url_notes = Text("Password or how to find the link", limit=300)
    join_phone = Text("Phone to join", limit=80)
    languages = Pick("Language")
    step_free = Tick("Step-free")
    childcare = Tick("Childcare")
    proof_of_attendance = Tick("Gives proof of attendance")
    medication_friendly = Tick("Welcomes people who take medication for opioid use")
    approach = Choose("Approach", GroupApproach, blank="As the fellowship has it")
    facilitator = Choose("Who leads", FacilitatorType, blank="Not said")
    cost = Text("Cost")
    website = Text("Website", limit=1000)
    notes = LongText("Notes for staff", limit=4000)
    confirmed = Tick("Confirmed with the group today")

    def __init__(self, *args: Any, zone: str = "America/New_York", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.weekday.choices = [("", "By appointment"), *((str(iso), day) for iso, day in enumerate(DAYS, start=1))]
        self.zone.choices = [(name, f"{words} ({name})") for name, words in ZONES.items()]
        if self.zone.data and self.zone.data not in ZONES and not self.is_submitted():
            self.zone.choices.insert(0, (self.zone.data, self.zone.data))
        if not self.zone.data:
            self.zone.data = zone if zone in ZONES else "America/New_York"
        self.languages.choices = [("", "Not said"), *((tag, name) for tag, name in LANGUAGES.items() if isinstance(tag, str))]

    @classmethod
    def of(cls, group: SupportGroup, meeting: Meeting) -> "GroupForm":
        """The form as a group stands."""
        form = cls(obj=meeting, zone=meeting.zone)
        if not form.is_submitted():
            for name in ("fellowship", "approach", "facilitator", "medication_friendly", "cost", "website", "name"):
                form[name].data = getattr(group, name)
            form.weekday.data = str(meeting.weekday or "")
            form.languages.data = meeting.languages[0] if meeting.languages else ""
            form.version.data = group.version
        return form

    def to_facts(self) -> GroupFacts:
        """What the form says."""
        plain = self.facts(
            "name", "fellowship", "access", "mode", "zone", "start_local", "end_local", "approach", "facilitator", "medication_friendly",
            "step_free", "childcare", "proof_of_attendance",
        )  # fmt: skip
        words = ("cost", "website", "location", "address", "postal_code", "join_url", "join_url_notes", "join_phone", "notes")
        spoken: dict[str, Any] = {name: value or "" for name, value in self.facts(*words).items()}
        return GroupFacts(
            weekday=int(self.weekday.data) if self.weekday.data else None,
            audiences=tuple(self.audiences.data or ()),
            languages=(self.languages.data,) if self.languages.data else (),
            **plain,
            **spoken,
        )


class ConfirmForm(Form):
    """How a listing was confirmed."""

    note = Text("How you know", limit=300)

    @classmethod
    def for_each(cls, meetings: list[Meeting], filled: "ConfirmForm | None" = None, of: Meeting | None = None) -> list["ConfirmForm"]:
        """A form for each meeting of a page, with ids of its own; `filled` stands where `of` does."""
        forms = [filled if filled and meeting is of else cls(formdata=None) for meeting in meetings]
        for number, form in enumerate(forms):
            for field in form:
                field.id = f"{field.id}-{number}"
        return forms
