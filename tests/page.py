"""A page as a test reads it, and what every page must be, whoever opened it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SILENT = {"script", "style", "template", "title", "head"}
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}


@dataclass(eq=False)
class Node:
    """One element: its tag, attributes, and what stands in it (elements and pieces of text)."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    parent: Node | None = None
    inside: list[Node | str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Node]:
        """Every element below, in the order of the page."""
        for piece in self.inside:
            if isinstance(piece, Node):
                yield piece
                yield from piece

    def all(self, tag: str = "", **attrs: str) -> list[Node]:
        """Elements below with this tag and these attributes (`class_`, `aria_label` and the like for names Python cannot write)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attrs.items()}
        return [node for node in self if (not tag or node.tag == tag) and all(node._has(name, value) for name, value in wanted.items())]

    def one(self, tag: str = "", **attrs: str) -> Node:
        """The only such element; anything but one of them fails the test."""
        found = self.all(tag, **attrs)
        assert len(found) == 1, f"{len(found)} elements are <{tag or '*'}> with {attrs}, not one"
        return found[0]

    def within(self, *tags: str) -> Node | None:
        """The nearest element around this one with one of these tags."""
        node = self.parent
        while node and node.tag not in tags:
            node = node.parent
        return node

    @property
    def text(self) -> str:
        """What people read in it, with single spaces."""
        return " ".join(" ".join(self._pieces()).split())

    def __getitem__(self, name: str) -> str:
        return self.attrs[name]

    def get(self, name: str, default: str = "") -> str:
        return self.attrs.get(name, default)

    def _has(self, name: str, value: str) -> bool:
        if name == "class":
            return value in self.get("class").split()
        return name in self.attrs and (value == self.attrs[name])

    def _pieces(self) -> Iterator[str]:
        for piece in self.inside:
            if isinstance(piece, str):
                yield piece
            elif piece.tag not in SILENT:
                yield from piece._pieces()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Node("")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.inside.append(node)
        if tag not in VOID:
            self.here = node

    def handle_endtag(self, tag: str) -> None:
        node: Node | None = self.here
        while node and node.tag != tag:
            node = node.parent
        if node and node.parent:
            self.here = node.parent

    def handle_data(self, data: str) -> None:
        self.here.inside.append(data)


def read(html: str) -> Node:
    """The elements of a page or a fragment."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


def fields_of(form: Node) -> list[tuple[str, str]]:
    """What a browser would send if the form were submitted untouched, without the buttons."""
    pairs: list[tuple[str, str]] = []
    for node in form:
        name = node.get("name")
        if not name or "disabled" in node.attrs:
            continue
        if node.tag == "select":
            options = node.all("option")
            chosen = [option for option in options if "selected" in option.attrs] or (options[:1] if "multiple" not in node.attrs else [])
            pairs += [(name, option.get("value", option.text)) for option in chosen]
        elif node.tag == "textarea":
            pairs.append((name, "".join(piece for piece in node.inside if isinstance(piece, str)).removeprefix("\n")))
        elif node.tag == "input" and node.get("type") in ("checkbox", "radio"):
            if "checked" in node.attrs:
                pairs.append((name, node.get("value", "on")))
        elif node.tag == "input" and node.get("type") not in ("submit", "button", "reset", "image", "file"):
            pairs.append((name, node.get("value")))
    return pairs


def inspect(page: Node, whole: bool = True) -> list[str]:
    """What is wrong with a page: nothing, on every page that the tests open.

    Args:
        whole: a whole page rather than a fragment for one place of it.
    Returns:
        one sentence a fault.
    """
    faults = [*_outline(page)] if whole else []
    return [*faults, *_ids(page, whole), *_labels(page), *_tokens(page), *_inline(page)]


def _outline(page: Node) -> Iterator[str]:
    count = len(page.all("h1"))
    if count != 1:
        yield f"the page has {count} h1, not one"
    titles = page.all("title")
    if len(titles) != 1 or not "".join(piece for piece in titles[0].inside if isinstance(piece, str)).strip(" –-"):
        yield "the page has no title"
    if not page.all("html") or not page.all("html")[0].get("lang"):
        yield "the page does not say its language"
    if len(page.all("main")) != 1:
        yield "the page has not exactly one <main>"


def _ids(page: Node, whole: bool) -> Iterator[str]:
    ids = Counter(node["id"] for node in page if "id" in node.attrs)
    yield from (f'id="{name}" stands {count} times' for name, count in ids.items() if count > 1)
    if not whole:
        return
    for node in page:
        for name in ("for", "aria-labelledby", "aria-describedby"):
            yield from (f'<{node.tag} {name}="{key}"> points at nothing' for key in node.get(name).split() if key not in ids)
        if node.tag == "a" and node.get("href").startswith("#") and len(node["href"]) > 1 and node["href"][1:] not in ids:
            yield f'<a href="{node["href"]}"> leads to nothing'


def _labels(page: Node) -> Iterator[str]:
    labelled = {label["for"] for label in page.all("label") if "for" in label.attrs and label.text}
    for node in page:
        named = node.get("aria-label").strip() or node.get("aria-labelledby")
        if node.tag in ("select", "textarea") or (node.tag == "input" and node.get("type") not in UNLABELLED):
            around = node.within("label")
            if not (named or node.get("id") in labelled or (around and around.text)):
                yield f'<{node.tag} name="{node.get("name")}"> has no label'
        elif node.tag in ("button", "summary") or (node.tag == "a" and "href" in node.attrs):
            pictured = any(image.get("alt") for image in node.all("img"))
            if not (named or node.text or pictured):
                yield f'<{node.tag} class="{node.get("class")}" href="{node.get("href")}"> has no name'
        elif node.tag == "img" and "alt" not in node.attrs:
            yield f'<img src="{node.get("src")}"> has no alt'
        elif node.tag == "fieldset" and not (named or any(legend.text for legend in node.all("legend"))):
            yield f'<fieldset id="{node.get("id")}"> has no legend'


def _tokens(page: Node) -> Iterator[str]:
    for form in page.all("form"):
        posts = form.get("method").lower() == "post"
        if posts and not any(node.get("name") == "csrf_token" and node.get("value") for node in form):
            yield f'the form to "{form.get("action")}" posts without a token'
        if not posts and any(node.get("name") == "csrf_token" for node in form):
            yield f'the form to "{form.get("action")}" puts its token into the address'


def _inline(page: Node) -> Iterator[str]:
    for node in page:
        if node.tag == "style" or (node.tag == "script" and "src" not in node.attrs):
            yield f"<{node.tag}> stands in the page itself"
        yield from (f'<{node.tag} {name}="…"> is inline' for name in node.attrs if name == "style" or name.startswith("on"))
        for name in ("href", "src", "action", "formaction"):
            if node.get(name).strip().lower().startswith("javascript:"):
                yield f"<{node.tag} {name}> is a script"
