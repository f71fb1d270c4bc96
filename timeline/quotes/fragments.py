"""The end of an address that leads a browser to the words of a quote."""

import re
import string

from .finding import CONTEXT

LONGEST_FRAGMENT = 300  # characters; a longer quote is linked by its first and last words
FRAGMENT_WORDS = 8  # at each end of a long quote

_GAP = re.compile(r"\s{2,}|\n|\s\[…\]\s")  # the last: running heads left out


def text_fragment(quote: str, prefix: str = "", suffix: str = "") -> str:
    """Return the end of a URL that leads to the words: `#:~:text=prefix-,first words,last words,-suffix`.

    A quote of at most 300 characters is given whole. A longer one is given by its first and last words, and
    so is one with a line end, a double space or `[…]` inside: a browser looks for whole quotes only within one block
    of the page, and the page may hold no-break spaces there. Of prefix and suffix, the whole words up to such
    a gap. Source: WICG Scroll-to-Text-Fragment; the double space: tried in Chromium.
    """
    before, words, after = prefix.strip(), quote.strip(), suffix.strip()
    if _are_plain(f"{before} {words} {after}") and len(words) <= LONGEST_FRAGMENT:
        parts = [_cut(before, prefix, -1), words, _cut(after, suffix, 0)]
    else:
        parts = [_next_to_quote(prefix, -1), *_first_and_last_words(words), _next_to_quote(suffix, 0)]
    before, *passages, after = _encoded("\n".join(parts)).split("\n")
    return f"#:~:text={before}{before and '-,'}{','.join(passages)}{after and ',-'}{after}"


def _first_and_last_words(quote: str) -> list[str]:
    parts = _parts(quote) or [""]
    if len(parts) == 1 and len(quote) <= LONGEST_FRAGMENT:
        return parts
    first, last = parts[0].split(), parts[-1].split()
    if len(parts) == 1 and len(first) < 2 * FRAGMENT_WORDS:
        return parts
    return [" ".join(first[:FRAGMENT_WORDS]), " ".join(last[-FRAGMENT_WORDS:])]


def _next_to_quote(side: str, part: int) -> str:
    """Return the whole words of a prefix's last part (-1) or a suffix's first (0)."""
    parts = _parts(side.strip())
    words = " ".join(parts[part].split()) if parts else ""
    return _cut(words, side, part) if len(parts) == 1 else words


def _cut(words: str, side: str, part: int) -> str:
    """Return the words without the last at the far end, which is perhaps not whole where the side is as long as it can be."""
    if len(side) < CONTEXT:
        return words
    return words.partition(" ")[2] if part else words.rpartition(" ")[0]


def _are_plain(words: str) -> bool:
    """Return whether words are such as most are, so that there is no gap to look for."""
    return words.isascii() and words.isprintable() and "  " not in words


def _parts(text: str) -> list[str]:
    return [part for part in _GAP.split(text) if part]


_UNRESERVED = string.ascii_letters + string.digits + "_.~"  # and the hyphen, which means something in a text fragment
_UNENCODED = f"{_UNRESERVED} \n%".encode()  # what is looked at alone
_CODES = {byte: b"%%%02X" % byte for byte in range(256)}


def _encoded(words: str) -> str:
    """Return words in percent encoding; the ends of lines that part them stay.

    Only the few bytes that need a code are looked at: this is done for each quote of an export."""
    text = words.encode().replace(b"%", b"%25")
    for byte in set(text.translate(None, _UNENCODED)):
        text = text.replace(b"%c" % byte, _CODES[byte])
    return text.replace(b" ", b"%20").decode("ascii")
