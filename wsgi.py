"""What the `flask` command loads; the production server calls tracker:serve() instead."""

import sys

from config import Config, SettingRefused
from tracker import create_app

try:
    app = create_app(Config.from_environment())
except SettingRefused as refusal:
    print(f"Waypoint does not start: {refusal}", file=sys.stderr)
    raise SystemExit(2) from None
