"""The named cast: the people who work at the invented organisation, in two teams.

Maya and Ben are coordinators of team North and Luis of team South; Ruth supervises North, Sam supervises South; Priya makes packets
for both; Ada looks after the program and Omar audits it.
"""

from dataclasses import dataclass, fields

from sqlalchemy.orm import scoped_session

from tracker import clock
from tracker.staff import passwords
from tracker.staff.actions import as_staff
from tracker.staff.models import Role, Staff, Team, members
from tracker.staff.sessions import Actor

PASSWORD = "four quiet herons wade"


@dataclass
class Cast:
    """Everybody, by first name; `cast.actor("maya")` is Maya acting."""

    north: Team
    south: Team
    maya: Staff
    ben: Staff
    luis: Staff
    ruth: Staff
    sam: Staff
    priya: Staff
    ada: Staff
    omar: Staff

    def actor(self, name: str) -> Actor:
        """Somebody of the cast as the `by=` of a deed."""
        return as_staff(self[name])

    def __getitem__(self, name: str) -> Staff:
        return getattr(self, name)

    def __iter__(self):
        """The staff, without the teams."""
        return (getattr(self, one.name) for one in fields(self) if one.name not in ("north", "south"))


ROLES = {
    "maya": ("Maya Whitfield", Role.COORDINATOR, ["north"]),
    "ben": ("Ben Okafor", Role.COORDINATOR, ["north"]),
    "luis": ("Luis Ferreira", Role.COORDINATOR, ["south"]),
    "ruth": ("Ruth Lindqvist", Role.SUPERVISOR, ["north"]),
    "sam": ("Sam Castellano", Role.SUPERVISOR, ["south"]),
    "priya": ("Priya Raman", Role.PACKET_STAFF, ["north", "south"]),
    "ada": ("Ada Thorne", Role.ADMIN, []),
    "omar": ("Omar Haddad", Role.AUDITOR, []),
}


def assemble(session: scoped_session) -> Cast:
    """Write the cast into an empty database and commit."""
    moment, hashed = clock.now(), passwords.hash_password(PASSWORD)
    teams = {"north": Team(name="North"), "south": Team(name="South")}
    staff = {
        username: Staff(
            username=username,
            name=name,
            role=role,
            password_hash=hashed,
            password_set_at=moment,
            zone="America/New_York",
            created_at=moment,
        )
        for username, (name, role, _) in ROLES.items()
    }
    session.add_all([*teams.values(), *staff.values()])
    session.flush()
    pairs = [{"team_id": teams[team].id, "staff_id": staff[who].id} for who, (_, _, ours) in ROLES.items() for team in ours]
    session.execute(members.insert(), pairs)
    session.commit()
    return Cast(**teams, **staff)
