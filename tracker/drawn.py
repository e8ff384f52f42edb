"""What a page draws by the hundred: icons and tags. In Python, since a macro of a template costs ten times as much."""

from functools import cache

from flask import Flask
from markupsafe import Markup, escape

from tracker.words import Words


@cache
def icon(name: str, size: str = "") -> Markup:
    """One picture of the sprite, always beside a word or in a named button.

    Args:
        size: "" (18 pixels), "s" (16) or "l" (20).
    """
    wide = f" ic-{size}" if size else ""
    return Markup('<svg class="ic{}" aria-hidden="true"><use href="/static/icons.svg#i-{}"/></svg>').format(wide, name)


def tag(text: str, tone: str = "n", picture: str = "") -> Markup:
    """A word with an icon, so that color is never the only sign.

    Args:
        tone: n, crisis, late, soon, ok, info or line.
    """
    return Markup(f'<span class="tag tag-{escape(tone)}">{icon(picture) if picture else ""}{escape(text)}</span>')


NUMBERS = {"inquiry": 1, "intervention": 2, "referral": 3, "placement": 4, "follow_up": 5}


@cache
def stage_tag(stage: Words) -> Markup:
    """The numbered tag of a stage; a closed case has a lock."""
    number = NUMBERS.get(stage.value, 0)
    sign = Markup('<b aria-hidden="true">{}</b>').format(number) if number else icon("lock")
    return Markup('<span class="st st{}">{}{}</span>').format(number, sign, stage.label)


def register(app: Flask) -> None:
    """Give every template these pieces: `ic(name)`, `tag(text, tone, icon)`, `stage_tag(stage)`."""
    app.jinja_env.globals.update(ic=icon, tag=tag, stage_tag=stage_tag)
