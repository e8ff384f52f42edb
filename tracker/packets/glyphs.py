"""Which characters the packet's fonts can print; a tagged PDF refuses a text with a missing glyph."""

import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
TEXT_FACES = ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf", "NotoSans-BoldItalic.ttf")
OTHER_SCRIPTS = ("NotoSansArabic-Regular.ttf", "NotoSansHebrew-Regular.ttf")
MISSING = "\ufffd"
LONGEST_WORD = 32  # a longer one is given places where it may break, or it would run off the page
BREAK = "\u200b"


@cache
def covered() -> frozenset[int]:
    """Code points that can be printed in every style of the page."""
    latin = frozenset.intersection(*(_code_points(FONTS / name) for name in TEXT_FACES))
    return latin.union(*(_code_points(FONTS / name) for name in OTHER_SCRIPTS))


def unprintable(text: str) -> list[str]:
    """The characters of a text that the packet cannot print as they are, in order, each once."""
    return list(dict.fromkeys(letter for letter in text if _printed(letter) not in (letter, "")))


def printable(text: str) -> str:
    """A text with every character printable.

    A sign without a glyph (an emoji) becomes its name in brackets, a letter without one the replacement sign; marks that
    only steer display (joiners, direction overrides, control characters) are left out; very long words may break.
    """
    shown = "".join(map(_printed, text))
    return " ".join(_breakable(word) for word in shown.split(" "))


def _printed(letter: str) -> str:
    if letter == "\n" or (ord(letter) in covered() and unicodedata.category(letter) not in ("Cf", "Cc", "Cs", "Zl", "Zp")):
        return letter
    match unicodedata.category(letter):
        case "Cc" | "Zl" | "Zp" | "Zs":
            return " "
        case "Cf" | "Mn" | "Me" | "Sk" | "Cs":
            return ""
        case "So" | "Sm":
            return f"[{unicodedata.name(letter, 'sign').lower()}]"
        case _:
            return MISSING


def _breakable(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    return BREAK.join(word[start : start + LONGEST_WORD] for start in range(0, len(word), LONGEST_WORD))


def _code_points(font: Path) -> frozenset[int]:
    """The code points in a TrueType font's character map (OpenType specification, table cmap, formats 4 and 12)."""
    data = font.read_bytes()
    tables = struct.unpack_from(">H", data, 4)[0]
    cmap = next(
        struct.unpack_from(">I", data, 12 + 16 * n + 8)[0] for n in range(tables) if data[12 + 16 * n : 16 + 16 * n] == b"cmap"
    )
    found: set[int] = set()
    for n in range(struct.unpack_from(">H", data, cmap + 2)[0]):
        at = cmap + struct.unpack_from(">I", data, cmap + 4 + 8 * n + 4)[0]
        form = struct.unpack_from(">H", data, at)[0]
        if form == 4:
            segments = struct.unpack_from(">H", data, at + 6)[0] // 2
            ends = struct.unpack_from(f">{segments}H", data, at + 14)
            starts = struct.unpack_from(f">{segments}H", data, at + 16 + 2 * segments)
            for start, end in zip(starts, ends, strict=True):
                found.update(range(start, end + 1))
        elif form == 12:
            for group in range(struct.unpack_from(">I", data, at + 12)[0]):
                start, end = struct.unpack_from(">II", data, at + 16 + 12 * group)
                found.update(range(start, end + 1))
    return frozenset(found - {0xFFFF})
