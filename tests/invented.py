"""The invented organisation of `flask demo`, as tests use it."""

from datetime import date

from flask import Flask
from sqlalchemy import select, update

from tests.browsing import Client
from tests.cast import PASSWORD
from tracker.db import db
from tracker.staff import passwords
from tracker.staff.models import Role, Staff

FAMILIES, SEED = 8, 7


class Invented:
    """A small invented organisation in the database; everybody's password is the one that tests know."""

    def __init__(self, app: Flask, families: int = FAMILIES, seed: int = SEED, on: date | None = None) -> None:
        self.app = app
        day = ["--on", on.isoformat()] if on else []
        done = app.test_cli_runner().invoke(args=["demo", "--families", str(families), "--seed", str(seed), *day])
        assert done.exit_code == 0, f"flask demo failed: {done.output}\n{done.exception!r}"
        with app.app_context():
            db.session.execute(update(Staff).values(password_hash=passwords.hash_password(PASSWORD)))
            db.session.commit()
            self.names = {role: list(self._who(role)) for role in Role}
            db.session.remove()

    def _who(self, role: Role) -> list[str]:
        query = select(Staff.username).where(Staff.role == role, Staff.disabled_at.is_(None)).order_by(Staff.id)
        return list(db.session.scalars(query))

    def client(self, role: str) -> Client:
        """A client at which the first person of a role is signed in."""
        return Client(self.app).sign_in(self.names[Role(role)][0])
