"""The inspector that looks at every page finds each fault when it is planted, and none in a good page."""

import pytest

from tests.page import fields_of, inspect, read

GOOD = """<!doctype html><html lang="en"><head><title>Today</title></head><body><main><h1>Today</h1>
<form method="post" action="/x"><input type="hidden" name="csrf_token" value="t"><label for="a">Name</label><input id="a" name="a">
<label><input type="checkbox" name="b" value="1" checked>Yes</label><button>Save</button></form></main></body></html>"""

PLANTED = {
    "two headings": ("<h1>Today</h1>", "<h1>Today</h1><h1>Again</h1>"),
    "no heading": ("<h1>Today</h1>", ""),
    "no title": ("<title>Today</title>", "<title></title>"),
    "no language": ('<html lang="en">', "<html>"),
    "the same id twice": ("<button>", '<button id="a">'),
    "no label": ('<label for="a">Name</label>', ""),
    "an empty label": ("Name</label>", "</label>"),
    "no token": ('<input type="hidden" name="csrf_token" value="t">', ""),
    "an empty token": ('value="t"', 'value=""'),
    "a button without a name": ("Save", ""),
    "a style": ("<button>", '<button style="color:red">'),
    "a handler": ("<button>", '<button onclick="x()">'),
    "a script": ("</main>", "<script>x()</script></main>"),
    "a style element": ("</main>", "<style>x{}</style></main>"),
    "an address that is a script": ("</main>", '<a href="javascript:x()">x</a></main>'),
    "a hint that is not there": ('id="a"', 'id="a" aria-describedby="a-hint"'),
    "a link to nowhere": ("</main>", '<a href="#nowhere">x</a></main>'),
    "a link without a name": ("</main>", '<a href="/x"></a></main>'),
    "a picture without words": ("</main>", '<img src="/x.png"></main>'),
    "a token in the address": ('method="post"', 'method="get"'),
    "a group without a name": ("</main>", "<fieldset><p>x</p></fieldset></main>"),
}


def test_a_good_page_has_no_fault():
    assert inspect(read(GOOD)) == []


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(fault):
    before, after = PLANTED[fault]
    assert before in GOOD
    assert inspect(read(GOOD.replace(before, after, 1))) != []


def test_a_form_sends_what_a_browser_would_send():
    form = read("""<form><input name="a" value="1"><input name="off" disabled><input type="radio" name="r" value="x"><input type="radio"
        name="r" value="y" checked><select name="s"><option value="p">P<option value="q" selected>Q</select><textarea name="t">\nwords</textarea>
        <input type="submit" name="go"></form>""").one("form")
    assert fields_of(form) == [("a", "1"), ("r", "y"), ("s", "q"), ("t", "words")]
