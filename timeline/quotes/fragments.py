"""The end of an address that leads a browser to the words of a quote."""

import re
from urllib.parse import quote as percent_encode

from .finding import CONTEXT

LONGEST_FRAGMENT = 300  # characters; a longer quote is linked by its first and last words
FRAGMENT_WORDS = 8  # at each end of a long quote

_GAP = re.compile(r"\s{2,}|\n")


def text_fragment(quote: str, prefix: str = "", suffix: str = "") -> str:
    """Return the end of a URL that leads to the words: `#:~:text=prefix-,first words,last words,-suffix`.

    A quote of at most 300 characters is given whole. A longer one is given by its first and last words, and
    so is one with a line end or a double space inside: a browser looks for whole quotes only within one block
    of the page, and the page may hold no-break spaces there. Of prefix and suffix, the whole words up to such
    a gap. Source: WICG Scroll-to-Text-Fragment; the double space: tried in Chromium.
    """
    parts = [_encoded(part) for part in _first_and_last_words(quote.strip())]
    if before := _encoded(_next_to_quote(prefix, -1)):
        parts.insert(0, f"{before}-")
    if after := _encoded(_next_to_quote(suffix, 0)):
        parts.append(f"-{after}")
    return f"#:~:text={','.join(parts)}"


def _first_and_last_words(quote: str) -> list[str]:
    parts = _unbroken(quote)
    first, last = parts[0].split(), parts[-1].split()
    is_long = len(quote) > LONGEST_FRAGMENT and len(first) >= 2 * FRAGMENT_WORDS
    if len(parts) == 1 and not is_long:
        return parts
    return [" ".join(first[:FRAGMENT_WORDS]), " ".join(last[-FRAGMENT_WORDS:])]


def _next_to_quote(side: str, part: int) -> str:
    """Return the whole words of a prefix's last part (-1) or a suffix's first (0)."""
    parts = _unbroken(side)
    words = parts[part].split()
    is_cut = len(parts) == 1 and len(side) >= CONTEXT  # at its far end, perhaps inside a word
    if is_cut:
        words = words[1:] if part else words[:-1]
    return " ".join(words)


def _unbroken(text: str) -> list[str]:
    return [part for part in _GAP.split(text.strip()) if part] or [""]


def _encoded(words: str) -> str:
    return percent_encode(words, safe="").replace("-", "%2D")
