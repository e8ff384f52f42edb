"""The life of a wording: a draft is written, sent to review, published as the next edition, confirmed, retired."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import current_app

from tracker import clock, journal, storage
from tracker.db import db
from tracker.folding import fold
from tracker.journal import Kind
from tracker.journal.actions import Someone
from tracker.library import queries, reading
from tracker.library.actions import PUBLISHED, months_after
from tracker.library.files import Upload
from tracker.library.models import Edition, Material, Wording, hash_of
from tracker.library.words import MaterialAudience, MaterialStatus, MaterialTopic, ReadingLevelBand, ResourceType, RiskFactor
from tracker.moves import Refused
from tracker.staff.models import Staff

BEGUN = journal.verb("library.begun", Kind.CHANGE, "pencil", "Began a wording of {title}")
REVIEW = journal.verb("library.review", Kind.CHANGE, "eye", "Sent {title} to review")
BACK = journal.verb("library.back", Kind.CHANGE, "pencil", "Sent {title} back to whoever writes it. {note}")
DROPPED = journal.verb("library.dropped", Kind.CHANGE, "x", "Threw the working copy of {title} away")
CONFIRMED = journal.verb("library.confirmed", Kind.CHANGE, "check", "Looked {title} through again, good until {until}")
RETIRED = journal.verb("library.retired", Kind.CHANGE, "hand-stop", "Retired {title}. {why}")
ATTACHED = journal.verb("library.attached", Kind.CHANGE, "upload", "Put a file into the working copy of {title}")
DETACHED = journal.verb("library.detached", Kind.CHANGE, "x", "Took the file out of the working copy of {title}")
KEPT = journal.verb("library.kept", Kind.CHANGE, "user", "{title} is kept by {who}")

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class About:
    """What a material is, apart from its words."""

    topic: MaterialTopic
    audience: MaterialAudience
    kind: ResourceType
    stages: Sequence[str] = ()
    tags: Sequence[RiskFactor] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """What a wording says. `body` is Markdown; `link` an address, for what may not be copied."""

    title: str
    summary: str
    source: str
    licence: str
    body: str = ""
    link: str | None = None
    file_alt: str | None = None
    review_months: int = 12
    note: str | None = None
    stages: Sequence[str] = field(default=())


def begin(slug: str, language: str, about: About, words: Words, *, by: Someone) -> Material:
    """Begin a material that is not there yet, as a draft.

    Args:
        slug: its short name, the same in every language: by it translations know each other.
    Raises:
        Refused: the short name cannot be one, or there is one in that language.
    """
    if not SLUG.fullmatch(slug) or len(slug) > 80:
        raise Refused("slug", "Use small letters, figures and single dashes, such as the-first-week.")
    if queries.by_slug(slug, language) is not None:
        raise Refused("slug", "There is a material of this short name in this language. Change that one.")
    material = Material(slug=slug, language=language, created_at=clock.now(), keeper_id=by.id, editions=[], wording=None)
    _describe(material, about)
    db.session.add(material)
    db.session.flush()
    _write(material, words, by)
    journal.record(BEGUN, by=by, about=material, title=words.title)
    return material


def open_(material: Material, *, by: Someone) -> Wording:
    """The working copy of a material: the one that is there, or a new one with the words of today's edition."""
    if material.wording is not None:
        return material.wording
    now = queries.current(material) or (material.editions[-1] if material.editions else None)
    if now is None:
        raise Refused(None, "There is nothing to begin with.")
    made = _write(material, Words(now.title, now.summary, now.source, now.licence, now.body, now.link, now.file_alt), by)
    made.file_sha256, made.file_type, made.file_pages = now.file_sha256, now.file_type, now.file_pages
    journal.record(BEGUN, by=by, about=material, title=now.title)
    return made


def write(material: Material, about: About, words: Words, *, by: Someone) -> Wording:
    """Save the working copy; what was in review is a draft again, because its words are others now."""
    _describe(material, about)
    return _write(material, words, by)


def attach(material: Material, upload: Upload, alt: str | None, *, by: Someone) -> None:
    """Put an upload that was looked into in the place of the one that is there; without a working copy one is begun."""
    wording = open_(material, by=by)
    wording.file_sha256, wording.file_type, wording.file_pages = storage.put(upload.data), upload.type, upload.pages
    wording.file_alt, wording.status = alt, MaterialStatus.DRAFT
    wording.written_at, wording.written_by_id = clock.now(), by.id
    journal.record(ATTACHED, by=by, about=material, title=wording.title, sha256=wording.file_sha256)


def detach(material: Material, *, by: Someone) -> None:
    """Take the upload out of the working copy; editions that have it keep it."""
    wording = open_(material, by=by)
    wording.file_sha256 = wording.file_type = wording.file_pages = wording.file_alt = None
    wording.status, wording.written_at, wording.written_by_id = MaterialStatus.DRAFT, clock.now(), by.id
    journal.record(DETACHED, by=by, about=material, title=wording.title)


def send_to_review(material: Material, *, by: Someone) -> None:
    """Somebody else shall read it before it is published.

    Raises:
        Refused: something is missing.
    """
    wording = _must_have(material)
    _must_be_whole(material, wording)
    wording.status = MaterialStatus.IN_REVIEW
    journal.record(REVIEW, by=by, about=material, title=wording.title)


def send_back(material: Material, note: str, *, by: Someone) -> None:
    """The reviewer asks for other words."""
    wording = _must_have(material)
    wording.status, wording.note = MaterialStatus.DRAFT, note.strip() or wording.note
    journal.record(BACK, by=by, about=material, title=wording.title, note=note)


def publish(material: Material, *, by: Someone) -> Edition:
    """Publish what was reviewed as the next edition; it is measured, hashed and frozen, and the one before is superseded.

    Raises:
        Refused: it was not sent to review, something is missing, or it reads above grade 8 and no note says why.
    """
    wording = _must_have(material)
    if wording.status is not MaterialStatus.IN_REVIEW:
        raise Refused(None, "Send it to review first.")
    _must_be_whole(material, wording)
    measured = reading.measure(wording.body, material.language)
    if ReadingLevelBand(measured.band) is ReadingLevelBand.ADVANCED and not (wording.note or "").strip():
        raise Refused("note", f"It reads at grade {measured.grade}, above 8. Make it easier, or write in the note why it must be so.")
    moment, today = clock.now(), clock.today(current_app.config["WAYPOINT"].zone)
    now = queries.current(material)
    if now is not None and now.sha256 == hash_of(wording.text):
        raise Refused(None, "These are the very words of today's version. There is nothing to publish.")
    supersede(material)
    edition = Edition(
        number=len(material.editions) + 1, status=MaterialStatus.PUBLISHED, title=wording.title, summary=wording.summary, body=wording.body,
        source=wording.source, licence=wording.licence, sha256=hash_of(wording.text), grade=measured.grade, band=measured.band, words=measured.words,
        hard_words=list(measured.hard_words), published_at=moment, published_by_id=by.id, review_due_on=months_after(today, wording.review_months),
        link=wording.link, file_sha256=wording.file_sha256, file_type=wording.file_type, file_pages=wording.file_pages, file_alt=wording.file_alt,
        note=wording.note,
    )  # fmt: skip
    material.editions.append(edition)
    material.wording = None
    db.session.flush()
    journal.record(PUBLISHED, by=by, about=edition, title=edition.title, number=edition.number, sha256=edition.sha256)
    return edition


def supersede(material: Material) -> None:
    """Today's edition of a material becomes a former one."""
    for before in material.editions:
        if before.status is MaterialStatus.PUBLISHED:
            before.status, before.superseded_at = MaterialStatus.SUPERSEDED, clock.now()


def drop(material: Material, *, by: Someone) -> bool:
    """Throw the working copy away.

    Returns:
        whether the material is gone with it, because nothing of it was ever published.
    """
    wording = _must_have(material)
    journal.record(DROPPED, by=by, about=material, title=wording.title)
    material.wording = None
    db.session.flush()
    if material.editions:
        return False
    db.session.delete(material)
    return True


def confirm(material: Material, months: int, *, by: Someone) -> Edition:
    """Today's edition was looked through again and still holds: it may be handed out for as long again.

    Raises:
        Refused: there is none, or it is not a number of months that is good.
    """
    now = queries.current(material)
    if now is None:
        raise Refused(None, "Nothing of it is handed out.")
    if not 1 <= months <= 24:
        raise Refused("months", "Between 1 and 24 months.")
    now.review_due_on = months_after(clock.today(current_app.config["WAYPOINT"].zone), months)
    now.confirmed_at, now.confirmed_by_id = clock.now(), by.id
    journal.record(CONFIRMED, by=by, about=now, title=now.title, until=_plain(now.review_due_on))
    return now


def retire(material: Material, why: str, *, by: Someone) -> Edition:
    """Hand it out no more. Who holds it is not forgotten.

    Raises:
        Refused: it is retired already, or nobody says why.
    """
    now = queries.current(material)
    if now is None:
        raise Refused(None, "Nothing of it is handed out.")
    if not why.strip():
        raise Refused("why", "Enter why it is no longer handed out.")
    now.status, now.superseded_at = MaterialStatus.RETIRED, clock.now()
    journal.record(RETIRED, by=by, about=now, title=now.title, why=why)
    return now


def keep(material: Material, keeper: Staff, *, by: Someone) -> None:
    """Name whoever looks it through when its date has come."""
    now = queries.current(material)
    material.keeper = keeper
    journal.record(KEPT, by=by, about=material, title=now.title if now else material.slug, who=keeper.name)


def slug_of(title: str) -> str:
    """A short name made of a title."""
    return "-".join(fold(title).split())[:80].strip("-")


def _write(material: Material, words: Words, by: Someone) -> Wording:
    wording = material.wording
    if wording is None:
        wording = Wording(material=material)
        db.session.add(wording)
    for name in ("title", "summary", "source", "licence", "body", "review_months"):
        setattr(wording, name, getattr(words, name))
    wording.link, wording.file_alt, wording.note = words.link or None, words.file_alt or wording.file_alt, words.note or None
    wording.status, wording.written_at, wording.written_by_id = MaterialStatus.DRAFT, clock.now(), by.id
    db.session.flush()
    return wording


def _describe(material: Material, about: About) -> None:
    material.topic, material.audience, material.kind = about.topic, about.audience, about.kind
    material.stages, material.tags = list(about.stages), list(about.tags)


def _must_have(material: Material) -> Wording:
    if material.wording is None:
        raise Refused(None, "There is no working copy.")
    return material.wording


def _must_be_whole(material: Material, wording: Wording) -> None:
    if material.kind is ResourceType.LINK and not wording.link:
        raise Refused("link", "Enter the address: this is a link only.")
    if material.kind is ResourceType.FILE and not wording.file_sha256:
        raise Refused("file", "Upload the file.")
    if not wording.body.strip() and not wording.file_sha256 and not wording.link:
        raise Refused("body", "Write the text, or upload a file.")
    if wording.file_type and wording.file_type.startswith("image/") and not wording.file_alt:
        raise Refused("file_alt", "Say in words what the picture shows, for people who cannot see it.")


def _plain(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
