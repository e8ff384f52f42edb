"""Makes a picture of a screen small: 256 of its colors are kept, much used and unlike each other; every other becomes the nearest of them.

Screens have few colors besides the soft edges of letters, where nobody sees the difference. Written with the standard library
alone, since nothing else here needs a library for pictures.
"""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
COLORS = 256
GROUND = 5_000  # what covers at least one part in so many is a ground, a line or a word's inner color
APART = (0, 50, 100, 150, 200, 300, 400, 600)  # squares of distances between colors, from fine to coarse
Color = bytes


def small(png: bytes) -> bytes:
    """The same picture with a palette.

    Args:
        png: eight bits a channel, RGB or RGBA without transparency, not interlaced, as a browser writes it.
    Raises:
        ValueError: it is another kind of picture.
    """
    parts = list(_chunks(png))
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", parts[0][1])
    if depth != 8 or kind not in (2, 6) or interlaced:
        raise ValueError(f"a picture of kind {kind} with {depth} bits is not read")
    size = 3 if kind == 2 else 4
    rows = list(_rows(zlib.decompress(b"".join(body for name, body in parts if name == b"IDAT")), width, height, size))
    pixels = [[row[at : at + 3] for at in range(0, width * size, size)] for row in rows]
    counts = Counter(pixel for row in pixels for pixel in row)
    palette = _unlike(counts)
    place = {color: _nearest(color, palette) for color in counts}
    body = b"".join(b"\0" + bytes([place[pixel] for pixel in row]) for row in pixels)
    head = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"PLTE", b"".join(palette)), (b"IDAT", zlib.compress(body, 9)), (b"IEND", b"")]
    return SIGNATURE + b"".join(struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks)


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def _rows(data: bytes, width: int, height: int, size: int) -> Iterator[bytes]:
    # Each line says in its first byte from what its bytes are told apart: nothing, left, above, both, or the nearest (PNG, 9).
    stride = width * size
    above = bytearray(stride)
    for number in range(height):
        at = number * (stride + 1)
        how, line = data[at], bytearray(data[at + 1 : at + 1 + stride])
        for x in range(stride) if how else ():
            left, up, corner = (line[x - size], above[x], above[x - size]) if x >= size else (0, above[x], 0)
            line[x] = (line[x] + (0, left, up, (left + up) // 2, _paeth(left, up, corner) if how == 4 else 0)[how]) & 255
        yield bytes(line)
        above = line


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))


def _unlike(counts: Counter[Color]) -> list[Color]:
    # Every ground and line is kept as it is. Of the rest the most used first, each unless one that is kept already looks
    # like it: so a rare red is kept before a ninth grey.
    grounds = [color for color, count in counts.most_common(COLORS // 2) if count * GROUND >= counts.total()]
    for apart in APART:
        kept = list(grounds)
        for color, _ in counts.most_common():
            if len(kept) < COLORS and all(_apart(color, other) > apart for other in kept):
                kept.append(color)
        if len(kept) < COLORS:
            break
    return kept


def _nearest(color: Color, palette: list[Color]) -> int:
    return min(range(len(palette)), key=lambda place: _apart(color, palette[place]))


def _apart(one: Color, other: Color) -> int:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2
