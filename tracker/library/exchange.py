"""A whole shelf as files: Markdown with a few plain lines before it, uploads by their hash, and JSON-LD (schema.org LearningResource)."""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from tracker import storage
from tracker.journal.actions import Someone
from tracker.library import files, queries, writing
from tracker.library.models import Edition, hash_of, whole_text
from tracker.library.shelf import ShelfText, ShelfUnreadable, read, written
from tracker.library.words import MaterialAudience, MaterialTopic, ResourceType
from tracker.moves import Refused

MOST_FILES = 500
MOST_BYTES = 60 * 2**20  # of everything in it, unpacked
ENDINGS = {files.PDF: "pdf", files.PNG: "png", files.JPEG: "jpg"}
FIRST = (2020, 1, 1, 0, 0, 0)  # the same shelf makes the same archive


def export(editions: Sequence[Edition]) -> bytes:
    """A shelf as a zip archive: one Markdown file a material in a folder a language, `files/`, and `shelf.jsonld`.

    Args:
        editions: today's, with their materials.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for edition in editions:
            _put(archive, f"{edition.material.language}/{edition.material.slug}.md", written(_text_of(edition)).encode())
        for sha256, kind in sorted({(one.file_sha256, one.file_type) for one in editions if one.file_sha256 and one.file_type}):
            _put(archive, f"files/{sha256}.{ENDINGS[kind]}", storage.get(sha256))
        _put(archive, "shelf.jsonld", json.dumps(linked(editions), ensure_ascii=False, indent=1).encode())
    return made.getvalue()


def linked(editions: Sequence[Edition]) -> dict[str, Any]:
    """A shelf as JSON-LD (schema.org LearningResource; domain B7)."""
    return {"@context": "https://schema.org", "@graph": [_resource(edition) for edition in editions]}


@dataclass
class Taken:
    """What an import would do, or did: titles of new and of changed materials, how many are as they were, and what was refused."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


def take(data: bytes, name: str, *, by: Someone) -> Taken:
    """Read a shelf of another organization: new and changed materials become drafts in review, nothing is published by it.

    Args:
        data: a zip archive of `export`, or its `shelf.jsonld` alone.
    Raises:
        Refused: beside `file`: it is neither, or too large.
    """
    texts, blobs, taken = _unpacked(data, name)
    for text in texts:
        try:
            _take(text, blobs, taken, by)
        except Refused as refused:
            taken.refused.append((f"{text.language}/{text.slug}", refused.sentence))
    return taken


def _take(text: ShelfText, blobs: dict[str, bytes], taken: Taken, by: Someone) -> None:
    material = queries.by_slug(text.slug, text.language)
    now = queries.current(material) if material else None
    sha256 = hash_of(whole_text(text.title, text.summary, text.source, text.licence, text.body, text.link, text.file, text.picture))
    if now is not None and now.sha256 == sha256:
        taken.same += 1
        return
    upload = files.look_into(blobs[text.file]) if text.file and text.file in blobs else None
    if text.file and upload is None:
        raise Refused("file", "The file that it names is not in the archive.")
    about = writing.About(text.topic, text.audience, text.kind, text.stages, text.tags)
    words = writing.Words(text.title, text.summary, text.source, text.licence, text.body, text.link, text.picture, text.review_after_months)
    if material is None:
        material = writing.begin(text.slug, text.language, about, words, by=by)
        taken.new.append(text.title)
    else:
        if material.wording is not None:
            raise Refused(None, "Somebody works at it here. Publish or throw that copy away first.")
        writing.write(material, about, words, by=by)
        taken.changed.append(text.title)
    if upload is not None:
        writing.attach(material, upload, text.picture, by=by)
    writing.send_to_review(material, by=by)


def _unpacked(data: bytes, name: str) -> tuple[list[ShelfText], dict[str, bytes], Taken]:
    taken = Taken()
    if data.lstrip()[:1] == b"{":
        return _linked_texts(data, taken), {}, taken
    texts: list[ShelfText] = []
    blobs: dict[str, bytes] = {}
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise Refused("file", "This archive is too large for a shelf.")
        for entry in entries:
            path = PurePosixPath(entry.filename)
            if len(path.parts) != 2 or ".." in path.parts:
                continue
            content = archive.read(entry)
            if path.parts[0] == "files":
                blobs[hash_of_bytes(content)] = content
            elif path.suffix == ".md":
                _read_text(content, path, texts, taken)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as cause:
        raise Refused("file", "This is no archive of a shelf. Choose the zip file or the JSON-LD file that another library saved.") from cause
    if not texts and not taken.refused:
        raise Refused("file", "There is no material in this archive.")
    return texts, blobs, taken


def _read_text(content: bytes, path: PurePosixPath, texts: list[ShelfText], taken: Taken) -> None:
    try:
        texts.append(read(content.decode("utf-8"), path.parts[0], path.name))
    except (ShelfUnreadable, UnicodeDecodeError) as cause:
        taken.refused.append((str(path), str(cause)[:200]))


def _linked_texts(data: bytes, taken: Taken) -> list[ShelfText]:
    try:
        graph = json.loads(data)["@graph"]
        if not isinstance(graph, list) or len(graph) > MOST_FILES:
            raise ValueError
    except (ValueError, KeyError, TypeError, RecursionError) as cause:
        raise Refused("file", "This JSON-LD file holds no list of learning resources.") from cause
    found = []
    for place, one in enumerate(graph):
        try:
            found.append(_of_resource(one))
        except (ValueError, KeyError, TypeError, AttributeError) as cause:
            taken.refused.append((f"number {place + 1}", f"It cannot be read ({type(cause).__name__})."))
    return found


def _resource(edition: Edition) -> dict[str, Any]:
    material = edition.material
    made: dict[str, Any] = {
        "@type": "LearningResource", "identifier": f"sha256:{edition.sha256}", "alternateName": material.slug, "name": edition.title,
        "description": edition.summary, "inLanguage": material.language, "version": edition.number,
        "datePublished": edition.published_at.date().isoformat(), "expires": edition.review_due_on.isoformat(),
        "about": material.topic.value, "keywords": [*material.stages, *(f"risk:{tag.value}" for tag in material.tags)],
        "audience": {"@type": "Audience", "audienceType": material.audience.value}, "learningResourceType": material.kind.value,
        "educationalLevel": f"grade {edition.grade}", "isBasedOn": edition.source, "license": edition.licence, "text": edition.body,
    }  # fmt: skip
    if edition.link:
        made["url"] = edition.link
    if edition.file_sha256:
        made["encoding"] = {"@type": "MediaObject", "sha256": edition.file_sha256, "encodingFormat": edition.file_type, "caption": edition.file_alt or ""}
    return made


def _of_resource(one: dict[str, Any]) -> ShelfText:
    words = [str(word) for word in one.get("keywords", [])]
    lines = {
        "slug": one["alternateName"], "title": one["name"], "topic": MaterialTopic(one["about"]).value,
        "audience": MaterialAudience(one["audience"]["audienceType"]).value, "stages": ", ".join(word for word in words if ":" not in word),
        "type": ResourceType(one["learningResourceType"]).value, "tags": ", ".join(word[5:] for word in words if word.startswith("risk:")),
        "source": one["isBasedOn"], "licence": one["license"], "summary": one["description"], "review_after_months": 12, "link": one.get("url", ""),
    }  # fmt: skip
    front = "".join(f"{name}: {' '.join(str(value).split())}\n" for name, value in lines.items() if value != "")
    return read(f"---\n{front}---\n{one['text']}", str(one["inLanguage"]), str(one["alternateName"]))


def _text_of(edition: Edition) -> ShelfText:
    material = edition.material
    return ShelfText(
        slug=material.slug, language=material.language, title=edition.title, topic=material.topic, audience=material.audience,
        stages=tuple(material.stages), kind=material.kind, tags=tuple(material.tags), source=edition.source, licence=edition.licence,
        summary=edition.summary, review_after_months=12, body=edition.body, link=edition.link, file=edition.file_sha256, picture=edition.file_alt,
    )  # fmt: skip


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, FIRST)
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    archive.writestr(entry, content)


def hash_of_bytes(content: bytes) -> str:
    """SHA-256 of bytes, in hexadecimal."""
    return storage.name_of(content)
