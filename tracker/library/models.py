"""Material and Edition: what may be handed out, and each wording of it that was ever published."""

import hashlib
from datetime import date

from sqlalchemy import JSON, Date, Float, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import Key, Line, Model, Moment, PublicId, Short, coded, coded_list
from tracker.library.words import MaterialAudience, MaterialStatus, MaterialTopic, ReadingLevelBand, ResourceType, RiskFactor


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

    editions: Mapped[list["Edition"]] = relationship(back_populates="material", lazy="raise", order_by="Edition.number")


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

    material: Mapped[Material] = relationship(back_populates="editions", lazy="raise")

    @property
    def text(self) -> str:
        """The edition as one text file; `sha256` is the hash of its bytes in UTF-8."""
        return whole_text(self.title, self.summary, self.source, self.licence, self.body)

    def past_review(self, today: date) -> bool:
        """Whether its review is overdue on a day: then it is not handed out."""
        return today > self.review_due_on


def whole_text(title: str, summary: str, source: str, licence: str, body: str) -> str:
    """The text whose hash names an edition: all that a reader sees of it."""
    return f"title: {title}\nsummary: {summary}\nsource: {source}\nlicence: {licence}\n---\n{body}"


def hash_of(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
