"""Fold a text by characters, with a map back to it, for finding quotes however they were copied.

Source of the forms: Unicode Standard Annex 15, NFC and NFKC.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .transcripts import Span

_SINGLE = "‘’‚‛′`´ʼʹ‹›＇"
_DOUBLE = "“”„‟″«»〝〞〟＂"
_DASH = "\\-\u058a\u05be\u2010-\u2015\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
_UNSEEN = "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_BLANK = rf"\s{_UNSEEN}"
# A double quotation mark is two single ones, as some print it.
_WRITTEN = {"nothing": "", "space": " ", "dash": "-", "single": "'", "double": "''", "ellipsis": "..."}

# What a copy writes otherwise. Blanks beside a dash go ("that – there" is "that—there", "non-" may end a
# line) before other blanks become one space: the order matters. The first look-ahead is there for speed.
_CHANGED = re.compile(
    rf"""(?=[{_BLANK}{_DASH}{_SINGLE}"{_DOUBLE}…]) (?:
    (?P<nothing> \u00ad [^\S\n]* \n \s* (?=[^\W\d_]) | [{_BLANK}]+ (?=[{_DASH}]) | (?<=[{_DASH}]) [{_BLANK}]+
               | (?<=[.…]) [{_BLANK}]+ (?=[.…]) | [{_UNSEEN}]+ (?!\s) )
  | (?P<space> [{_BLANK}]{{2,}} | [^\S ] )
  | (?P<dash> [{_DASH}] [{_BLANK}{_DASH}]* [{_DASH}] | (?!-)[{_DASH}] )
  | (?P<single> [{_SINGLE}] )
  | (?P<double> ["{_DOUBLE}] )
  | (?P<ellipsis> … ) )
""",
    re.VERBOSE,
)
# "cease-" ends a line, "fire" begins the next
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_])[-\u2010][^\S\n]*\n\s*(?=[^\W\d_])")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
_OUTER_BLANKS = re.compile(rf"\A[{_BLANK}]+|[{_BLANK}]+\Z")
_MARKS = f"'\"{_SINGLE}{_DOUBLE}"
_OUTER_MARKS = re.compile(rf"\A[{_MARKS}{_BLANK}]+|[{_MARKS}{_BLANK}]+\Z")
_OUTER_PAIR = re.compile(rf"(?:''|[{_MARKS}])(?P<words>.+?)(?:''|[{_MARKS}])", re.DOTALL)
_OUTER_DASHES = re.compile(rf"\A[{_DASH}{_BLANK}]+(?=[^\W\d_])|(?<=[^\W\d_])[{_DASH}{_BLANK}]+\Z")


class FoldedCopy(NamedTuple):
    """A text as quotes are compared, and where in the text each of its characters begins and ends."""

    text: str
    starts: array
    ends: array
    hyphens: dict[int, bool] = {}  # before which character one was left out (see `rejoin`): whether a line ends there
    printed: tuple[int, ...] = ()  # those of them inside a line, in order

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return what this stretch of the copy stands for in the text; None if it cuts a character in two."""
        if start and self.ends[start - 1] > self.starts[start]:
            return None
        if end < len(self.text) and self.ends[end - 1] > self.starts[end]:
            return None
        return self.starts[start], self.ends[end - 1]

    def has_hyphens_of(self, quote: "FoldedCopy", at: int) -> bool:
        """Return whether a quote that agrees here but for hyphens has the same: one at the end of a line may be part of
        the word or not, any other must be in both."""
        if any(at + place not in self.hyphens for place, is_broken in quote.hyphens.items() if not is_broken):
            return False
        first, last = (bisect_left(self.printed, place) for place in (at + 1, at + len(quote.text)))
        if last - first > len(quote.hyphens):
            return False
        return all(place - at in quote.hyphens for place in self.printed[first:last])


def fold_marks(text: str) -> str:
    """Return the text as quotes are compared, without blanks at its ends.

    NFC; compatibility forms, as ligatures, taken apart (NFKC); one form each for quotation marks, dashes, the
    ellipsis and runs of white space; no blanks beside a dash or between full stops; no invisible characters. Words, their
    case and other punctuation stay. A raised digit or a fraction behind a digit stays as it is: 10⁵ is not 105.
    """
    return folded_quote(text).text


def folded_quote(quote: str) -> FoldedCopy:
    """Return the copy of a quote, as `folded_copy` does, without blanks at its ends."""
    return _folded(_OUTER_BLANKS.sub("", quote))


def wordings(quote: str) -> list[str]:
    """Return the quote, then without the pair of quotation marks around it, then without any such marks around it and
    without dashes before its first letter or behind its last; each once."""
    without_pair = bare = _OUTER_BLANKS.sub("", quote)
    if pair := _OUTER_PAIR.fullmatch(bare):
        without_pair, bare = pair["words"], _OUTER_MARKS.sub("", bare)
    return [*dict.fromkeys((quote, without_pair, _OUTER_DASHES.sub("", bare)))]


@lru_cache(maxsize=4)
def folded_copy(text: str, left_out: tuple[Span, ...] = ()) -> FoldedCopy:
    """Return what `fold_marks` makes of the text, blanks at its ends kept, with the map back to it; without these stretches,
    which are in order.

    Cost: about 0.1 ms and 10 kB for 1,000 characters, four times as long if not in NFC; four texts are kept.
    """
    return _folded(text, left_out)


@lru_cache(maxsize=4)
def rejoined_copy(text: str, left_out: tuple[Span, ...] = ()) -> FoldedCopy:
    return rejoin(folded_copy(text, left_out), text)


def rejoin(copy: FoldedCopy, text: str) -> FoldedCopy:
    """Return the folded copy of this text without the hyphens between letters, which are listed beside it."""
    hyphens, positions = {}, [*range(len(copy.text))]
    for number, match in enumerate(_HYPHEN.finditer(copy.text)):
        at = match.start()
        # A running head may follow the line's end
        start, end, after = copy.starts[at], copy.ends[at], copy.starts[at + 1]
        is_printed = text[start:end] in "-\u2010" and start == copy.ends[at - 1]
        hyphens[at - number] = is_printed and "\n" in text[end:after]
        positions[at] = -1
    places = [place for place in positions if place >= 0]
    starts, ends = (array("I", map(edges.__getitem__, places)) for edges in (copy.starts, copy.ends))
    printed = tuple(place for place, is_broken in hyphens.items() if not is_broken)
    return FoldedCopy(_HYPHEN.sub("", copy.text), starts, ends, hyphens, printed)


def has_broken_word(text: str) -> bool:
    return _BROKEN_WORD.search(text) is not None


def continues_character(character: str) -> bool:
    """Return whether it is a mark or a Korean vowel or final, which belong to the character before them."""
    if character < "\u0300":
        return False
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"


def _folded(text: str, left_out: tuple[Span, ...] = ()) -> FoldedCopy:
    copy = _copy(text, ((*span, "") for span in left_out)) if left_out else None
    if not text.isascii():
        whole = copy.text if copy else text
        if pattern := _compatibility_forms(whole):
            copy = _copy(whole, ((*match.span(), _compatible(match[0])) for match in pattern.finditer(whole)), copy)
        composed = copy.text if copy else text
        if not unicodedata.is_normalized("NFC", composed):
            copy = _copy(composed, _compositions(composed), copy)
    folded = copy.text if copy else text
    return _copy(
        folded, ((*match.span(), _WRITTEN[match.lastgroup or ""]) for match in _CHANGED.finditer(folded)), copy
    )


def _compatibility_forms(text: str) -> re.Pattern[str] | None:
    """Return what finds those in this text; None where it has none."""
    forms = [character for character in sorted(set(text)) if _compatible(character) != character]
    numbers = "".join(form for form in forms if unicodedata.category(form) == "No")
    others = "".join(form for form in forms if form not in numbers)
    parts = [f"[{others}]" if others else "", rf"(?<!\d)[{numbers}]" if numbers else ""]
    return re.compile("|".join(filter(None, parts))) if forms else None


@lru_cache(maxsize=4_096)
def _compatible(character: str) -> str:
    """Return its compatibility form, or itself where that is a mark on a blank or `_CHANGED` knows it."""
    form = unicodedata.normalize("NFKC", character)
    return character if form.startswith(" ") or character in f"{_SINGLE}{_DOUBLE}…" else form


def _copy(text: str, changes: Iterator[tuple[int, int, str]], before: FoldedCopy | None = None) -> FoldedCopy:
    """Return the text with the changes, which are in order: (start, end, what is written there). With `before`, of
    which this is the text, the map leads back to the text of that."""
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
    if before:
        starts = array("I", (before.starts[at] for at in starts))
        ends = array("I", (before.ends[at - 1] for at in ends))
    return FoldedCopy("".join([*pieces, text[copied_to:]]), starts, ends)


def _compositions(text: str) -> Iterator[tuple[int, int, str]]:
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not continues_character(text[end]):
            if end - start > 1 or text[start] >= "\u0300":
                yield start, end, unicodedata.normalize("NFC", text[start:end])
            start = end
