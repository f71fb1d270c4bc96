"""The passage of a text that is most like a quote that does not occur there, and how the two differ."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nlargest
from itertools import accumulate, combinations
from typing import NamedTuple

from timeline.text.quote_folding import fold_marks

MIN_SIMILARITY = 0.5  # of 400 sentences of other briefings, 11 come above it

_RAREST = 40  # words of a quote that look for the passage most like it
_STEP = 8  # words; places this near each other count as one
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PART = re.compile(r"[^\W_¹²³⁰-⁹]+|[¹²³⁰-⁹]+")  # a raised number is one by itself
_NUMBER = re.compile(r"[\d¹²³⁰-⁹]")
_OMITS = re.compile(r"…|\.\.\.")
_PIECE = re.compile(r"[-‐‑‒–—―−]+|[^\s‒–—―−-]+(?:[-‐‑][^\s‒–—―−-]+)*")


@dataclass(frozen=True)
class Passage:
    """A stretch of a text and its likeness to a quote: the share of common words, 0 to 1, case apart."""

    start: int
    end: int
    score: float
    text: str


class _Index(NamedTuple):
    words: list[str]
    spans: list[tuple[int, int]]
    numbers: dict[str, list[int]]  # word -> where it is, counted in words


def nearest(quote: str, text: str) -> Passage | None:
    """Return the passage most like a quote that was not found; None if nothing is much like it."""
    wanted, index = [word for word, _ in _words(quote)], _index(text)
    fits = (_fit(wanted, index, first) for first in _likely(wanted, index))
    score, start, end = max(fits, default=(0, 0, 0))
    if score < MIN_SIMILARITY:
        return None
    start, end = _with_marks(quote, text, index.spans[start][0], index.spans[end - 1][1])
    return Passage(start, end, round(score, 3), text[start:end])


def missing_message(quote: str, text: str, title: str) -> str:
    """Return that a source with this title does not have these words, with the passage nearest to them and what would be right."""
    message = f"This quote was not found in “{title}”."
    if passage := nearest(quote, text):
        message += f" The nearest passage is: “{passage.text}”."
        if unsaid := unsaid_between(quote, passage.text):
            return f"{message} Between these words it has “{unsaid}”: cite the words before and after that as two citations."
    return f"{message} Copy the words from the source."


def difference(quote: str, passage: str) -> list[tuple[str, str]]:
    """Return in order: ("same", words), ("quote", words only there), ("text", words only there)."""
    ours, theirs = list(_PIECE.finditer(quote)), list(_PIECE.finditer(passage))
    quote_words, text_words = ([fold_marks(piece[0]) for piece in pieces] for pieces in (ours, theirs))
    parts = []
    for kind, a, b, c, d in SequenceMatcher(None, quote_words, text_words, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(("same", passage[theirs[c].start() : theirs[d - 1].end()]))
            continue
        if a < b:
            parts.append(("quote", quote[ours[a].start() : ours[b - 1].end()]))
        if c < d:
            parts.append(("text", passage[theirs[c].start() : theirs[d - 1].end()]))
    return parts


def unsaid_between(quote: str, passage: str) -> str:
    """Return what a passage has between the words of a quote and nobody may have said: a number of a page, a line or a footnote, a
    time; or, where the quote leaves words out ("[...]"), these. "": nothing such, or the passage lacks a word of the quote."""
    ours, theirs = (list(_PART.finditer(words)) for words in (quote, passage))
    quote_words, passage_words = ([match[0].casefold() for match in words] for words in (ours, theirs))
    matcher = SequenceMatcher(None, quote_words, passage_words, autojunk=False)
    changes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    between = [passage[theirs[first].start() : theirs[last - 1].end()] for _, _, _, first, last in changes]
    is_unsaid = _OMITS.search(quote) or all(map(_NUMBER.search, between))
    return ", ".join(between) if is_unsaid and {kind for kind, *_ in changes} == {"insert"} else ""


def _words(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    for match in _WORD.finditer(text):
        yield match[0].casefold().replace("’", "'"), match.span()


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
    votes: dict[int, float] = defaultdict(float)
    for number, places in sorted(known, key=lambda pair: len(pair[1]))[:_RAREST]:
        for place in places:
            votes[(place - number) // _STEP] += 1 / len(places)
    likeliest = nlargest(5 if len(wanted) < 200 else 1, votes, key=votes.__getitem__)
    return [max(0, step * _STEP) for step in likeliest]


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
    start -= len(next(re.finditer(r"[^\w\s]*\Z", text[max(0, start - before) : start]))[0])
    end += len(next(re.finditer(r"\A[^\w\s]*", text[end : end + after]))[0])
    return start, end
