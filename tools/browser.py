"""A browser for the tests: found or fetched, or said plainly that there is none.

The order: WAYPOINT_TEST_BROWSER → Chromium or Chrome in PATH → Debian's package, as root → Playwright's own download.
"""

import os
import shutil
from pathlib import Path

from tools.machine import apt_install, is_root, python, quietly, say

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
HOW_TO_GET = "apt-get install chromium" if is_root() else "sudo apt-get install chromium"
# Playwright's own arguments are kept; these are for a container, without a network, and quiet.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str | None:
    """The path of a browser that starts, or None."""
    told = os.environ.get("WAYPOINT_TEST_BROWSER")
    for candidate in [told] if told else [shutil.which(name) for name in NAMES] + [_downloaded()]:
        if candidate and quietly([candidate, "--version"], seconds=60).returncode == 0:
            return candidate
    return None


def get() -> str | None:
    """The path of a browser, fetched first if need be; None when there is none to be had."""
    found = find()
    if found:
        return found
    if apt_install("chromium"):
        return find()
    say("Looking for a browser to download (once)…")
    quietly([python(), "-m", "playwright", "install", "--only-shell", "chromium"], seconds=300)
    return find()


def not_run() -> str:
    """The line that says that browser tests did not run, and the one command that would change that."""
    return f"NOT RUN: no browser here, so no browser test ran. Get one with: {HOW_TO_GET}"


def _downloaded() -> str | None:
    """What Playwright downloaded earlier, wherever it keeps that."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        full = Path(playwright.chromium.executable_path)
    home = full.parents[2] if len(full.parents) > 2 else full.parent
    shells = sorted(home.glob("chromium_headless_shell-*/*/headless_shell")) + sorted(home.glob("chromium_headless_shell-*/*/chrome-headless-shell"))
    return next((str(path) for path in [full, *reversed(shells)] if path.exists()), None)
