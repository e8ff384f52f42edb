"""`make run`: keys, migrations, an invented organisation in an empty database, then the worker that sends, and the production server in our place."""

import os
import socket
import subprocess
import sys
import time

from config import Config, SettingRefused
from tools import keys
from tools.machine import python, say

DEMONSTRATION = ("demo", "--families", "25", "--seed", "7")


def main() -> None:
    """Bring the program up; does not come back, unless with a sentence and exit code 2."""
    os.umask(0o077)
    began = time.monotonic()
    try:
        os.environ.setdefault("WAYPOINT_BASE_URL", f"http://127.0.0.1:{os.environ.get('PORT') or 8000}")
        keys.make()
        config = Config.from_environment()
        config.check()
    except SettingRefused as refused:
        give_up(f"Waypoint does not start: {refused}")
    except OSError as cause:
        give_up(f"The folder for the data cannot be used: {cause}")
    if in_use(config.port):
        give_up(f"Port {config.port} is in use already. Stop what runs there, or choose another: PORT={config.port + 1} make run")
    empty = migrate(config)
    if empty:
        say("The database is empty: filling it with an invented organisation (once)…")
        if subprocess.run([python(), "-m", "flask", *DEMONSTRATION], check=False).returncode:
            give_up("The invented organisation could not be made; see above.")
    tell(config, empty, time.monotonic() - began)
    sys.stdout.flush()
    # Sends what is due, and goes when the server does, which takes this process's place.
    subprocess.Popen([python(), "-m", "flask", "deliver", "--with-parent", str(os.getpid())])
    os.execv(python(), [python(), "-m", "gunicorn", "--bind", f"127.0.0.1:{config.port}"])


def give_up(sentence: str) -> None:
    """End with one plain sentence and exit code 2."""
    print(sentence, file=sys.stderr, flush=True)
    raise SystemExit(2)


def in_use(port: int) -> bool:
    """Whether something answers on a port of this machine already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def migrate(config: Config) -> bool:
    """Bring the database to the program's version.

    Returns:
        whether nobody works here yet: the database is empty.
    """
    from flask_migrate import upgrade  # noqa: PLC0415 - settings are checked before a second is spent on importing
    from sqlalchemy.exc import OperationalError  # noqa: PLC0415

    from tracker import create_app  # noqa: PLC0415
    from tracker.db import db  # noqa: PLC0415
    from tracker.staff import queries  # noqa: PLC0415

    app = create_app(config)
    with app.app_context():
        try:
            upgrade()
            return not queries.everybody()
        except OperationalError:
            give_up("The database does not answer. Check DATABASE_URL, and that the server runs.")
        finally:
            db.session.remove()
            db.engine.dispose()
    return False


def tell(config: Config, first: bool, seconds: float) -> None:
    """Say where to go and how to sign in."""
    line = "─" * 78
    say(line)
    say(f"  Waypoint is ready after {seconds:.0f} s:  {config.base_url}")
    if first:
        say("  Sign in with one of the names above. The passwords are shown only this once.")
    say("  To set a new password:  .venv/bin/flask staff password NAME")
    say("  To see who there is:    .venv/bin/flask staff list")
    say("  Ctrl-C stops everything; the data stays in " + str(config.data_dir))
    say(line)


if __name__ == "__main__":
    main()
