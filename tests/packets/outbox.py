"""The way of a packet through the outbox, as tests walk it."""

from datetime import timedelta

from sqlalchemy import select

from tracker import clock, journal
from tracker.db import db
from tracker.journal.models import Entry
from tracker.mailroom import queries
from tracker.mailroom.models import Letter
from tracker.packets import actions, content, jobs, leaving
from tracker.packets.actions import Wish
from tracker.packets.models import Packet
from tracker.packets.words import Leaving

LATER = timedelta(minutes=11)


def send(home, cast, leaving_as=Leaving.EMAIL_FILE):
    """A packet that waits in the outbox; the key of its letter."""
    by = cast.actor("maya")
    packet = actions.build(home.case, Wish([home.editions["how-to-talk"]], home.caller, content.NEUTRAL_TITLE), by=by)
    actions.keep_pages(packet, *content.make_pages(content.content(packet)))
    way = next(way for way in leaving.ways(packet, home.case).open if way.leaving is leaving_as)
    leaving.seal(packet, home.case, way.code, read_back=True, by=by)
    journal.commit()
    return letter().id


def letter():
    return db.session.scalars(select(Letter).order_by(Letter.id.desc()).execution_options(populate_existing=True)).first()


def packet():
    return db.session.scalars(select(Packet).order_by(Packet.id.desc())).first()


def words():
    return [event.words for event in queries.events(letter())]


def verbs():
    return list(db.session.scalars(select(Entry.verb).where(Entry.verb.startswith("packet.")).order_by(Entry.number)))


def round_after(time=LATER):
    """One round of the worker, so much later."""
    db.session.rollback()
    with clock.travel(clock.now() + time):
        for key in jobs.sweep():
            jobs.deliver(key)
    db.session.rollback()
