"""The way of a packet through the browser, as the tests walk it."""

from sqlalchemy import select

from tests.browsing import Client, Opened
from tests.packets.families import House
from tracker.db import db
from tracker.packets.models import Packet


def new(home: House) -> str:
    """Where a packet is begun."""
    return f"/cases/{home.key}/packets/new"


def build(client: Client, home: House, *slugs: str, **changes: object) -> Opened:
    """From the case to the page that shows the packet."""
    opened = client.get(new(home))
    return client.submit(opened, "packet", chosen=home.chosen(*(slugs or ("where-to-call-now", "how-to-talk"))), status=200, **changes)


def hand_over(client: Client, looked: Opened, **changes: object) -> Opened:
    """From that page to the receipt."""
    return client.submit(looked, "seal", status=200, **{"way": "in_person", **changes})


def the_packet() -> Packet:
    """The only one there is."""
    db.session.rollback()
    return db.session.scalars(select(Packet)).one()
