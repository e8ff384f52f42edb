"""How much a page weighs on its way: HTML, style and script as a server would compress them."""

import gzip
import re

from benchmarks.browsing import Client

HTML_KB, STYLE_KB, SCRIPT_KB = 20, 25, 25
SCRIPT, STYLE = re.compile(r'<script[^>]*\bsrc="([^"]+)"'), re.compile(r'<link[^>]*rel="stylesheet"[^>]*href="([^"]+)"')


def kilobytes(content: bytes) -> float:
    """Compressed, in kilobytes of 1,024 bytes."""
    return len(gzip.compress(content, 6)) / 1024


def tell(client: Client, pages: dict[str, str]) -> None:
    """Print what each page weighs, and the style and script of the first."""
    first = ""
    for name, path in pages.items():
        html = client.page(path)
        first = first or html
        told(f"HTML of {name}", kilobytes(html.encode()), HTML_KB)
    for what, found, most in (("style", STYLE.findall(first), STYLE_KB), ("script", SCRIPT.findall(first), SCRIPT_KB)):
        told(f"{what} ({len(found)} files)", sum(kilobytes(client.ask("GET", path).body) for path in found), most)


def told(what: str, size: float, most: int) -> None:
    """Print one weight beside the most it may be."""
    print("PASS " if size <= most else "MISS ", f"{what}: {size:.1f} KB gzipped (at most {most})")
