"""The terminal door of staff: flask staff list | team | add | password | disable | email | away."""

from datetime import datetime
from getpass import getpass

import click
from flask import current_app
from flask.cli import AppGroup

from tracker import journal
from tracker.moves import Refused
from tracker.staff import actions, passwords, queries
from tracker.staff.models import Role
from tracker.staff.sessions import Program

staff = AppGroup("staff", help="Who works here.")


def fail(sentence: str, code: int = 2) -> None:
    """End with one sentence on standard error."""
    click.echo(sentence, err=True)
    raise SystemExit(code)


def _somebody(username: str) -> object:
    found = queries.by_username(username)
    if found is None:
        fail(f"Nobody here signs in as {username}. See: flask staff list")
    return found


@staff.command("list")
def list_staff() -> None:
    """Everybody who works here."""
    for one in queries.everybody():
        teams = ", ".join(team.name for team in one.teams) or "no team"
        gone = "  cannot sign in" if one.disabled_at else ""
        click.echo(f"{one.username:<12} {one.name:<24} {one.role.label:<14} {teams}{gone}")


@staff.command("team")
@click.argument("name")
def add_team(name: str) -> None:
    """Make a team called NAME."""
    try:
        actions.make_team(name, by=Program())
    except Refused as refused:
        fail(refused.sentence)
    journal.commit()
    click.echo(f"The team {name} was made.")


@staff.command("add")
@click.argument("username")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--team", "teams", multiple=True, help="A team's name; may be given several times.")
@click.option("--zone", default=None, help="IANA zone; the organisation's when left out.")
@click.option("--extension", default=None, help="Telephone extension.")
def add_staff(username: str, name: str, role: str, teams: tuple[str, ...], zone: str | None, extension: str | None) -> None:
    """Take on NAME, who signs in as USERNAME; prints a random first password once."""
    known = {team.name.lower(): team for team in queries.teams()}
    if missing := [team for team in teams if team.lower() not in known]:
        fail(f"There is no team called {missing[0]}. Make it with: flask staff team {missing[0]!r}")
    password = actions.new_password()
    try:
        actions.take_on(
            username, name, Role(role), password, [known[team.lower()] for team in teams],
            by=Program(), zone=zone or current_app.config["WAYPOINT"].zone, extension=extension,
        )
    except Refused as refused:
        fail(refused.sentence)
    journal.commit()
    click.echo(f"{name} can sign in as {username.lower()} with the password {password}")


@staff.command("password")
@click.argument("username")
@click.option("--ask", is_flag=True, help="Type the new password instead of getting a random one.")
def set_password(username: str, ask: bool) -> None:
    """Set a new password for USERNAME and end their sessions; prints a random one once."""
    one = _somebody(username)
    password = getpass("New password: ") if ask else actions.new_password()
    try:
        passwords.check(password, one.name, one.username, actions.organisation())
    except Refused as refused:
        fail(refused.sentence)
    actions.set_password(one, passwords.hash_password(password), by=Program())
    journal.commit()
    click.echo(f"{one.name} signs in as {one.username}" + ("." if ask else f" with the password {password}"))


@staff.command("disable")
@click.argument("username")
def disable(username: str) -> None:
    """USERNAME left: no sign-in, and every session of theirs ends."""
    try:
        actions.disable(_somebody(username), by=Program())
    except Refused as refused:
        fail(refused.sentence)
    journal.commit()
    click.echo(f"{username} can no longer sign in.")


@staff.command("email")
@click.argument("username")
@click.argument("address", required=False, default="")
def set_email(username: str, address: str) -> None:
    """Send USERNAME's daily list to ADDRESS; without one it is sent no more."""
    one = _somebody(username)
    try:
        actions.set_email(one, address, by=Program())
    except Refused as refused:
        fail(refused.sentence)
    journal.commit()
    click.echo(f"{one.name}'s list goes to {one.email}." if one.email else f"{one.name} gets no list.")


@staff.command("away")
@click.argument("username")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), default=None, help="The last day; left out, they are back.")
@click.option("--cover", default=None, help="Who answers for their teams meanwhile.")
def go_away(username: str, until: datetime | None, cover: str | None) -> None:
    """USERNAME is away until a day, and somebody covers for them."""
    one, other = _somebody(username), _somebody(cover) if cover else None
    try:
        actions.go_away(one, until.date() if until else None, other, by=Program())
    except Refused as refused:
        fail(refused.sentence)
    journal.commit()
    click.echo(f"{one.name} is away until {one.away_until}." if one.away_until else f"{one.name} is back.")
