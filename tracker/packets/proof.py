"""The proof that everything that was handed out is still what it was: every blob and every edition against its hash."""

from collections.abc import Iterator

from sqlalchemy import select

from tracker import storage
from tracker.db import db
from tracker.library.models import Edition, Wording, hash_of
from tracker.packets.models import RECEIPTS_FROM, Packet

STEP = 500


def faults() -> Iterator[tuple[str, str]]:
    """What does not match its hash: what it is, and what is wrong with it ("missing" or "altered").

    Packets that left the desk and their PDFs; editions, their texts as they lie in the database and their files; working copies' files.
    """
    for edition in db.session.scalars(select(Edition).order_by(Edition.id).execution_options(yield_per=STEP)):
        name = f"“{edition.title}”, version {edition.number}"
        if hash_of(edition.text) != edition.sha256:
            yield f"{name}: its text ({edition.sha256})", "altered"
        if edition.file_sha256:
            yield from ((f"{name}: its file ({sha256})", what) for sha256, what in storage.faults([edition.file_sha256]))
    for title, sha256 in db.session.execute(select(Wording.title, Wording.file_sha256).where(Wording.file_sha256.is_not(None))):
        yield from ((f"working copy of “{title}” ({sha256})", what) for _, what in storage.faults([sha256]))
    packets = select(Packet.id, Packet.pdf_sha256).where(Packet.sealed_at.is_not(None)).order_by(Packet.id)
    for key, sha256 in db.session.execute(packets.execution_options(yield_per=STEP)):
        yield from ((f"packet PK-{RECEIPTS_FROM + key} ({sha256})", what) for _, what in storage.faults([sha256]))
