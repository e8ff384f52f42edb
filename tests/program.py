"""The program as tests start it: real settings, cheap passwords, exceptions that are not swallowed."""

import tempfile
from pathlib import Path

from flask import Flask

from config import Config
from tracker import create_app

KEYS = {
    "SECRET_KEY": "3d1f7be95ac2408ea6f40cd2b7981e63f05bd1a4",
    "WAYPOINT_AUDIT_KEY": "b82c6e07d94f15a3906be1f2a7c45d38d0fe4921",
}


def make_app(url: str, folder: Path | None = None) -> Flask:
    """The application on a database.

    Args:
        url: the database's address.
        folder: where it keeps files; a temporary one when left out.
    """
    config = Config(
        secret_key=KEYS["SECRET_KEY"],
        audit_key=KEYS["WAYPOINT_AUDIT_KEY"],
        database_url=url,
        data_dir=folder or Path(tempfile.gettempdir()),
        testing=True,
    )
    return create_app(config)
