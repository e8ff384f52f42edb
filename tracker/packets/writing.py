"""What a letter says: neutral words, a link or the file, and the same bytes at every try."""

import email.policy
from datetime import datetime
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import urlsplit
from uuid import UUID

from tracker.mailroom.words import Subject

POLICY = email.policy.SMTP.clone(cte_type="7bit", max_line_length=78)

# Nothing here names the field, the organization or the family: others may read the mail (trust 2, TH5).
WORDS = {
    "en": {
        "hello": "Hello,",
        "link": "here is the information you asked for:",
        "code": "The page asks for this e-mail address and for the code that you are given on the phone.",
        "until": "It can be opened until {day}.",
        "file": "the information you asked for is attached.",
        "wrong": "If this is not for you, you can delete it.",
    },
    "es": {
        "hello": "Hola:",
        "link": "aquí está la información que pidió:",
        "code": "La página le pide esta dirección de correo y el código que le damos por teléfono.",
        "until": "Se puede abrir hasta el {day}.",
        "file": "la información que pidió está en el archivo adjunto.",
        "wrong": "Si esto no es para usted, puede borrarlo.",
    },
}
MONTHS_ES = ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre")


def subject_in(language: str) -> Subject:
    """The subject of a packet's letter in a language."""
    return Subject.ASKED_ES if language.startswith("es") else Subject.ASKED


def seen(name: str, sender: str, subject: str, host: str) -> list[tuple[str, str]]:
    """What the receiver sees before they open anything, as labelled texts: sender, subject, and where a link leads."""
    return [("From", f"{name} <{sender}>"), ("Subject", subject), ("A link leads to", host)]


def message(
    *, number: UUID, message_id: str, at: datetime, name: str, sender: str, to: str, subject: str, language: str,
    link: str = "", until: datetime | None = None, file: bytes | None = None,
) -> bytes:  # fmt: skip
    """A letter as bytes: the same for the same letter, so that a second copy can be told to be one.

    Args:
        number: the letter's own number, from which its inner boundaries are made.
        at: when it was asked to be sent, in the zone of whoever reads it.
        to: one bare address.
        link, until: the secret address and its last day; or `file`, the packet itself.
    Raises:
        ValueError: a header would carry a line end or another control character, or there is not exactly one address.
    """
    words = WORDS["es" if language.startswith("es") else "en"]
    made = EmailMessage(policy=POLICY)
    made["From"] = _address(_clean(sender), _clean(name))
    made["To"] = _address(_clean(to))
    made["Subject"] = _clean(subject)
    made["Date"] = format_datetime(at)
    made["Message-ID"] = _clean(message_id)
    made["Auto-Submitted"] = "no"
    if file is None:
        day = day_in(until, language) if until else ""
        lines = [words["hello"], "", words["link"], "", link, "", words["code"], words["until"].format(day=day), "", words["wrong"], ""]
        made.set_content("\n".join(lines))
    else:
        made.set_content("\n".join([words["hello"], "", words["file"], "", words["wrong"], ""]))
        made.add_attachment(file, maintype="application", subtype="pdf", filename="information.pdf")
        made.set_boundary(f"=={number.hex}==")
    return made.as_bytes()


def host_of(url: str) -> str:
    """The host that a Message-ID bears."""
    return urlsplit(url).hostname or "localhost"


def day_in(moment: datetime, language: str) -> str:
    """A day as people write it in a language: December 5, 5 de diciembre."""
    if language.startswith("es"):
        return f"{moment.day} de {MONTHS_ES[moment.month - 1]}"
    return f"{moment:%B} {moment.day}"


def _address(plain: str, name: str = "") -> Address:
    try:
        return Address(name, addr_spec=plain)
    except (HeaderParseError, IndexError) as cause:
        raise ValueError("This is not one address.") from cause


def _clean(value: str) -> str:
    if not value or any(ord(letter) < 32 or ord(letter) == 127 for letter in value):
        raise ValueError("A header cannot carry this.")
    return value
