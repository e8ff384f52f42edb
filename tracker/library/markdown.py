"""Markdown, read once and given out twice: safe HTML for the screen, plain blocks for the printed page."""

import re
from collections.abc import Iterator
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

TAGS = {"h2", "h3", "h4", "p", "ul", "ol", "li", "blockquote", "strong", "em", "a", "br", "hr", "code", "pre",
        "table", "thead", "tbody", "tr", "th", "td"}
SCHEMES = {"http", "https", "mailto", "tel"}
TICKS = "tickbox"  # the class of a checklist's items
TICK = re.compile(r"^\[[ xX]\]\s+")

_parser = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(["table", "smartquotes"])


def html(text: str) -> Markup:
    """Markdown as HTML that is safe on a staff page.

    Raw HTML in the text stays text, links keep only http, https, mailto and tel, and headings start at h2,
    because the page itself has the one h1. Checklist marks become an empty box sign.
    """
    tokens = _parser.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(max(int(token.tag[1]), 2), 4)}"
    for around, line in _ticked(tokens):
        line.content = TICK.sub("☐ ", line.content)
        around.attrSet("class", TICKS)
    clean = nh3.clean(
        _parser.renderer.render(tokens, _parser.options, {}),
        tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel="noopener noreferrer",
        allowed_classes={"li": {TICKS}},
    )
    return Markup(clean)  # cleaned on the line above


def blocks(text: str) -> list[dict[str, Any]]:
    """Markdown as plain blocks, in reading order, for a page that is not HTML.

    Returns:
        a list of dicts, each with `kind`:
        `heading` (level from 1, runs), `paragraph` (runs), `list` (ordered, start, items: each a list of blocks),
        `checklist` (items), `quote` (blocks), `table` (head: cells, rows: lists of cells; a cell is a list of runs), `rule`.
        A run is a dict with `text` and, where they hold, `bold`, `italic`, `link`.
        Heading levels never jump by more than one, as a tagged PDF demands.
    """
    found = list(_blocks(iter(_parser.parse(text))))
    level = 0
    for block in found:
        if block["kind"] == "heading":
            level = block["level"] = min(block["level"], level + 1)
    return found


def _ticked(tokens: list[Token]) -> Iterator[tuple[Token, Token]]:
    """Each list item that begins with a checklist mark, and its first piece of text."""
    for place, token in enumerate(tokens[:-2]):
        line = tokens[place + 2]
        if token.type == "list_item_open" and line.type == "inline" and line.children and TICK.match(line.content):
            yield token, line.children[0]


def _blocks(tokens: Iterator[Token], until: str = "") -> Iterator[dict[str, Any]]:
    for token in tokens:
        if token.type == until:
            return
        match token.type:
            case "heading_open":
                # Materials begin at "##", because their title stands outside the text: that is level 1 here.
                yield {"kind": "heading", "level": max(int(token.tag[1]) - 1, 1), "runs": _runs(next(tokens))}
            case "paragraph_open":
                yield {"kind": "paragraph", "runs": _runs(next(tokens))}
            case "bullet_list_open" | "ordered_list_open":
                yield _list(tokens, token)
            case "blockquote_open":
                yield {"kind": "quote", "blocks": list(_blocks(tokens, "blockquote_close"))}
            case "table_open":
                yield _table(tokens)
            case "code_block" | "fence":
                yield {"kind": "paragraph", "runs": [{"text": token.content.rstrip("\n")}]}
            case "hr":
                yield {"kind": "rule"}


def _list(tokens: Iterator[Token], opening: Token) -> dict[str, Any]:
    ordered = opening.type == "ordered_list_open"
    closing = opening.type.replace("open", "close")
    items: list[list[dict[str, Any]]] = []
    for token in tokens:
        if token.type == closing:
            break
        if token.type == "list_item_open":
            items.append(list(_blocks(tokens, "list_item_close")))
    firsts = [item[0]["runs"][0] if item and item[0].get("runs") else {"text": ""} for item in items]
    if not ordered and items and all(TICK.match(run["text"]) for run in firsts):
        for run in firsts:
            run["text"] = TICK.sub("", run["text"])
        return {"kind": "checklist", "items": items}
    return {"kind": "list", "ordered": ordered, "start": int(opening.attrs.get("start", 1)), "items": items}


def _table(tokens: Iterator[Token]) -> dict[str, Any]:
    rows: list[list[list[dict[str, Any]]]] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_runs(token))
    return {"kind": "table", "head": rows[0], "rows": rows[1:]}


def _runs(line: Token) -> list[dict[str, Any]]:
    """The text of one line, cut where its look changes."""
    runs: list[dict[str, Any]] = []
    bold = italic = 0
    links: list[str] = []
    for token in line.children or []:
        match token.type:
            case "strong_open":
                bold += 1
            case "strong_close":
                bold -= 1
            case "em_open":
                italic += 1
            case "em_close":
                italic -= 1
            case "link_open":
                links.append(str(token.attrs.get("href", "")))
            case "link_close":
                links.pop()
            case "softbreak" | "hardbreak" | "text" | "code_inline" | "image":
                text = {"softbreak": " ", "hardbreak": "\n"}.get(token.type, token.content)
                look: dict[str, Any] = {}
                if bold:
                    look["bold"] = True
                if italic:
                    look["italic"] = True
                if links and links[-1].split(":", 1)[0].lower() in SCHEMES:
                    look["link"] = links[-1]
                if runs and {key: runs[-1].get(key) for key in ("bold", "italic", "link")} == {
                    key: look.get(key) for key in ("bold", "italic", "link")
                }:
                    runs[-1]["text"] += text
                else:
                    runs.append({"text": text, **look})
    return [run for run in runs if run["text"]]
