"""The chain: salted commitments to payloads, and a keyed MAC over each line and the one before it (trust 4.6)."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

START = "0" * 64


def payload(facts: dict[str, Any] | None) -> bytes:
    """Facts as canonical bytes: sorted keys, no spaces, UTF-8."""
    return json.dumps(facts or {}, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def commitment(salt: str, facts: dict[str, Any] | None) -> str:
    """SHA-256 over salt and payload: it shows a changed payload, and tells nothing of an erased one."""
    return hashlib.sha256(bytes.fromhex(salt) + payload(facts)).hexdigest()


def mac(key: bytes, row: dict[str, Any]) -> str:
    """HMAC-SHA256 over the canonical bytes of a line, its predecessor's MAC included."""
    at: datetime = row["at"].astimezone(UTC)
    line = [
        row["prev"],
        row["number"],
        at.isoformat(timespec="microseconds"),
        str(row["kind"]),
        row["verb"],
        row["actor_id"],
        row["session_id"],
        row["about_type"],
        row["about_id"],
        row["case_id"],
        row["commitment"],
    ]
    return hmac.new(key, json.dumps(line, separators=(",", ":"), ensure_ascii=False).encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk along the chain found: how many lines, and the first broken one with the reason."""

    lines: int
    broken: int | None = None
    reason: str = ""

    @property
    def whole(self) -> bool:
        return self.broken is None


def verify(key: bytes, rows: Iterable[dict[str, Any]]) -> Verdict:
    """Walk lines in the order of their numbers and stop at the first that does not hold.

    Args:
        key: the audit key.
        rows: mappings with the columns of Entry, ordered by number.
    """
    before, count = START, 0
    for row in rows:
        number = count + 1
        if row["number"] != number:
            return Verdict(count, number, "the line is missing")
        if row["prev"] != before:
            return Verdict(count, number, "it does not follow the line before it")
        if not hmac.compare_digest(row["mac"], mac(key, row)):
            return Verdict(count, number, "the line was changed")
        if row["facts"] is not None and row["commitment"] != commitment(row["salt"], row["facts"]):
            return Verdict(count, number, "what it tells was changed")
        before, count = row["mac"], number
    return Verdict(count)
