"""Shelves that tests write."""

from pathlib import Path

LINES = {
    "slug": "a-leaf", "title": "A leaf", "topic": "grief", "audience": "family", "stages": "inquiry", "type": "handout", "tags": "",
    "source": "us", "licence": "CC BY 4.0", "summary": "What it is.", "review_after_months": "12",
}


def material(body: str = "Some words.\n", **lines: str) -> str:
    """A file of a shelf."""
    head = "".join(f"{key}: {value}\n" for key, value in {**LINES, **lines}.items())
    return f"---\n{head}---\n{body}"


def write(folder: Path, text: str, name: str = "a.md") -> None:
    """Put a file on a shelf."""
    place = folder / "en"
    place.mkdir(exist_ok=True)
    (place / name).write_text(text, "utf-8")
