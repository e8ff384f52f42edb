"""Markdown on the screen is safe, and on paper it is plain data."""

from html.parser import HTMLParser

import pytest
from markupsafe import Markup

from tracker.library.markdown import blocks, html


class Tags(HTMLParser):
    """Every tag that a browser would see, with its attributes."""

    @classmethod
    def of(cls, text):
        reader = cls()
        reader.found = []
        reader.feed(text)
        return reader.found

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "![x](https://example.org/pixel.png)",
        "<a href='https://example.org' style='color:red' onclick='x()'>x</a>",
        "[x](data:text/html;base64,AAAA)",
        "<https://example.org/\"onmouseover=x>",
    ],
)
def test_nothing_that_acts_gets_through(bad):
    shown = html(bad)

    assert isinstance(shown, Markup)
    for tag, attributes in Tags.of(shown):
        assert tag in {"p", "a"}
        assert set(attributes) <= {"href", "rel"}
        assert not (attributes.get("href") or "").startswith(("javascript", "data"))


def test_headings_leave_the_h1_to_the_page_and_links_are_kept():
    shown = html("# Top\n\n[Call](tel:988) and [read](https://example.org)")

    assert "<h2>Top</h2>" in shown
    assert 'href="tel:988"' in shown
    assert 'href="https://example.org"' in shown


def test_a_checklist_is_a_list_of_boxes_on_both():
    text = "- [ ] Sleep has **changed**\n- [ ] Eats less"

    assert "☐ Sleep" in html(text)
    (found,) = blocks(text)
    assert found["kind"] == "checklist"
    assert found["items"][0][0]["runs"] == [{"text": "Sleep has "}, {"text": "changed", "bold": True}]


def test_blocks_keep_order_kind_and_looks():
    found = blocks('## A\n\nOne *two* [three](tel:911) "four"\n\n2. x\n3. y\n\n> q\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n---\n')

    assert [block["kind"] for block in found] == ["heading", "paragraph", "list", "quote", "table", "rule"]
    assert found[1]["runs"] == [
        {"text": "One "}, {"text": "two", "italic": True}, {"text": " "}, {"text": "three", "link": "tel:911"}, {"text": " “four”"},
    ]
    assert (found[2]["ordered"], found[2]["start"], len(found[2]["items"])) == (True, 2, 2)
    assert found[4]["rows"] == [[[{"text": "1"}], [{"text": "2"}]]]


def test_heading_levels_never_jump():
    assert [block["level"] for block in blocks("#### a\n\n###### b\n\n## c\n\n##### d")] == [1, 2, 1, 2]


def test_a_link_with_another_scheme_is_only_text():
    assert all("link" not in run for run in blocks("[x](ftp://example.org)")[0]["runs"])
