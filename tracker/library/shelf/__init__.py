"""The shelf that ships with the program: each material a Markdown file with a few plain lines before it."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from tracker.library.words import MaterialAudience, MaterialTopic, ResourceType, RiskFactor

HERE = Path(__file__).parent
LINE = re.compile(r"([a-z_]+):(?: (.*))?")
NAMES = ("slug", "title", "topic", "audience", "stages", "type", "tags", "source", "licence", "summary", "review_after_months")
OPTIONAL = ("tags", "link", "file", "picture")  # `file` is an upload's SHA-256, `picture` its text alternative


class ShelfUnreadable(ValueError):
    """A file of the shelf is not written as it should be; says which and what."""


@dataclass(frozen=True, slots=True)
class ShelfText:
    """One material as its file says it. `body` is the Markdown, `stages` are codes of case_stage."""

    slug: str
    language: str
    title: str
    topic: MaterialTopic
    audience: MaterialAudience
    stages: tuple[str, ...]
    kind: ResourceType
    tags: tuple[RiskFactor, ...]
    source: str
    licence: str
    summary: str
    review_after_months: int
    body: str
    link: str | None = None
    file: str | None = None
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class ShelfKit:
    """A kit as the shelf says it: `materials` are short names, `stage` and `kinship` codes; no kinship means everybody."""

    title: str
    stage: str
    kinship: str | None
    language: str
    materials: tuple[str, ...]


def kits(folder: Path = HERE) -> list[ShelfKit]:
    """The kits of a shelf, one for each language that it names; none where the shelf has no `kits.toml`."""
    place = folder / "kits.toml"
    if not place.is_file():
        return []
    return [
        ShelfKit(one[language], one["stage"], one.get("kinship"), language, tuple(one["materials"]))
        for one in tomllib.loads(place.read_text("utf-8"))["kit"] for language in ("en", "es") if language in one
    ]  # fmt: skip


def texts(folder: Path = HERE) -> list[ShelfText]:
    """Every material of a shelf, by language and file name.

    Raises:
        ShelfUnreadable: a file cannot be read; then none is given.
    """
    return [read(path.read_text("utf-8"), path.parent.name, path.name) for path in sorted(folder.glob("*/*.md"))]


def read(text: str, language: str, name: str = "") -> ShelfText:
    """Read one file: lines `key: value` between two fences of three dashes, then Markdown.

    Args:
        language: BCP 47, the name of the folder.
    Raises:
        ShelfUnreadable: a line is missing, unknown or holds a code that is none.
    """
    parts = re.split(r"^---\n", text.replace("\r\n", "\n"), maxsplit=2, flags=re.MULTILINE)
    if len(parts) != 3 or parts[0].strip() or "\0" in text:
        raise ShelfUnreadable(f"{name}: it does not begin with lines between two fences.")
    given: dict[str, str] = {}
    for line in parts[1].splitlines():
        found = LINE.fullmatch(line.rstrip())
        if not found or found[1] not in (*NAMES, *OPTIONAL):
            raise ShelfUnreadable(f"{name}: “{line[:60]}” is not understood.")
        given[found[1]] = (found[2] or "").strip()
    missing = [key for key in NAMES if not given.get(key) and key not in (*OPTIONAL, "stages")]
    if missing or not (parts[2].strip() or given.get("link") or given.get("file")):
        raise ShelfUnreadable(f"{name}: {', '.join(missing) or 'the text'} is missing.")
    try:
        return ShelfText(
            slug=given["slug"], language=language, title=given["title"], topic=MaterialTopic(given["topic"]),
            audience=MaterialAudience(given["audience"]), stages=_list(given.get("stages", "")), kind=ResourceType(given["type"]),
            tags=tuple(RiskFactor(tag) for tag in _list(given.get("tags", ""))), source=given["source"], licence=given["licence"],
            summary=given["summary"], review_after_months=int(given["review_after_months"]), body=parts[2].strip() + "\n" if parts[2].strip() else "",
            link=given.get("link") or None, file=given.get("file") or None, picture=given.get("picture") or None,
        )
    except ValueError as cause:
        raise ShelfUnreadable(f"{name}: {cause}.") from cause


def written(text: ShelfText) -> str:
    """A material as its file says it; `read` gives the same back."""
    lines = {
        "slug": text.slug, "title": text.title, "topic": text.topic.value, "audience": text.audience.value, "stages": ", ".join(text.stages),
        "type": text.kind.value, "tags": ", ".join(tag.value for tag in text.tags), "source": text.source, "licence": text.licence,
        "summary": text.summary, "review_after_months": str(text.review_after_months), "link": text.link or "", "file": text.file or "",
        "picture": text.picture or "",
    }  # fmt: skip
    front = "".join(f"{name}: {' '.join(value.split())}\n" for name, value in lines.items() if value)
    return f"---\n{front}---\n{text.body}"


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
