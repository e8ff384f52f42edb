"""Addresses: each pattern is built once, then only its id is put in; a page asks for dozens, a page of rows for hundreds."""

from typing import Any
from uuid import UUID

from flask import Flask, current_app

PLACE = UUID("ffffffff-ffff-4fff-bfff-ffffffffffff")  # stands where an id belongs in a kept pattern
STANDS = str(PLACE)
OUTWARD = {"_external", "_scheme", "_method"}
MOST = 2_000  # patterns that are kept; past it somebody counts through them, and all are built anew


def register(app: Flask) -> None:
    """Let an application's templates ask for addresses by `url_for` as ever, without building each anew."""
    app.extensions["addresses"] = {}
    app.jinja_env.globals["url_for"] = url_for


def url_for(endpoint: str, **values: Any) -> str:
    """The address of a page, as Flask's own has it; one with an id and a few plain words is built once for all ids."""
    found: UUID | None = None
    words = []
    for name, value in values.items():
        if type(value) is UUID and found is None:
            found = value
            words.append((name, PLACE))
        elif (value is None or type(value) is str or type(value) is int) and name not in OUTWARD:
            words.append((name, value))
        else:
            return current_app.url_for(endpoint, **values)
    if endpoint[0] == ".":
        return current_app.url_for(endpoint, **values)
    kept, key = current_app.extensions["addresses"], (endpoint, *words)
    pattern = kept.get(key)
    if pattern is None:
        if len(kept) >= MOST:
            kept.clear()
        pattern = kept[key] = current_app.url_for(endpoint, **dict(words))
    return pattern.replace(STANDS, str(found)) if found else pattern


def uuid_of(text: str | None) -> UUID | None:
    """The id that an address or a form carries, or None when it carries none."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
