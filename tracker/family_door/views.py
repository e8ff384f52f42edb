"""The family door: a page that tells nothing, a typed address and code, then the packet (trust 4.9)."""

import re
from datetime import datetime
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request
from werkzeug.wrappers import Response

from tracker import clock, journal, storage
from tracker.addresses import url_for
from tracker.db import begin_reading, begin_writing
from tracker.family_door import visit
from tracker.family_door.words import SAYS, language_of
from tracker.library.markdown import html
from tracker.packets import links
from tracker.packets.content import CRISIS, NOT_CLINICAL, shown_title
from tracker.packets.models import PacketLink
from tracker.packets.writing import day_in
from tracker.staff.gate import open_to_families
from tracker.staff.sessions import Program

bp = Blueprint("family_door", __name__, url_prefix="/p")

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
ELSEWHERE = "https://www.weather.gov/"  # where "Leave this page" goes: a page that anybody may have open


@bp.get("/<token>")
@open_to_families
def landing(token: str) -> Response:
    """The same page for every secret, true or not. Opening it, as mail scanners do, asks nothing and uses nothing up."""
    return _landing(token) if TOKEN.fullmatch(token) else _gone()


@bp.post("/<token>")
@open_to_families
def open_(token: str) -> Response:
    """Somebody typed their address and the code, or said that it is not for them."""
    if not visit.form_fits():
        return _landing(token, "stale", 400) if TOKEN.fullmatch(token) else _gone(400)
    link = _locked(links.name_of(token))
    if "not_mine" in request.form:
        return _sent_back(link)
    if link is None or not links.is_live(link) or not links.is_safe(link):
        return _gone()
    if not links.fits(link, request.form.get("address", ""), request.form.get("code", "")):
        links.count_wrong(link, by=Program())
        locked = link.locked_at is not None
        journal.commit()
        begin_reading()
        return _gone() if locked else _landing(token, "wrong", 422)
    name, counted = link.token_sha256, links.count_opening(link, by=Program())
    journal.commit()
    return visit.let_in(redirect(url_for("family_door.packet"), 303), name) if counted else _gone()


@bp.get("/view")
@open_to_families
def packet() -> Response:
    """What is in the packet; the secret no longer stands in the address."""
    link = _opened()
    return _page("packet.html", link) if link else _gone()


@bp.get("/view/pages/<int:number>")
@open_to_families
def material(number: int) -> Response:
    """One material of the packet."""
    link = _opened()
    if link is None or not 1 <= number <= len(link.packet.items):
        return _gone()
    items = link.packet.items
    edition = items[number - 1].edition
    after = items[number].edition if number < len(items) else None
    language = language_of(edition.material.language)
    return _page(
        "material.html", link, edition=edition, body=html(edition.body), after=after, number=number, text_language=edition.material.language,
        checked=day_in(_local(edition.confirmed_at or edition.published_at), language),
    )  # fmt: skip


@bp.get("/packet.pdf")
@open_to_families
def pdf() -> Response:
    """The PDF, byte for byte as it was handed over, under a name that tells nothing."""
    link = _opened()
    if link is None or link.packet.pdf_sha256 is None:
        return _gone()
    headers = {"Content-Disposition": 'inline; filename="information.pdf"'}
    return Response(storage.get(link.packet.pdf_sha256), 200, headers, mimetype="application/pdf")


@bp.post("/view")
@open_to_families
def send_back() -> Response:
    """Whoever reads it says that it is not for them: the link ends, and staff see it."""
    if not visit.form_fits():
        return _gone(400)
    return _sent_back(_locked(visit.opened()))


@bp.get("/leave")
@open_to_families
def leave() -> Response:
    """Away, at once: what this browser remembered is forgotten."""
    return visit.leave(redirect(ELSEWHERE, 302))


def _locked(name: str) -> PacketLink | None:
    # Strangers may send forms as they like: nobody's writing waits for a secret that is none.
    if links.by_name(name) is None:
        return None
    begin_writing()
    return links.by_name(name, lock=True)


def _opened() -> PacketLink | None:
    name = visit.opened()
    link = links.by_name(name) if name else None
    return link if link is not None and links.is_readable(link) and links.is_safe(link) else None


def _sent_back(link: PacketLink | None) -> Response:
    if link is not None and links.is_readable(link):
        links.revoke(link, by=Program(), not_for_me=True)
        journal.commit()
    return visit.leave(_gone(200))


def _landing(token: str, fault: str = "", status: int = 200) -> Response:
    language = "es" if (request.args.get("l") or request.accept_languages.best_match(["en", "es"]) or "en") == "es" else "en"
    typed = request.form.get("address", "")[:254]
    words = SAYS[language]
    page = render_template(
        "family_door/landing.html", say=words, language=language, other="en" if language == "es" else "es", token=token, fault=words.get(fault, ""),
        typed=typed, form_token=visit.form_token(),
    )  # fmt: skip
    return visit.keep_nonce(Response(page, status, mimetype="text/html"))


def _gone(status: int = 404) -> Response:
    # Ended, run out, unknown, no longer safe: all look alike.
    return Response(render_template("family_door/gone.html", thanks=status == 200), status, mimetype="text/html")


def _page(template: str, link: PacketLink, **more: Any) -> Response:
    language = language_of(link.packet.language)
    page = render_template(
        f"family_door/{template}", say=SAYS[language], language=language, packet=link.packet, title=shown_title(link.packet),
        until=day_in(_local(link.expires_at), language), crisis=CRISIS[language], not_clinical=NOT_CLINICAL[language],
        form_token=visit.form_token(), **more,
    )  # fmt: skip
    return visit.keep_nonce(Response(page, 200, mimetype="text/html"))


def _local(moment: datetime) -> datetime:
    return clock.local(moment, current_app.config["WAYPOINT"].zone)
