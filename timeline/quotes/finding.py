"""Find a quote in the text of a briefing, and find it again when the text has changed.

What copying changes is forgiven (`quote_folding.fold_marks` says what); words, their case and all other punctuation
must agree. Positions are code points of the text itself.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice, product
from typing import NamedTuple

from timeline.text.quote_folding import (
    FoldedCopy,
    continues_character,
    folded_copy,
    folded_quote,
    has_broken_word,
    rejoin,
    rejoined_copy,
    wordings,
)
from timeline.text.running_heads import running_heads, without_omissions, words_at
from timeline.text.transcripts import Span

CONTEXT = 32  # code points kept before and after a quote
MAX_OCCURRENCES = 1_000  # looked at; a quote found more often is ambiguous whatever is around it

_JOINED_EMOJI = re.compile("\u200d[☀-➿🌀-🫿]|.(?:\u200d[☀-➿🌀-🫿]|[🏻-🏿])", re.DOTALL)


@dataclass(frozen=True)
class Match:
    """Where a quote is. `verified`: the only place, or the only one in that context; `ambiguous`: the first."""

    start: int
    end: int
    state: str


@dataclass(frozen=True)
class Anchor:
    """Where a stored quote is now.

    `verified`: at its old place; `moved`: at another; `ambiguous`: at several, this is the first; `missing`.
    """

    state: str
    start: int | None
    end: int | None


class _Place(NamedTuple):
    start: int
    end: int
    agrees: bool  # with prefix and suffix, as far as given


def find(quote: str, text: str, prefix: str = "", suffix: str = "") -> Match | None:
    """Return the quote's place in the text, None if it is not there.

    A quote that is there more than once is verified if prefix and suffix, as far as given, agree with
    exactly one of the places. Raises ValueError for a quote without a word.
    """
    places = _places(quote, text, prefix, suffix)
    if not places:
        return None
    only = _only(places)
    place = only or places[0]
    return Match(place.start, place.end, "verified" if only else "ambiguous")


def anchor(quote: str, text: str, prefix: str, suffix: str, start: int | None, end: int | None) -> Anchor:
    """Return where a stored quote occurs in a text that may have changed since.

    Without an old position the answer is that of `find`. Of several places that agree with prefix and suffix
    the one nearest to the old position is taken. Who corrects a moved citation takes its words from the text
    again: marks and white space may have changed. Raises ValueError for a quote without a word.
    """
    if _stands_at(quote, text, start, end):
        return Anchor("verified", start, end)
    places = _places(quote, text, prefix, suffix)
    if not places:
        return Anchor("missing", None, None)
    place = _only(places)
    if not place and start is not None and (prefix or suffix):
        place = _nearest_place(places, start)
    if not place:
        return Anchor("ambiguous", places[0].start, places[0].end)
    return Anchor("verified" if start is None else "moved", place.start, place.end)


def occurrences(quote: str, text: str) -> list[tuple[int, int]]:
    """Return all places of the quote, in order, at most 1,000: what to choose from when it is ambiguous."""
    return [(place.start, place.end) for place in _places(quote, text, "", "")]


def context(text: str, start: int, end: int, size: int = CONTEXT) -> tuple[str, str]:
    """Return prefix and suffix of a quote: at most `size` code points each, no character cut in two."""
    first, last = max(0, start - size), min(len(text), end + size)
    while first < start and _is_inside_character(text, first):
        first += 1
    while last > end and _is_inside_character(text, last):
        last -= 1
    return text[first:start], text[end:last]


def _refuse_without_word(quote: str) -> None:
    kinds = {unicodedata.category(character) for character in quote}
    if not any(kind[0] in "LN" or kind == "So" for kind in kinds):
        raise ValueError("The quote is empty or only punctuation: give the exact words of the text.")


def _stands_at(quote: str, text: str, start: int | None, end: int | None) -> bool:
    _refuse_without_word(quote)
    if start is None or end is None or start < 0 or quote not in (text[start:end], words_at(text, start, end)):
        return False
    return not (_cuts(text, start) or _cuts(text, end))


def _places(quote: str, text: str, prefix: str, suffix: str) -> list[_Place]:
    """Return the places of the quote as it is, else with broken words rejoined, else without the marks around it."""
    _refuse_without_word(quote)
    ways_to_join = (False, True) if has_broken_word(text) or has_broken_word(quote) else (False,)
    for words, rejoins in product(wordings(quote), ways_to_join):
        places = _look_up(words, text, prefix, suffix, rejoins)
        if heads := running_heads(text):
            places = chain(places, _look_up(without_omissions(words), text, prefix, suffix, rejoins, heads))
        if first := sorted(set(islice(places, MAX_OCCURRENCES))):
            return first
    return []


def _look_up(
    quote: str, text: str, prefix: str, suffix: str, rejoins: bool, heads: tuple[Span, ...] = ()
) -> Iterator[_Place]:
    """Yield the places of the quote in the text without these heads."""
    copy = rejoined_copy(text, heads) if rejoins else folded_copy(text, heads)
    wanted, before, after = (_folded(part, rejoins) for part in (quote, prefix, suffix))
    at = copy.text.find(wanted.text)
    while at >= 0:
        end = at + len(wanted.text)
        span = copy.span(at, end) if copy.has_hyphens_of(wanted, at) else None
        if span and not any(_cuts(text, edge) for edge in span):
            yield _Place(*span, _agree(copy.text, at, end, before.text, after.text, " -" if rejoins else " "))
        at = copy.text.find(wanted.text, at + 1)


def _folded(part: str, rejoins: bool) -> FoldedCopy:
    return rejoin(folded_quote(part), part) if rejoins else folded_quote(part)


def _agree(folded: str, at: int, end: int, before: str, after: str, passed_over: str) -> bool:
    """Return whether what surrounds a place agrees with prefix and suffix but for these characters beside the quote."""
    before, after = before.rstrip(passed_over), after.lstrip(passed_over)
    left = folded[max(0, at - len(before) - 2) : at].rstrip(passed_over)
    right = folded[end : end + len(after) + 2].lstrip(passed_over)
    return left.endswith(before) and right.startswith(after)


def _only(places: list[_Place]) -> _Place | None:
    agreeing = [place for place in places if place.agrees]
    if len(places) == 1:
        return places[0]
    return agreeing[0] if len(agreeing) == 1 and len(places) < MAX_OCCURRENCES else None


def _nearest_place(places: list[_Place], start: int) -> _Place | None:
    """Return the agreeing place nearest to the old start; None if two are as near or not all are known."""
    near = sorted((abs(place.start - start), place) for place in places if place.agrees)
    if len(near) < 2 or near[0][0] == near[1][0] or len(places) == MAX_OCCURRENCES:
        return None
    return near[0][1]


def _cuts(text: str, at: int) -> bool:
    """Return whether a quote that begins or ends here would cut a word or a character: "responsible" is not what
    "irresponsible" says. Scripts that write words without gaps have no case, and are let be."""
    if 0 < at < len(text) and _is_of_word(text[at - 1]) and _is_of_word(text[at]):
        return True
    is_raised = 0 < at < len(text) and text[at - 1].isdecimal() and unicodedata.category(text[at]) == "No"  # 10⁵, 1½
    return is_raised or _is_inside_character(text, at)


def _is_of_word(character: str) -> bool:
    return unicodedata.category(character) in {"Lu", "Ll", "Lt", "Nd"}


def _is_inside_character(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    return continues_character(text[at]) or _JOINED_EMOJI.match(text, at - 1) is not None
