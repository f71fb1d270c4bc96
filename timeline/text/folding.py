"""Two ways to fold a text: by words, for comparing names and for search, and by characters with a map back, for finding quotes."""

import re
import unicodedata
from array import array
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# Letters that Unicode does not take apart though readers type them plain.
_PLAIN_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"}
)
_ASCII_WORDS = "".join(chr(code) if chr(code).isalnum() else " " for code in range(128))  # as `_searchable` has them

_SINGLE = "‘’‚‛′`´ʼʹ‹›＇"
_DOUBLE = "“”„‟″«»〝〞〟＂"
_DASH = "\\-\u058a\u05be\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
_UNSEEN = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_BLANK = rf"\s{_UNSEEN}"
_WRITTEN = {"nothing": "", "space": " ", "dash": "-", "single": "'", "double": '"', "ellipsis": "..."}

# What a copy writes otherwise. Blanks beside a dash go ("that – there" is "that—there", "non-" may end a
# line) before other blanks become one space: the order matters. The first look-ahead is there for speed.
_CHANGED = rf"""(?=[{_BLANK}{_DASH}{_SINGLE}{_DOUBLE}…]) (?:
    (?P<nothing> %s [{_BLANK}]+ (?=[{_DASH}]) | (?<=[{_DASH}]) [{_BLANK}]+ | (?<=[.…]) [{_BLANK}]+ (?=[.…])
               | [{_UNSEEN}]+ (?!\s) )
  | (?P<space> [{_BLANK}]{{2,}} | [^\S ] )
  | (?P<dash> [{_DASH}]{{2,}} | (?!-)[{_DASH}] )
  | (?P<single> [{_SINGLE}] )
  | (?P<double> [{_DOUBLE}] )
  | (?P<ellipsis> … ) )
"""
# "cease-" ends a line, "fire" begins the next.
_BROKEN = r"[-\u2010] (?<=[^\W\d_].) [^\S\n]* \n \s* (?=[^\W\d_])"
_BROKEN_WORD = re.compile(_BROKEN, re.VERBOSE)
_CHANGED_PATTERN = re.compile(_CHANGED % "", re.VERBOSE)
_CHANGED_OR_BROKEN = re.compile(_CHANGED % f"{_BROKEN} |", re.VERBOSE)


def fold(text: str) -> str:
    """Return the text's words, folded, with one space between them and one at both ends; "" if it has none.

    Case, accents, vowel points and invisible characters do not count. `" ceasefire" in fold(title)` asks for
    a word that begins so. Folding twice changes nothing.
    """
    plain = _plain(text)
    words = (plain.translate(_ASCII_WORDS) if plain.isascii() else "".join(map(_searchable, plain))).split()
    return f" {' '.join(words)} " if words else ""


class FoldedCopy(NamedTuple):
    """A text as quotes are compared, and where in the text each of its characters begins and ends."""

    text: str
    starts: array
    ends: array

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return what this stretch of the copy stands for in the text; None if it cuts a character in two."""
        if start and self.ends[start - 1] > self.starts[start]:
            return None
        if end < len(self.text) and self.ends[end - 1] > self.starts[end]:
            return None
        return self.starts[start], self.ends[end - 1]


def fold_marks(text: str, *, mend: bool = False) -> str:
    """Return the text as quotes are compared, without blanks at its ends.

    NFC; one form each for single quotation marks, double ones, dashes, the ellipsis and runs of white space;
    no blanks beside a dash or between full stops; no invisible characters. Words, their case and other
    punctuation stay. With `mend`, a word broken by a hyphen at the end of a line is whole again.
    """
    changed = _CHANGED_OR_BROKEN if mend else _CHANGED_PATTERN
    return changed.sub(lambda match: _WRITTEN[match.lastgroup or ""], unicodedata.normalize("NFC", text)).strip()


@lru_cache(maxsize=4)
def folded_copy(text: str, *, mend: bool = False) -> FoldedCopy:
    """Return what `fold_marks` makes of the text, blanks at its ends kept, with the map back to it.

    Cost: about 0.1 ms and 10 kB for 1,000 characters, four times as long if not in NFC; four texts are kept.
    """
    if unicodedata.is_normalized("NFC", text):
        return _copy(text, _changes(text, mend))
    composed = _copy(text, _compositions(text))
    copy = _copy(composed.text, _changes(composed.text, mend))
    starts = array("I", (composed.starts[at] for at in copy.starts))
    ends = array("I", (composed.ends[at - 1] for at in copy.ends))
    return FoldedCopy(copy.text, starts, ends)


def has_broken_word(text: str) -> bool:
    return _BROKEN_WORD.search(text) is not None


def continues_character(character: str) -> bool:
    """Return whether it is a mark or a Korean vowel or final, which belong to the character before them."""
    if character < "\u0300":
        return False
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    # Twice, because folding case leaves composed letters and decomposing leaves capitals.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return folded.translate(_PLAIN_LETTERS)


def _searchable(character: str) -> str:
    if character.isalnum():
        return character
    return "" if unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"} else " "


def _copy(text: str, changes: Iterator[tuple[int, int, str]]) -> FoldedCopy:
    pieces: list[str] = []
    starts, ends = array("I"), array("I")
    copied_to = 0
    for start, end, written in changes:
        pieces += text[copied_to:start], written
        starts.extend(range(copied_to, start))
        ends.extend(range(copied_to + 1, start + 1))
        starts.extend([start] * len(written))
        ends.extend([end] * len(written))
        copied_to = end
    starts.extend(range(copied_to, len(text)))
    ends.extend(range(copied_to + 1, len(text) + 1))
    return FoldedCopy("".join([*pieces, text[copied_to:]]), starts, ends)


def _changes(text: str, mend: bool) -> Iterator[tuple[int, int, str]]:
    for match in (_CHANGED_OR_BROKEN if mend else _CHANGED_PATTERN).finditer(text):
        yield match.start(), match.end(), _WRITTEN[match.lastgroup or ""]


def _compositions(text: str) -> Iterator[tuple[int, int, str]]:
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not continues_character(text[end]):
            if end - start > 1 or text[start] >= "\u0300":
                yield start, end, unicodedata.normalize("NFC", text[start:end])
            start = end
