"""The invented organisation itself, before any family calls: staff, teams, programs, groups, the library's shelf."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from tracker import clock, journal
from tracker.db import db
from tracker.demo import invented
from tracker.directory.groups import actions as groups
from tracker.directory.groups.importing import import_meetings
from tracker.directory.groups.models import Meeting
from tracker.directory.programs import actions as programs
from tracker.directory.programs.models import Program as TreatmentProgram
from tracker.directory.programs.words import CapacityStatus, LevelOfCare, NarrLevel, Payment, VerifiedHow
from tracker.directory.words import Fellowship, GroupAccess, GroupAudience, MeetingMode
from tracker.library import actions as library
from tracker.library import queries as shelf
from tracker.library.kits import load_kits
from tracker.library.models import Edition
from tracker.people.models import Family
from tracker.staff import actions as staff
from tracker.staff.models import Role, Staff, Team
from tracker.staff.sessions import Actor, Program

BEGAN = 370  # days before the demonstration's day: the organisation opens its doors
SHELF = 170  # days before it: the shelf is published (the shortest of its checks comes after half a year)


@dataclass(slots=True)
class World:
    """What stories are told in.

    Attributes:
        on: the day that the history leads up to; it ends as that day begins.
        zone: the organisation's own, IANA.
        people: Actors by user name.
        signs_in: role, name, user name and password of each, to be shown once.
    """

    on: date
    zone: str
    seed: int
    people: dict[str, Actor] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    programs: dict[str, TreatmentProgram] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    editions: dict[str, Edition] = field(default_factory=dict)
    signs_in: list[tuple[str, str, str, str]] = field(default_factory=list)

    @property
    def end(self) -> datetime:
        """The first moment of the demonstration's day: nothing is told from there on."""
        return datetime.combine(self.on, time(), tzinfo=ZoneInfo(self.zone))

    def moment(self, days: float, at: str = "09:00", zone: str = "") -> datetime:
        """A time of day so many days before (or, below zero, after) the demonstration's day, in the organisation's zone or another."""
        return datetime.combine(self.on - timedelta(days=days), time.fromisoformat(at), tzinfo=ZoneInfo(zone or self.zone))

    def chance(self, about: object) -> Random:
        """Chance that falls the same way for the same seed."""
        return Random(f"{self.seed}/{about}")


def is_empty() -> bool:
    """Whether nothing is in the database that a demonstration could be mixed up with."""
    return not any(db.session.scalar(select(func.count()).select_from(table)) for table in (Staff, Team, Family, journal.Entry))


def lay(on: date, seed: int, zone: str) -> World:
    """Write the organisation into an empty database and commit.

    Args:
        on: the day that the history leads up to.
        zone: the organisation's zone, IANA.
    """
    world = World(on, zone, seed)
    with clock.travel(world.moment(BEGAN)):
        _take_on(world)
    with clock.travel(world.moment(BEGAN - 2, "10:00")):
        _list_programs(world)
        _list_groups(world)
        journal.commit()
    return world


def _take_on(world: World) -> None:
    nobody = Program()
    for name in invented.TEAMS:
        world.teams[name] = staff.make_team(name, by=nobody)
    for username, name, role, team, extension in invented.STAFF:
        password = staff.new_password()
        teams = [world.teams[team]] if team else list(world.teams.values()) if role == "packet_staff" else []
        staff.take_on(username, name, Role(role), password, teams, by=nobody, zone=world.zone, extension=extension)
        world.signs_in.append((Role(role).label, name, username, password))
    journal.commit()
    for one in db.session.scalars(select(Staff)):
        world.people[one.username] = staff.as_staff(one)


def _list_programs(world: World) -> None:
    pat = world.people["pat"]
    for one in invented.PROGRAMS:
        town = invented.TOWNS[one.town]
        facts = programs.ProgramFacts(
            provider=one.organization, name=one.name, level_of_care=LevelOfCare(one.level), zip_code=town.zip_code,
            phone=f"+1{town.area}555{one.phone}", fax=f"+1{town.area}555{int(one.phone) + 40:04d}", website="https://example.org/",
            payments=tuple(Payment(code) for code in one.payments), age_from=one.ages[0], age_to=one.ages[1],
            narr_level=NarrLevel.II if one.level == "recovery_residence" else None, languages=one.languages, notes=one.note,
            address=one.address, address_confidential=one.confidential,
        )  # fmt: skip
        world.programs[one.name] = programs.add_program(facts, by=pat)


def _list_groups(world: World) -> None:
    pat = world.people["pat"]
    for one in invented.GROUPS:
        town = invented.TOWNS[one.town]
        city, state = town.name.split(", ")
        in_room = one.mode in ("in_person", "hybrid")
        facts = groups.GroupFacts(
            name=one.name, fellowship=Fellowship(one.fellowship), access=GroupAccess(one.access), mode=MeetingMode(one.mode), zone=town.zone,
            weekday=one.weekday, start_local=time.fromisoformat(one.start), audiences=tuple(GroupAudience(code) for code in one.audiences),
            languages=one.languages, location=one.place if in_room else "", city=city if in_room else "", state=state if in_room else "",
            postal_code=town.zip_code if in_room else "", step_free=in_room,
            join_url="" if one.mode == "in_person" else f"https://example.org/join/{one.name.lower().replace(' ', '-')}",
        )  # fmt: skip
        world.meetings[one.name] = groups.add_group(facts, by=pat).meetings[0]
    _read_list(world)
    for meeting in db.session.scalars(select(Meeting).where(Meeting.source_system == "example-intergroup").options(joinedload(Meeting.group))):
        world.meetings[meeting.name] = meeting


def _read_list(world: World) -> None:
    data = json.dumps([_listed(row) for row in invented.LISTED]).encode()
    by = world.people["pat"]
    import_meetings(data, "meetings.json", by=by, source="example-intergroup", fellowship=Fellowship.NA, default_zone=world.zone)


def _listed(row: tuple[str, str, int, str, str, str]) -> dict[str, object]:
    """A row as Meeting Guide has it: Sunday is 0 there."""
    slug, name, day, start, types, place = row
    online = {"conference_url": f"https://example.org/join/{slug}"}
    room = {"location": place.split(", ")[0], "formatted_address": f"1 Invented St, {place.split(', ', 1)[-1]}, USA"}
    return {"slug": slug, "name": name, "day": day, "time": start, "types": types.split(), "updated": "2025-06-01 12:00:00", **(room if place else online)}


def keep_directory(world: World):
    """The directory's year: programs and listings are confirmed by phone, some of them lately and some too long ago; and the shelf is filled.

    Yields the moment until which it waits.
    """
    chance = world.chance("directory")
    callers = [world.people[name] for name in ("ben", "maya", "priya", "pat")]
    visits: list[tuple[datetime, object]] = [(world.moment(SHELF, "08:00"), shelf), *((world.moment(days, "07:30"), invented) for days in (120, 3))]
    for number, program in enumerate(world.programs.values()):
        last = 80 if number % 5 == 4 else chance.randint(1, 20)
        visits += [(world.moment(days, f"{chance.randint(9, 15):02d}:{chance.randint(0, 59):02d}"), program) for days in (last + 110, last)]
    for number, meeting in enumerate(world.meetings.values()):
        last = 40 if number % 6 == 5 else chance.randint(1, 12)
        visits.append((world.moment(last, f"{chance.randint(9, 16):02d}:{chance.randint(0, 59):02d}"), meeting))
    for moment, thing in sorted(visits, key=lambda visit: visit[0]):
        yield moment
        if thing is shelf:
            library.load_shelf(by=world.people["pat"])
            load_kits(by=world.people["pat"])
            world.editions |= {edition.material.slug: edition for edition in shelf.shelf("en")}
            continue
        if thing is invented:
            _read_list(world)  # the same list again, which changes nothing but the day on which it was read
            continue
        who = chance.choice(callers)
        if isinstance(thing, Meeting):
            groups.confirm(thing, "By the helpline", by=who)
            continue
        programs.confirm(thing, VerifiedHow.PHONE, "Intake desk", by=who)
        told = chance.choice((CapacityStatus.CAPACITY, CapacityStatus.CAPACITY, CapacityStatus.WAITLIST, CapacityStatus.NO_CAPACITY))
        wait = chance.randint(5, 21) if told is CapacityStatus.WAITLIST else None
        programs.tell_places(thing, told, by=who, wait_days=wait, available=chance.randint(1, 3) if told is CapacityStatus.CAPACITY else None)
    for number, program in enumerate(list(world.programs.values())[:6]):
        yield world.moment(1, f"19:{10 + number * 5}")
        told, wait = (CapacityStatus.WAITLIST, 10) if number % 2 else (CapacityStatus.CAPACITY, None)
        programs.tell_places(program, told, by=chance.choice(callers), wait_days=wait)
