"""Material and Edition: what may be handed out, and each wording of it that was ever published."""

import hashlib
from datetime import date

from sqlalchemy import JSON, Date, Float, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Key, Line, Model, Moment, PublicId, Short, coded, coded_list, version_column
from tracker.library.words import MaterialAudience, MaterialStatus, MaterialTopic, ReadingLevelBand, ResourceType, RiskFactor
from tracker.staff.models import Staff


class Material(Model):
    """One thing a family may be given, in one language; its wording is its newest published edition."""

    __tablename__ = "materials"
    __table_args__ = (UniqueConstraint("slug", "language"),)

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    slug: Mapped[Short]
    language: Mapped[str] = mapped_column(String(20))
    topic: Mapped[MaterialTopic] = mapped_column(coded(MaterialTopic))
    audience: Mapped[MaterialAudience] = mapped_column(coded(MaterialAudience))
    kind: Mapped[ResourceType] = mapped_column(coded(ResourceType))
    stages: Mapped[list[str]] = mapped_column(JSON, default=list)  # codes of case_stage at which it is suggested
    tags: Mapped[list[RiskFactor]] = mapped_column(coded_list(RiskFactor), default=list)
    created_at: Mapped[Moment]
    keeper_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))  # who checks it when its date has come

    editions: Mapped[list["Edition"]] = relationship(back_populates="material", lazy="raise", order_by="Edition.number")
    wording: Mapped["Wording | None"] = relationship(back_populates="material", lazy="raise", cascade="all, delete-orphan")
    keeper: Mapped[Staff | None] = relationship(lazy="raise")


class Wording(Model):
    """The one working copy of a material: a draft, or in review. Published, it becomes the next edition and is gone.

    An upload lies in the storage under `file_sha256`; it was checked when it came (library/files.py).
    """

    __tablename__ = "wordings"

    id: Mapped[Key]
    material_id: Mapped[int] = mapped_column(ForeignKey("materials.id"), unique=True)
    status: Mapped[MaterialStatus] = mapped_column(coded(MaterialStatus), default=MaterialStatus.DRAFT)
    title: Mapped[Line]
    summary: Mapped[Line]
    body: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(500))
    licence: Mapped[Short]
    link: Mapped[str | None] = mapped_column(String(500))
    file_sha256: Mapped[str | None] = mapped_column(String(64))
    file_type: Mapped[str | None] = mapped_column(String(60))
    file_pages: Mapped[int | None] = mapped_column(Integer)
    file_alt: Mapped[Line | None]
    review_months: Mapped[int] = mapped_column(Integer, default=12)
    note: Mapped[Line | None]  # what is new, or why it may be harder to read
    written_at: Mapped[Moment]
    written_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    version: Mapped[int] = version_column()

    __mapper_args__ = {"version_id_col": version}

    material: Mapped[Material] = relationship(back_populates="wording", lazy="raise")
    written_by: Mapped[Staff | None] = relationship(lazy="raise")

    @property
    def text(self) -> str:
        """The working copy as the text file that its edition would be."""
        return whole_text(self.title, self.summary, self.source, self.licence, self.body, self.link, self.file_sha256, self.file_alt)


class Edition(Model):
    """One wording of a material. Published, it never changes (the database refuses): a new wording is a new edition."""

    __tablename__ = "editions"
    __table_args__ = (UniqueConstraint("material_id", "number"), Index("ix_editions_status", "status", "material_id"))

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    material_id: Mapped[int] = mapped_column(ForeignKey("materials.id"))
    number: Mapped[int] = mapped_column(Integer)
    status: Mapped[MaterialStatus] = mapped_column(coded(MaterialStatus))
    title: Mapped[Line]
    summary: Mapped[Line]
    body: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(500))
    licence: Mapped[Short]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    grade: Mapped[float] = mapped_column(Float)
    band: Mapped[ReadingLevelBand] = mapped_column(coded(ReadingLevelBand))
    words: Mapped[int] = mapped_column(Integer)
    hard_words: Mapped[list[str]] = mapped_column(JSON, default=list)
    published_at: Mapped[Moment]
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    superseded_at: Mapped[Moment | None]
    review_due_on: Mapped[date] = mapped_column(Date)
    link: Mapped[str | None] = mapped_column(String(500))
    file_sha256: Mapped[str | None] = mapped_column(String(64))
    file_type: Mapped[str | None] = mapped_column(String(60))
    file_pages: Mapped[int | None] = mapped_column(Integer)
    file_alt: Mapped[Line | None]
    note: Mapped[Line | None]
    confirmed_at: Mapped[Moment | None]  # looked through again without a change, which moved review_due_on
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))

    material: Mapped[Material] = relationship(back_populates="editions", lazy="raise")

    @property
    def text(self) -> str:
        """The edition as one text file; `sha256` is the hash of its bytes in UTF-8."""
        return whole_text(self.title, self.summary, self.source, self.licence, self.body, self.link, self.file_sha256, self.file_alt)

    def past_review(self, today: date) -> bool:
        """Whether its review is overdue on a day: then it is not handed out."""
        return today > self.review_due_on


class Kit(Model):
    """A ready-made selection: what a family at a stage, of a relationship, in a language should have, in its order."""

    __tablename__ = "kits"
    __table_args__ = (Index("ix_kits_stage", "stage", "language"),)

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    title: Mapped[Line]
    stage: Mapped[str] = mapped_column(String(60))  # a code of case_stage
    kinship: Mapped[str | None] = mapped_column(String(60))  # a code of kinship; None for everybody
    language: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[Moment]
    retired_at: Mapped[Moment | None]
    version: Mapped[int] = version_column()

    __mapper_args__ = {"version_id_col": version}

    items: Mapped[list["KitItem"]] = relationship(back_populates="kit", lazy="raise", order_by="KitItem.position", cascade="all, delete-orphan")


class KitItem(Model):
    """One material of a kit, at its place."""

    __tablename__ = "kit_items"
    __table_args__ = (UniqueConstraint("kit_id", "position"), Index("ix_kit_items_material", "material_id"))

    id: Mapped[Key]
    kit_id: Mapped[int] = mapped_column(ForeignKey("kits.id"))
    material_id: Mapped[int] = mapped_column(ForeignKey("materials.id"))
    position: Mapped[int] = mapped_column(Integer)

    kit: Mapped[Kit] = relationship(back_populates="items", lazy="raise")
    material: Mapped[Material] = relationship(lazy="raise")


def whole_text(
    title: str, summary: str, source: str, licence: str, body: str, link: str | None = None, file_sha256: str | None = None, file_alt: str | None = None
) -> str:
    """The text whose hash names an edition: all that a reader sees of it; a file by its own hash."""
    more = "".join(f"{name}: {value}\n" for name, value in (("link", link), ("file", file_sha256), ("picture", file_alt)) if value)
    return f"title: {title}\nsummary: {summary}\nsource: {source}\nlicence: {licence}\n{more}---\n{body}"


def hash_of(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
