"""Who carries so many cases: more teams and coordinators, so that nobody has more of them than a person can look after."""

from dataclasses import dataclass

from sqlalchemy import insert, select

from tracker import clock, journal
from tracker.db import db
from tracker.demo import invented
from tracker.demo.ground import World
from tracker.staff import passwords
from tracker.staff.actions import TAKEN_ON, TEAM_MADE, new_password
from tracker.staff.models import Role, Staff, Team, members
from tracker.staff.sessions import Program

CASES_EACH = 127  # families a year for each coordinator: some 28 of their cases are open at a time
IN_A_TEAM = 8


@dataclass(frozen=True, slots=True)
class Hand:
    """A coordinator: key, name, and the key of their team."""

    id: int
    name: str
    team_id: int


def enough(world: World, families: int) -> list[Hand]:
    """Take on as many coordinators and supervisors as the families need; a password is set for them when one signs in.

    Returns:
        all coordinators, those that are known by name first.
    """
    known = db.session.execute(select(Staff.id, Staff.name, members.c.team_id).join(members).where(Staff.role == Role.COORDINATOR).order_by(Staff.id)).all()
    wanted = max(0, families // CASES_EACH - len(known))
    with clock.travel(world.moment(367, "11:00")):
        chance = world.chance("hands")
        hashed = passwords.hash_password(new_password())
        made: list[Hand] = []
        for number in range(-(-wanted // IN_A_TEAM)):
            made += _team(number, min(IN_A_TEAM, wanted - number * IN_A_TEAM), hashed, world, chance)
        journal.commit()
    return [Hand(*row) for row in known] + made


def _team(number: int, size: int, hashed: str, world: World, chance) -> list[Hand]:
    team = Team(name=f"Team {number + 3}")
    db.session.add(team)
    people = [_somebody(Role.SUPERVISOR, f"s{number + 3}", hashed, world, chance)]
    people += [_somebody(Role.COORDINATOR, f"c{number * IN_A_TEAM + place + 6}", hashed, world, chance) for place in range(size)]
    db.session.add_all(people)
    db.session.flush()
    db.session.execute(insert(members), [{"team_id": team.id, "staff_id": one.id} for one in people])
    journal.record(TEAM_MADE, by=Program(), about=team, name=team.name)
    for one in people:
        journal.record(TAKEN_ON, by=Program(), about=one, name=one.name, role=one.role)
    return [Hand(one.id, one.name, team.id) for one in people[1:]]


def _somebody(role: Role, username: str, hashed: str, world: World, chance) -> Staff:
    moment = clock.now()
    name = f"{chance.choice(invented.SHE + invented.HE)} {chance.choice(invented.LAST_NAMES)}"
    return Staff(username=username, name=name, role=role, password_hash=hashed, password_set_at=moment, zone=world.zone, created_at=moment)
