"""The end of an address that leads a browser to the words of a quote."""

import re
from functools import lru_cache
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
    words = [_next_to_quote(prefix, -1), *_first_and_last_words(quote.strip()), _next_to_quote(suffix, 0)]
    before, *parts, after = _encoded("\n".join(words)).split("\n")
    if before:
        parts.insert(0, f"{before}-")
    if after:
        parts.append(f"-{after}")
    return f"#:~:text={','.join(parts)}"


def _first_and_last_words(quote: str) -> list[str]:
    parts = _unbroken(quote)
    if len(parts) == 1 and len(quote) <= LONGEST_FRAGMENT:
        return parts
    first, last = parts[0].split(), parts[-1].split()
    if len(parts) == 1 and len(first) < 2 * FRAGMENT_WORDS:
        return parts
    return [" ".join(first[:FRAGMENT_WORDS]), " ".join(last[-FRAGMENT_WORDS:])]


def _next_to_quote(side: str, part: int) -> str:
    """Return the whole words of a prefix's last part (-1) or a suffix's first (0)."""
    text = side.strip()
    words = text.split()
    is_whole = " ".join(words) == text  # as most are: told quicker than by looking for gaps
    parts = [text] if is_whole else _parts(text)
    if not is_whole:
        words = parts[part].split()
    if len(parts) == 1 and len(side) >= CONTEXT:  # cut at its far end, perhaps inside a word
        words = words[1:] if part else words[:-1]
    return " ".join(words)


def _unbroken(text: str) -> list[str]:
    return [text] if " ".join(text.split()) == text else _parts(text)


def _parts(text: str) -> list[str]:
    return [part for part in _GAP.split(text) if part]


_UNSAFE = re.compile(r"[^A-Za-z0-9_.~ \n]")  # the space is by far the most frequent, and goes faster alone


@lru_cache(maxsize=1_000)
def _percent(character: str) -> str:
    return "%2D" if character == "-" else percent_encode(character, safe="")


def _encoded(words: str) -> str:
    """Return words in percent encoding; the ends of lines that part them stay."""
    return _UNSAFE.sub(lambda found: _percent(found[0]), words).replace(" ", "%20")
