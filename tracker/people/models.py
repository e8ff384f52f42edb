"""Family, Person, Relation, ContactPoint: facts about people; what may be done with them is asked in consents."""

from datetime import time

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, String, Time, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.db import FoldedText, Key, Line, Model, Moment, PublicId, Short, coded, version_column
from tracker.people import names
from tracker.words import Words


class Kinship(Words):
    """How somebody is kin to the person of concern."""

    PARENT = "parent", "Parent"
    STEP_PARENT = "step_parent", "Step-parent"
    CHILD = "child", "Child"
    SPOUSE_PARTNER = "spouse_partner", "Spouse or partner"
    EX_PARTNER = "ex_partner", "Former partner"
    SIBLING = "sibling", "Brother or sister"
    GRANDPARENT = "grandparent", "Grandparent"
    OTHER_FAMILY = "other_family", "Other family"
    FRIEND = "friend", "Friend"
    GUARDIAN = "guardian", "Guardian"
    OTHER = "other", "Other"


class AgeBand(Words):
    """About how old somebody is, as far as the caller says."""

    CHILD = "under_13", "Under 13"
    TEEN = "13_17", "13 to 17"
    YOUNG_ADULT = "18_25", "18 to 25"
    ADULT = "26_39", "26 to 39"
    MIDDLE = "40_59", "40 to 59"
    OLDER = "60_up", "60 or older"


class PointKind(Words):
    """What a contact point is."""

    PHONE = "phone", "Phone"
    EMAIL = "email", "E-mail"
    POST = "post", "Postal address"


class VoicemailRule(Words):
    """What may be left on a number's voicemail."""

    NONE = "none", "No messages"
    CALLBACK_ONLY = "callback_only", "Callback number only"
    NAMED = "named", "First name and number"
    DETAILED = "detailed", "Detailed message allowed"


class Family(Model):
    """The people around one or more persons of concern; nobody must give a name."""

    __tablename__ = "families"

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    name: Mapped[Short] = mapped_column(default="")
    folded_name: Mapped[str] = mapped_column(FoldedText, default="", index=True)
    zip_code: Mapped[str | None] = mapped_column(String(10), index=True)
    zone: Mapped[str] = mapped_column(String(60))
    zone_guessed: Mapped[bool] = mapped_column(Boolean, default=True)
    language: Mapped[str] = mapped_column(String(20), default="en-US")
    interpreter_needed: Mapped[bool] = mapped_column(Boolean, default=False)
    created_at: Mapped[Moment]
    version: Mapped[int] = version_column()

    __mapper_args__ = {"version_id_col": version}

    people: Mapped[list["Person"]] = relationship(back_populates="family", lazy="raise", order_by="Person.id")

    @property
    def title(self) -> str:
        """The family as pages call it."""
        return names.family(self.name)


class Person(Model):
    """One human of a family; may be unnamed. Their notes, rules and consents are theirs alone."""

    __tablename__ = "people"
    __table_args__ = (Index("ix_people_folded_last_first", "folded_last", "folded_first"), Index("ix_people_folded_first", "folded_first"))

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    family_id: Mapped[int] = mapped_column(ForeignKey("families.id"), index=True)
    first_name: Mapped[Short] = mapped_column(default="")
    last_name: Mapped[Short] = mapped_column(default="")
    folded_first: Mapped[str] = mapped_column(FoldedText, default="")
    folded_last: Mapped[str] = mapped_column(FoldedText, default="")
    age_band: Mapped[AgeBand | None] = mapped_column(coded(AgeBand))
    pronouns: Mapped[Short | None]
    language: Mapped[str | None] = mapped_column(String(20))
    zone: Mapped[str | None] = mapped_column(String(60))
    about: Mapped[Line | None]  # "lives with her", in staff's words
    no_contact_at: Mapped[Moment | None]
    died_at: Mapped[Moment | None]
    created_at: Mapped[Moment]
    version: Mapped[int] = version_column()

    __mapper_args__ = {"version_id_col": version}

    family: Mapped[Family] = relationship(back_populates="people", lazy="raise")
    points: Mapped[list["ContactPoint"]] = relationship(back_populates="person", lazy="raise", order_by="ContactPoint.id")

    @property
    def name(self) -> str:
        """The name as it was given, or what stands for one."""
        return names.whole(self.first_name, self.last_name)

    @property
    def called(self) -> str:
        """What staff call the person in a sentence."""
        return names.short(self.first_name, self.last_name)


class Relation(Model):
    """How one person of a family is kin to another (usually to the person of concern)."""

    __tablename__ = "relations"
    __table_args__ = (UniqueConstraint("person_id", "to_person_id"),)

    id: Mapped[Key]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    to_person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kinship: Mapped[Kinship] = mapped_column(coded(Kinship))


class ContactPoint(Model):
    """One way to reach a person, with its own safety facts. Not ticked means not allowed."""

    __tablename__ = "contact_points"
    __table_args__ = (
        Index("ix_contact_points_value", "value"),
        Index("ix_contact_points_digits_reversed", "digits_reversed"),
        CheckConstraint("length(value) > 0", name="value_given"),
    )

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    kind: Mapped[PointKind] = mapped_column(coded(PointKind))
    value: Mapped[str] = mapped_column(FoldedText)  # E.164, an address in lower case, or postal lines
    as_typed: Mapped[Line]
    extension: Mapped[str] = mapped_column(String(20), default="")
    digits_reversed: Mapped[str | None] = mapped_column(FoldedText)  # so that "ends in 0142" is a prefix on an index
    ok_to_call: Mapped[bool] = mapped_column(Boolean, default=False)
    ok_to_text: Mapped[bool] = mapped_column(Boolean, default=False)
    ok_to_write: Mapped[bool] = mapped_column(Boolean, default=False)  # e-mail or post
    wants_file: Mapped[bool] = mapped_column(Boolean, default=False)  # asked for the file itself instead of a link
    voicemail_rule: Mapped[VoicemailRule] = mapped_column(coded(VoicemailRule), default=VoicemailRule.NONE)
    discreet: Mapped[bool] = mapped_column(Boolean, default=True)
    best_from: Mapped[time | None] = mapped_column(Time)
    best_until: Mapped[time | None] = mapped_column(Time)
    is_shared: Mapped[bool] = mapped_column(Boolean, default=False)
    shared_with: Mapped[Short | None]
    note: Mapped[Line | None]
    unverified_at: Mapped[Moment | None]
    confirmed_at: Mapped[Moment | None]
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    retired_at: Mapped[Moment | None]
    created_at: Mapped[Moment]
    version: Mapped[int] = version_column()

    __mapper_args__ = {"version_id_col": version}

    person: Mapped[Person] = relationship(back_populates="points", lazy="raise")
