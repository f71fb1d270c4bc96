"""Cut a paragraph into sentences, and a sentence into the clauses that have a subject of their own."""

import re
from collections.abc import Iterator

Span = tuple[int, int]  # code points of the text that was cut

_END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’')\]*_]*\s+(?=[\"“‘'(\[*_]*[^\W_a-z])")
# A full stop after these ends no sentence.
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Sen|Rep|Gov|Amb|St|Jr|Sr|No|vs|etc|Jan|Feb|Mar|Apr|Jun"
    r"|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z]|\b[ap]\.m)\.\Z"
)
_BEGINS = re.compile(r"(?:The|This|That|These|We|I|It|He|She|They|There|And|But|So|In|On|Our|If|As|You|What|You)\b")
_CLAUSE = re.compile(
    r";\s+|,?\s+[–—-]{1,2}\s+(?=(?:he|she|they|we|I|it)\b)"
    r"|,\s+(?:and|but|so|while|whereas)\s+(?=(?:he|she|they|we|I|it|there|you|today|yesterday)(?:\b|['’]))"
)


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Return the sentences between start and end, without white space around them."""
    first = start
    for mark in _END.finditer(text, start, end):
        if _goes_on(text, first, mark):
            continue
        yield from _trimmed(text, first, mark.end())
        first = mark.end()
    yield from _trimmed(text, first, end)


def _goes_on(text: str, first: int, mark: re.Match) -> bool:
    upto = text[max(first, mark.start() - 8) : mark.start() + 1]
    return bool(_ABBREVIATED.search(upto)) and not (upto.endswith(("S.", "m.")) and _BEGINS.match(text, mark.end()))


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    if stripped := words.strip():
        yield start, start + len(stripped)


def clauses(sentence: str) -> list[Span]:
    """Return the spans of a sentence's clauses, without what joins them."""
    marks = list(_CLAUSE.finditer(sentence))
    starts = [0, *(mark.end() for mark in marks)]
    return list(zip(starts, [*(mark.start() for mark in marks), len(sentence)], strict=True))
