"""Templates: nothing inline, nothing unescaped, nothing that leads nowhere."""

import re

import pytest
from jinja2 import meta, nodes

from tests.house.source import ROOT, TEMPLATES, name, report, templates

FORBIDDEN = {
    "a style attribute": re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script in the page": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "a handler": re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script as an address": re.compile(r"javascript:", re.IGNORECASE),
    "hx-on": re.compile(r"\bhx-on\b"),
    "the safe filter": re.compile(r"\|\s*safe\b"),
    "autoescape off": re.compile(r"autoescape\s+false"),
    "something from another host": re.compile(r"""(?:src|href|action)=["']?(?:https?:)?//(?!www\.w3\.org)""", re.IGNORECASE),
}
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)


def text(path):
    """A template without its comments, lines kept."""
    return COMMENT.sub(lambda found: "\n" * found.group().count("\n"), path.read_text())


def test_nothing_is_inline_and_nothing_is_unescaped():
    faults = []
    for path in templates():
        for what, pattern in FORBIDDEN.items():
            faults += [f"{name(path)}:{text(path)[: hit.start()].count(chr(10)) + 1} has {what}" for hit in pattern.finditer(text(path))]
    report(faults, "The content policy forbids it, or the text would not be escaped.")


def test_the_patterns_would_find_it():
    for sample in ('<p class="a" style="x">', "<style>", "<script>", '<a href="#" onclick="x()">', "{{ x | safe }}", '<img src="//elsewhere">'):
        assert any(pattern.search(sample) for pattern in FORBIDDEN.values()), sample


@pytest.fixture
def parsed(_program):
    """Every template, parsed by the program's own environment."""
    return {name(path): _program.jinja_env.parse(path.read_text(), filename=str(path)) for path in templates()}


def test_every_template_parses_and_what_it_takes_is_there(parsed):
    faults = []
    for path, tree in parsed.items():
        taken = meta.find_referenced_templates(tree)
        faults += [f"{path} takes {other}" for other in taken if other and not (TEMPLATES / other).exists()]
    report(faults, "These templates do not exist.")


def handed_on(tree):
    """Filters that are named to another one: `map("lower")`."""
    for node in tree.find_all(nodes.Filter):
        if node.name == "map" and node.args and isinstance(node.args[0], nodes.Const):
            yield node, node.args[0].value


def test_every_filter_and_test_is_known(_program, parsed):
    faults = []
    for path, tree in parsed.items():
        faults += [f"{path}:{node.lineno} |{node.name}" for node in tree.find_all(nodes.Filter) if node.name not in _program.jinja_env.filters]
        faults += [f"{path}:{node.lineno} |{node.name}({named!r})" for node, named in handed_on(tree) if named not in _program.jinja_env.filters]
        faults += [f"{path}:{node.lineno} is {node.name}" for node in tree.find_all(nodes.Test) if node.name not in _program.jinja_env.tests]
    report(faults, "These filters or tests do not exist.")


def test_no_link_is_dead(_program, parsed):
    """Every endpoint that a template names exists, with the values that it needs."""
    faults = []
    for path, tree in parsed.items():
        for call in tree.find_all(nodes.Call):
            first = call.args[0] if call.args else None
            if isinstance(call.node, nodes.Name) and call.node.name == "url_for" and isinstance(first, nodes.Const):
                known = first.value in _program.view_functions
                given = {keyword.key for keyword in call.kwargs}
                fits = known and (call.dyn_kwargs or any(set(rule.arguments) <= given for rule in _program.url_map.iter_rules(first.value)))
                if not fits:
                    faults.append(f"{path}:{call.lineno} {first.value} {'with ' + ', '.join(sorted(given)) if known else ''}")
    report(faults, "These endpoints do not exist, or not with these values.")


def test_every_icon_is_in_the_sprite(parsed):
    sprite = set(re.findall(r'<symbol[^>]*\bid="([^"]+)"', (ROOT / "tracker/static/icons.svg").read_text()))
    assert len(sprite) > 20
    faults = []
    for path, tree in parsed.items():
        for call in tree.find_all(nodes.Call):
            first = call.args[0] if call.args else None
            drawn = isinstance(call.node, nodes.Name) and call.node.name == "ic" and isinstance(first, nodes.Const)
            if drawn and not {first.value, f"i-{first.value}", f"ti-{first.value}"} & sprite:
                faults.append(f"{path}:{call.lineno} {first.value}")
    report(faults, "These icons are not in tracker/static/icons.svg.")
