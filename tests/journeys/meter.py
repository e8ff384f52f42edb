"""Counts what a job costs whoever does it: one click, one key or chord, or typing into one field, is one interaction.

Walking to a field by Tab or an arrow is not counted: it answers nothing.
"""

from playwright.sync_api import Page

WALKING = {"Tab", "Shift+Tab", "ArrowDown", "ArrowUp"}


class Meter:
    """A window's keyboard, which counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def press(self, key: str, times: int = 1) -> None:
        """Press a key or a chord."""
        for _ in range(times):
            self.page.keyboard.press(key)
            self.count += key not in WALKING

    def type(self, words: str) -> None:
        """Type into the field that has the focus."""
        self.page.keyboard.type(words)
        self.count += 1

    def done(self, most: int) -> None:
        """The job is done, and took no more than so many.

        Args:
            most: the goal of interface.md §6.
        """
        assert self.count <= most, f"{self.count} interactions, not {most} at most"
