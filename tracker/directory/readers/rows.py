"""What every reader of meetings hands on: a row, a refusal with its reason, or a whole file that cannot be read."""

from dataclasses import dataclass
from datetime import date, datetime, time

from tracker.directory.words import Fellowship, GroupAccess, GroupAudience, GroupFormat, MeetingMode, MeetingStatus

LARGEST_FILE = 20 * 2**20
UNSAID_MINUTES = 60  # no end time means one hour (Meeting Guide)


class Unreadable(Exception):
    """A file that cannot be read as meetings at all, or is of a format this program does not take: nothing changes."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Bad(Exception):
    """One row cannot be taken; the text is the reason."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was left out.

    Attributes:
        number: where it stands: the nth meeting of a JSON array, the line of a sheet (the header is line 1).
        slug: its key as the file gives it, "" when it has none.
        reason: a sentence.
    """

    number: int
    slug: str
    reason: str


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One weekly meeting as a source tells it, in our words (domain 4.6, tables B1 and B3).

    Attributes:
        source_key: the source's own key, unique in the file; a meeting of several days has one row a day.
        group_key: the same for all days of one group, which is the slug as the file has it.
        weekday: ISO, Monday 1 to Sunday 7; None for a meeting by appointment.
        start_local, end_local: wall-clock times in `zone`; an end before the start is on the next day.
        zone: IANA name.
        audiences: whom the listing says it is for beyond what its fellowship says.
        types: codes that the fellowship knows; `unknown_types` are kept as they came.
        latitude, longitude: degrees, both or neither; `approximate` when the place is no exact address.
        join_url, join_phone and their notes: for staff screens only.
    """

    source_key: str
    group_key: str
    name: str
    fellowship: Fellowship
    weekday: int | None
    start_local: time | None
    end_local: time | None
    zone: str
    mode: MeetingMode
    status: MeetingStatus
    access: GroupAccess
    audiences: tuple[GroupAudience, ...] = ()
    formats: tuple[GroupFormat, ...] = ()
    languages: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    unknown_types: tuple[str, ...] = ()
    step_free: bool = False
    childcare: bool = False
    proof_of_attendance: bool = False
    group_name: str = ""
    location: str = ""
    address: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    latitude: float | None = None
    longitude: float | None = None
    approximate: bool = False
    region_path: str = ""
    notes: str = ""
    join_url: str = ""
    join_url_notes: str = ""
    join_phone: str = ""
    join_phone_notes: str = ""
    source_updated_at: datetime | None = None
    source_org: str = ""
    source_url: str = ""
    report_url: str = ""
    last_verified_on: date | None = None

    @property
    def by_appointment(self) -> bool:
        """No fixed day and time."""
        return self.weekday is None or self.start_local is None

    @property
    def minutes(self) -> int:
        """How long it lasts; an end before the start lies on the next day."""
        if self.start_local is None or self.end_local is None:
            return UNSAID_MINUTES
        length = (self.end_local.hour - self.start_local.hour) * 60 + self.end_local.minute - self.start_local.minute
        return length % (24 * 60) or UNSAID_MINUTES
