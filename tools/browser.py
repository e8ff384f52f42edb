"""A browser for the tests: found or fetched, or said plainly that there is none.

The order: WAYPOINT_TEST_BROWSER → Chromium or Chrome in PATH → Debian's package, as root → Playwright's own download.
"""

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

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
    if told:
        return told if _starts(told) else None
    installed = (path for name in NAMES if (path := shutil.which(name)))
    return next(filter(_starts, installed), None) or next(filter(_starts, _downloaded()), None)


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


def _starts(path: str) -> bool:
    return quietly([path, "--version"], seconds=60).returncode == 0


def _downloaded() -> list[str]:
    """What Playwright downloaded earlier, wherever it keeps that, newest first."""
    with sync_playwright() as playwright:
        home = Path(playwright.chromium.executable_path).parents[2]
    shells = [path for name in ("headless_shell", "chrome-headless-shell") for path in home.glob(f"chromium_headless_shell-*/*/{name}")]
    return [str(path) for path in sorted(shells, reverse=True)]
