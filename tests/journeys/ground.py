"""What is there before the first call: the Walkers, two programs in the directory, meetings on every day, the library's first shelf."""

from datetime import time

from sqlalchemy import select

from tests.casefile.walkers import make_walkers
from tests.cast import ROLES, Cast
from tests.directory.listings import listing
from tests.directory.programs import program
from tests.serving import Served
from tracker import journal
from tracker.db import db
from tracker.directory.programs.words import Payment
from tracker.directory.words import GroupAudience
from tracker.library.actions import load_shelf
from tracker.staff import queries as staff
from tracker.staff.models import Team
from tracker.staff.sessions import Program


def lay(served: Served) -> None:
    """Write it into the database of the served program."""
    with served.rows():
        names = {name: staff.by_username(name) for name in ROLES}
        teams = {team.name.lower(): team for team in db.session.scalars(select(Team))}
        cast = Cast(**teams, **names)
        make_walkers(cast)
        program(cast, "Harbor Light", "43215", payments=(Payment.MD,))
        program(cast, "Cedar Row", "45402")
        for day in range(1, 8):
            listing("Evening Circle", day=day, at=time(19), audiences=[GroupAudience.PARENTS])
        load_shelf(by=Program())
        journal.commit()
