"""Addresses in templates: each pattern is built once, then only its id is put in; a page of rows asks for hundreds."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Flask

PLACE = UUID("ffffffff-ffff-4fff-bfff-ffffffffffff")  # stands where an id belongs in a kept pattern


def register(app: Flask) -> None:
    """Let an application's templates ask for addresses by `url_for` as ever, without building each anew."""
    app.jinja_env.globals["url_for"] = keeping(app)


def keeping(app: Flask) -> Callable[..., str]:
    """An `url_for` that keeps what it built for an endpoint without values, or with one id. All others are built as ever."""
    kept: dict[tuple[str, str], str] = {}

    def url_for(endpoint: str, **values: Any) -> str:
        if len(values) > 1:
            return app.url_for(endpoint, **values)
        name, value = next(iter(values.items()), ("", None))
        if (name and type(value) is not UUID) or endpoint[0] == ".":
            return app.url_for(endpoint, **values)
        pattern = kept.get((endpoint, name))
        if pattern is None:
            pattern = kept[endpoint, name] = app.url_for(endpoint, **({name: PLACE} if name else {}))
        return pattern.replace(str(PLACE), str(value)) if name else pattern

    return url_for
