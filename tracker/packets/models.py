"""Packet: exact editions for one person; Delivery: what became of it; PacketLink, Recall. Sealed, a packet never changes."""

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.cases.models import Case
from tracker.db import Key, Line, Model, Moment, PublicId, Short, coded, version_column
from tracker.library.models import Edition
from tracker.packets.words import DeliveryChannel, DeliveryStatus, Reached
from tracker.people.models import Person
from tracker.staff.models import Staff

RECEIPTS_FROM = 1000  # a receipt number is the packet's key above this: spoken and shown, never in a URL, never re-used
REPLACES = text("replaces_id IS NOT NULL")
NOT_YET = text("sealed_at IS NULL AND withdrawn_at IS NULL")


class Packet(Model):
    """Editions in an order, with a line from whoever builds it.

    It is built (`sealed_at` and `withdrawn_at` empty), then sealed as it leaves the desk, or withdrawn. Its PDF lies in the
    storage under `pdf_sha256` from the moment it was looked at; a sealed packet is never set again.
    """

    __tablename__ = "packets"
    __table_args__ = (
        CheckConstraint("sealed_at IS NULL OR (pdf_sha256 IS NOT NULL AND sealed_by_id IS NOT NULL)", name="sealed_is_whole"),
        CheckConstraint("sealed_at IS NULL OR withdrawn_at IS NULL", name="sealed_or_withdrawn"),
        Index("ix_packets_case", "case_id", "id"),
        Index("ix_packets_sealed", "sealed_at", "id"),
        Index("ix_packets_replaces", "replaces_id", sqlite_where=REPLACES, postgresql_where=REPLACES),
        Index("ix_packets_not_yet", "case_id", "built_at", sqlite_where=NOT_YET, postgresql_where=NOT_YET),
    )

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    receiver_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    title: Mapped[Line]
    line: Mapped[str] = mapped_column(Text, default="")
    name_on_cover: Mapped[bool] = mapped_column(Boolean, default=False)
    large_print: Mapped[bool] = mapped_column(Boolean, default=False)
    language: Mapped[str] = mapped_column(String(20), default="en-US")
    built_at: Mapped[Moment]  # of the last change: the date on the cover
    built_by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    pdf_sha256: Mapped[str | None] = mapped_column(String(64))
    page_count: Mapped[int | None] = mapped_column(Integer)
    sealed_at: Mapped[Moment | None]
    sealed_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    withdrawn_at: Mapped[Moment | None]
    with_qr: Mapped[bool] = mapped_column(Boolean, default=False)  # a printed packet bears the QR code of its link
    token_sealed: Mapped[str | None] = mapped_column(Text)  # the secret of that link, encrypted, until the packet leaves
    channel: Mapped[DeliveryChannel | None] = mapped_column(coded(DeliveryChannel))  # how it left, and the address as it was then
    point_id: Mapped[int | None] = mapped_column(ForeignKey("contact_points.id"))
    address: Mapped[Line | None]
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("packets.id"))  # the packet that this one brings up to date
    version: Mapped[int] = version_column()

    __mapper_args__ = {"version_id_col": version}

    case: Mapped[Case] = relationship(lazy="raise")
    receiver: Mapped[Person] = relationship(lazy="raise")
    built_by: Mapped[Staff] = relationship(foreign_keys=[built_by_id], lazy="raise")
    sealed_by: Mapped[Staff | None] = relationship(foreign_keys=[sealed_by_id], lazy="raise")
    items: Mapped[list["PacketItem"]] = relationship(
        back_populates="packet", lazy="raise", order_by="PacketItem.position", cascade="all, delete-orphan"
    )
    deliveries: Mapped[list["Delivery"]] = relationship(back_populates="packet", lazy="raise", order_by="Delivery.id")

    @property
    def receipt(self) -> str:
        """The receipt number that people say."""
        return f"PK-{RECEIPTS_FROM + self.id}"

    @property
    def is_open(self) -> bool:
        """Whether it is still being built."""
        return self.sealed_at is None and self.withdrawn_at is None


class PacketItem(Model):
    """One edition inside a packet, at its place."""

    __tablename__ = "packet_items"
    __table_args__ = (Index("ix_packet_items_packet", "packet_id", "position", unique=True), Index("ix_packet_items_edition", "edition_id", "id"))

    id: Mapped[Key]
    packet_id: Mapped[int] = mapped_column(ForeignKey("packets.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    position: Mapped[int] = mapped_column(Integer)

    packet: Mapped[Packet] = relationship(back_populates="items", lazy="raise")
    edition: Mapped[Edition] = relationship(lazy="raise")


class Delivery(Model):
    """One fact about a packet on its way: printed, handed over to whom by whom, or what they told us later. Append-only."""

    __tablename__ = "deliveries"
    __table_args__ = (Index("ix_deliveries_packet", "packet_id", "id"),)

    id: Mapped[Key]
    packet_id: Mapped[int] = mapped_column(ForeignKey("packets.id"))
    channel: Mapped[DeliveryChannel] = mapped_column(coded(DeliveryChannel))
    status: Mapped[DeliveryStatus] = mapped_column(coded(DeliveryStatus))
    given_to_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[Moment]
    note: Mapped[Line | None]
    tracking: Mapped[Short | None]

    packet: Mapped[Packet] = relationship(back_populates="deliveries", lazy="raise")
    given_to: Mapped[Person | None] = relationship(lazy="raise")
    by: Mapped[Staff] = relationship(lazy="raise")


class PacketLink(Model):
    """The secret address at which one person may open one packet. Of the secret only its hash is kept; the code is encrypted.

    It ends by itself (`expires_at`, `opens_left`), by a press (`revoked_at`), or after too many wrong tries (`locked_at`).
    """

    __tablename__ = "packet_links"
    __table_args__ = (CheckConstraint("opens_left >= 0", name="opens_not_below_nothing"), CheckConstraint("wrong_tries >= 0", name="tries_counted"))

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    packet_id: Mapped[int] = mapped_column(ForeignKey("packets.id"), unique=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    code_sealed: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    opens_left: Mapped[int] = mapped_column(Integer)
    wrong_tries: Mapped[int] = mapped_column(Integer, default=0)
    locked_at: Mapped[Moment | None]
    revoked_at: Mapped[Moment | None]
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    last_opened_at: Mapped[Moment | None]
    handled_at: Mapped[Moment | None]  # somebody saw that it was locked, or sent back

    packet: Mapped[Packet] = relationship(lazy="raise")


class Recall(Model):
    """An edition was replaced or retired, and somebody set out to reach all who hold it."""

    __tablename__ = "recalls"
    __table_args__ = (Index("ix_recalls_edition", "edition_id", "id"),)

    id: Mapped[Key]
    public_id: Mapped[PublicId]
    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"))
    why: Mapped[Line]
    by_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    at: Mapped[Moment]
    finished_at: Mapped[Moment | None]

    edition: Mapped[Edition] = relationship(lazy="raise")
    by: Mapped[Staff] = relationship(lazy="raise")


class RecallLine(Model):
    """What was done about one packet of a recall: sent anew, asked of packet staff, or why neither."""

    __tablename__ = "recall_lines"
    __table_args__ = (UniqueConstraint("recall_id", "packet_id"), Index("ix_recall_lines_packet", "packet_id"))

    id: Mapped[Key]
    recall_id: Mapped[int] = mapped_column(ForeignKey("recalls.id"))
    packet_id: Mapped[int] = mapped_column(ForeignKey("packets.id"))
    reached: Mapped[Reached] = mapped_column(coded(Reached))
    words: Mapped[Line]
    new_packet_id: Mapped[int | None] = mapped_column(ForeignKey("packets.id"))
    at: Mapped[Moment]

    recall: Mapped[Recall] = relationship(lazy="raise")
    packet: Mapped[Packet] = relationship(foreign_keys=[packet_id], lazy="raise")
    new_packet: Mapped[Packet | None] = relationship(foreign_keys=[new_packet_id], lazy="raise")
