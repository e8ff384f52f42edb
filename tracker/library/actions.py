"""What may be done with the library: publish an edition, load the shelf that ships with the program."""

import calendar
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import current_app

from tracker import clock, journal
from tracker.db import db
from tracker.journal import Kind
from tracker.journal.actions import Someone
from tracker.library import queries, reading
from tracker.library.models import Edition, Material, hash_of, whole_text
from tracker.library.shelf import HERE, ShelfText, texts
from tracker.library.words import MaterialStatus, ReadingLevelBand
from tracker.moves import Refused

PUBLISHED = journal.verb("library.published", Kind.CHANGE, "package", "Published {title}, version {number}")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a shelf did: titles of new materials and of new editions, and how many stayed as they were."""

    new: list[str]
    changed: list[str]
    same: int


def load_shelf(folder: Path = HERE, *, by: Someone) -> Loaded:
    """Publish every material of a shelf; what stands there already in the same words stays as it is.

    Loading twice changes nothing. A changed text becomes the next edition and the one before is superseded, never
    overwritten. A shelf with a file that cannot be read changes nothing.

    Args:
        folder: holds a folder for each language with Markdown files; the program's own shelf when left out.
    Raises:
        ShelfUnreadable: names the file and what is wrong with it.
    """
    new: list[str] = []
    changed: list[str] = []
    same = 0
    for text in texts(folder):
        material = queries.by_slug(text.slug, text.language)
        if material is None:
            material = Material(slug=text.slug, language=text.language, created_at=clock.now(), editions=[])
            db.session.add(material)
            new.append(text.title)
        else:
            now = queries.current(material)
            if now and now.sha256 == _hash(text):
                same += 1
                _describe(material, text)
                continue
            changed.append(text.title)
        _describe(material, text)
        publish(material, text, by=by)
    return Loaded(new, changed, same)


def publish(material: Material, text: ShelfText, *, by: Someone) -> Edition:
    """Publish a wording as a material's next edition; it is measured, hashed and frozen.

    Raises:
        Refused: it reads above grade 8 (an advanced text needs a reviewer's note, which comes with editing).
    """
    measured = reading.measure(text.body, text.language)
    if ReadingLevelBand(measured.band) is ReadingLevelBand.ADVANCED:
        raise Refused(None, f"“{text.title}” reads at grade {measured.grade}. Grade 8 is the most for a family.")
    moment = clock.now()
    for before in material.editions:
        if before.status is MaterialStatus.PUBLISHED:
            before.status, before.superseded_at = MaterialStatus.SUPERSEDED, moment
    edition = Edition(
        number=len(material.editions) + 1, status=MaterialStatus.PUBLISHED, title=text.title, summary=text.summary, body=text.body,
        source=text.source, licence=text.licence, sha256=_hash(text), grade=measured.grade, band=measured.band, words=measured.words,
        hard_words=list(measured.hard_words), published_at=moment, published_by_id=by.id,
        review_due_on=months_after(clock.today(current_app.config["WAYPOINT"].zone), text.review_after_months),
        link=text.link,
    )
    material.editions.append(edition)
    db.session.flush()
    journal.record(PUBLISHED, by=by, about=edition, title=edition.title, number=edition.number, sha256=edition.sha256)
    return edition


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _describe(material: Material, text: ShelfText) -> None:
    material.topic, material.audience, material.kind = text.topic, text.audience, text.kind
    material.stages, material.tags = list(text.stages), list(text.tags)


def _hash(text: ShelfText) -> str:
    return hash_of(whole_text(text.title, text.summary, text.source, text.licence, text.body, text.link, text.file, text.picture))
