"""Contact and the earlier wordings of its note: rows are added, and a first text stays readable."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.contacts.words import ContactDirection, ContactOutcome, ContactType, ContactWith
from tracker.db import FoldedText, Key, Line, Model, Moment, PublicId, Short, coded, version_column
from tracker.people.models import ContactPoint, Person
from tracker.staff.models import Staff


class Contact(Model):
    """One contact, one try, or one note. `note_of` says whose it is: one person's note is never shown to another."""

    __tablename__ = "contacts"
    __table_args__ = (
        # Walked backwards for "newest first": the same range as with DESC, and comparable by autogenerate.
        Index("ix_contacts_case_at", "case_id", "at", "id"),
        CheckConstraint("outcome IS NOT NULL OR direction = 'internal'", name="outcome_said"),
        CheckConstraint("minutes IS NULL OR minutes >= 0", name="minutes_not_negative"),
    )

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    type: Mapped[ContactType] = mapped_column(coded(ContactType))
    direction: Mapped[ContactDirection] = mapped_column(coded(ContactDirection))
    outcome: Mapped[ContactOutcome | None] = mapped_column(coded(ContactOutcome))  # None: a note
    with_whom: Mapped[ContactWith] = mapped_column(coded(ContactWith))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    point_id: Mapped[int | None] = mapped_column(ForeignKey("contact_points.id"), index=True)
    with_name: Mapped[Short] = mapped_column(default="")  # a program, or somebody who is not of the family
    others_present: Mapped[Line] = mapped_column(default="")
    at: Mapped[Moment]  # when it was, as told
    logged_at: Mapped[Moment]  # when it was written down, by the server's clock
    minutes: Mapped[int | None] = mapped_column(Integer)
    note: Mapped[str] = mapped_column(Text, default="")  # as it reads now
    note_folded: Mapped[str] = mapped_column(FoldedText, default="")  # the same, folded, for the full text index
    note_of_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)  # None: the case's own
    next_step: Mapped[Line] = mapped_column(default="")  # the step that was set with it, as it was said
    finished_step: Mapped[Line] = mapped_column(default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    version: Mapped[int] = version_column()

    __mapper_args__ = {"version_id_col": version}

    person: Mapped[Person | None] = relationship(foreign_keys=[person_id], lazy="raise")
    note_of: Mapped[Person | None] = relationship(foreign_keys=[note_of_id], lazy="raise")
    point: Mapped[ContactPoint | None] = relationship(lazy="raise")
    by: Mapped[Staff | None] = relationship(lazy="raise")


class ContactText(Model):
    """An earlier wording of a contact's note, kept when its writer edited it or somebody corrected it."""

    __tablename__ = "contact_texts"
    __table_args__ = (Index("ix_contact_texts_contact_number", "contact_id", "number", unique=True),)

    id: Mapped[Key]
    contact_id: Mapped[int] = mapped_column(ForeignKey("contacts.id"))
    number: Mapped[int] = mapped_column(Integer)  # 1 is the first text
    note: Mapped[str] = mapped_column(Text)
    until: Mapped[Moment]  # when it was replaced
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    why: Mapped[Line] = mapped_column(default="")  # empty: its own writer, within a day
