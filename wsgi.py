"""What the `flask` command loads; the production server calls tracker:serve() instead."""

import os
import sys

from config import Config, SettingRefused
from tools import keys
from tracker import create_app

os.umask(0o077)  # a database that others can read is refused at the next start
keys.load()
try:
    app = create_app(Config.from_environment())
except SettingRefused as refusal:
    print(f"Waypoint does not start: {refusal}", file=sys.stderr)
    raise SystemExit(2) from None
