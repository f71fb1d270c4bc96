"""Find a quote in the text of a briefing, and find it again when the text has changed.

What copying changes is forgiven (`folding.fold_marks` says what); words, their case and all other punctuation
must agree. Positions are code points of the text itself.
Source: W3C Web Annotation Data Model, 2017-02-23, TextQuoteSelector and TextPositionSelector.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate, combinations, islice
from typing import NamedTuple
from urllib.parse import quote as percent_encode

from timeline.folding import continues_character, fold_marks, folded_copy, has_broken_word

CONTEXT = 32  # code points kept before and after a quote
MAX_OCCURRENCES = 1_000  # looked at; a quote found more often is ambiguous whatever stands around it
LEAST_LIKENESS = 0.5  # of 400 sentences of other briefings, 11 come above it
LONGEST_FRAGMENT = 300  # characters; a longer quote is linked by its first and last words
FRAGMENT_WORDS = 8  # at each end of a long quote

_RAREST = 40  # words of a quote that look for the passage most like it
_STEP = 8  # words; places this near each other count as one
_JOINED_EMOJI = re.compile("\u200d[☀-➿🌀-🫿]|.(?:\u200d[☀-➿🌀-🫿]|[🏻-🏿])", re.DOTALL)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_GAP = re.compile(r"\s{2,}|\n")
_PIECE = re.compile(r"[-‐‑‒–—―−]+|[^\s‒–—―−-]+(?:[-‐‑][^\s‒–—―−-]+)*")


@dataclass(frozen=True)
class Match:
    """Where a quote stands. `verified`: the only place, or the only one in that context; `ambiguous`: the first."""

    start: int
    end: int
    state: str


@dataclass(frozen=True)
class Anchor:
    """Where a stored quote stands now.

    `verified`: at its old place; `moved`: at another; `ambiguous`: at several, this is the first; `missing`.
    """

    state: str
    start: int | None
    end: int | None


@dataclass(frozen=True)
class Passage:
    """A stretch of a text and its likeness to a quote: the share of common words, 0 to 1, case apart."""

    start: int
    end: int
    score: float
    text: str


class _Place(NamedTuple):
    start: int
    end: int
    agrees: bool  # with prefix and suffix, as far as given


class _Index(NamedTuple):
    words: list[str]
    spans: list[tuple[int, int]]
    numbers: dict[str, list[int]]  # word -> where it stands, counted in words


def find(quote: str, text: str, prefix: str = "", suffix: str = "") -> Match | None:
    """Return the quote's place in the text, None if it is not there.

    A quote that stands there more than once is verified if prefix and suffix, as far as given, agree with
    exactly one of the places. Raises ValueError for a quote without a word.
    """
    places = _places(quote, text, prefix, suffix)
    if not places:
        return None
    only = _only(places)
    place = only or places[0]
    return Match(place.start, place.end, "verified" if only else "ambiguous")


def anchor(quote: str, text: str, prefix: str, suffix: str, start: int | None, end: int | None) -> Anchor:
    """Return where a stored quote stands in a text that may have changed since.

    Without an old position the answer is that of `find`. Of several places that agree with prefix and suffix
    the one nearest to the old position is taken. Who mends a moved citation takes its words from the text
    anew: marks and white space may have changed. Raises ValueError for a quote without a word.
    """
    if _stands_at(quote, text, start, end):
        return Anchor("verified", start, end)
    places = _places(quote, text, prefix, suffix)
    if not places:
        return Anchor("missing", None, None)
    chosen = _only(places)
    if not chosen and start is not None and (prefix or suffix):
        chosen = _nearest_place(places, start)
    if not chosen:
        return Anchor("ambiguous", places[0].start, places[0].end)
    return Anchor("verified" if start is None else "moved", chosen.start, chosen.end)


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


def nearest(quote: str, text: str) -> Passage | None:
    """Return the passage most like a quote that was not found; None if nothing is much like it."""
    wanted, index = [word for word, _ in _words(quote)], _index(text)
    fits = (_fit(wanted, index, first) for first in _likely(wanted, index))
    score, start, end = max(fits, default=(0, 0, 0))
    if score < LEAST_LIKENESS:
        return None
    start, end = _with_marks(quote, text, index.spans[start][0], index.spans[end - 1][1])
    return Passage(start, end, round(score, 3), text[start:end])


def difference(quote: str, passage: str) -> list[tuple[str, str]]:
    """Return in order: ("same", words), ("quote", words only there), ("text", words only there)."""
    ours, theirs = list(_PIECE.finditer(quote)), list(_PIECE.finditer(passage))
    folded = [[fold_marks(piece[0]) for piece in pieces] for pieces in (ours, theirs)]
    shown = []
    for kind, a, b, c, d in SequenceMatcher(None, *folded, autojunk=False).get_opcodes():
        if kind == "equal":
            shown.append(("same", passage[theirs[c].start() : theirs[d - 1].end()]))
            continue
        if a < b:
            shown.append(("quote", quote[ours[a].start() : ours[b - 1].end()]))
        if c < d:
            shown.append(("text", passage[theirs[c].start() : theirs[d - 1].end()]))
    return shown


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


def _refuse_without_word(quote: str) -> None:
    kinds = {unicodedata.category(character) for character in quote}
    if not any(kind[0] in "LN" or kind == "So" for kind in kinds):
        raise ValueError("The quote is empty or only punctuation: give the exact words of the text.")


def _stands_at(quote: str, text: str, start: int | None, end: int | None) -> bool:
    _refuse_without_word(quote)
    if start is None or end is None or start < 0 or text[start:end] != quote:
        return False
    return not (_cuts(text, start) or _cuts(text, end))


def _places(quote: str, text: str, prefix: str, suffix: str) -> list[_Place]:
    _refuse_without_word(quote)
    found = list(islice(_look_up(quote, text, prefix, suffix, mend=False), MAX_OCCURRENCES))
    if not found and (has_broken_word(text) or has_broken_word(quote)):
        found = list(islice(_look_up(quote, text, prefix, suffix, mend=True), MAX_OCCURRENCES))
    return found


def _look_up(quote: str, text: str, prefix: str, suffix: str, mend: bool) -> Iterator[_Place]:
    copy = folded_copy(text, mend=mend)
    wanted, before, after = (fold_marks(part, mend=mend) for part in (quote, prefix, suffix))
    at = copy.text.find(wanted)
    while at >= 0:
        end = at + len(wanted)
        span = copy.span(at, end)
        if span and not any(_cuts(text, edge) for edge in span):
            left = copy.text[max(0, at - len(before) - 1) : at].rstrip()
            right = copy.text[end : end + len(after) + 1].lstrip()
            yield _Place(*span, left.endswith(before) and right.startswith(after))
        at = copy.text.find(wanted, at + 1)


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
    return _is_inside_character(text, at)


def _is_of_word(character: str) -> bool:
    return unicodedata.category(character) in {"Lu", "Ll", "Lt", "Nd"}


def _is_inside_character(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    return continues_character(text[at]) or _JOINED_EMOJI.match(text, at - 1) is not None


def _words(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    for found in _WORD.finditer(text):
        yield found[0].casefold().replace("’", "'"), found.span()


@lru_cache(maxsize=4)
def _index(text: str) -> _Index:
    index = _Index([], [], {})
    for number, (word, span) in enumerate(_words(text)):
        index.words.append(word)
        index.spans.append(span)
        index.numbers.setdefault(word, []).append(number)
    return index


def _likely(wanted: list[str], index: _Index) -> list[int]:
    """Return where a passage may begin, in words, likeliest first: the quote's rarest words vote."""
    known = [(number, index.numbers[word]) for number, word in enumerate(wanted) if word in index.numbers]
    votes = Counter()
    for number, places in sorted(known, key=lambda pair: len(pair[1]))[:_RAREST]:
        for place in places:
            votes[(place - number) // _STEP] += 1 / len(places)
    return [max(0, step * _STEP) for step, _ in votes.most_common(5 if len(wanted) < 200 else 1)]


def _fit(wanted: list[str], index: _Index, first: int) -> tuple[float, int, int]:
    """Return score, start and end (in words) of the best passage that begins about there."""
    low = max(0, first - _STEP)
    window = index.words[low : first + len(wanted) + len(wanted) // 4 + 3 * _STEP]
    blocks = SequenceMatcher(None, window, wanted).get_matching_blocks()[:-1]
    best = (0.0, 0, 0)
    common = [0, *accumulate(block.size for block in blocks)]
    for i, j in combinations(range(len(blocks) + 1), 2):
        start = max(0, low + blocks[i].a - blocks[i].b)
        end = min(len(index.words), low + blocks[j - 1].a - blocks[j - 1].b + len(wanted))
        best = max(best, (2 * (common[j] - common[i]) / (len(wanted) + end - start), start, end))
    return best


def _with_marks(quote: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Return the passage with the marks beside it, at most as many as the quote has at its own ends."""
    bare, spans = quote.strip(), [span for _, span in _words(quote.strip())]
    before, after = spans[0][0], len(bare) - spans[-1][1]
    start -= len(re.search(r"[^\w\s]*\Z", text[max(0, start - before) : start])[0])
    end += len(re.match(r"[^\w\s]*", text[end : end + after])[0])
    return start, end


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
