"""What a printed page has around its text: running heads, page numbers and numbers of lines.

They are recognised by their position, never by their words, kept in the text and left out of quotes. Lines that might as well be
words of the text are none: what is not sure is not recognised. Time: in proportion to the length of the text.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby, pairwise

Span = tuple[int, int]  # start and end in code points

OMISSION = "[…]"  # in a quote, for the heads that its words run across

_FEWEST_PAGES = 3  # numbers that count up, or places of one line
_FEWEST_LINES = 10  # numbered one by one
_LONGEST = 200  # characters of a running head; titles of press calls have up to 170
_MOST_LINES = 4  # of the heads between two pages
_PAGE_OF = re.compile(r"(?i:page)\s+\d{1,4}\s+(?i:of)\s+\d{1,4}")
_PAGE_NUMBER = re.compile(
    r"(?:(?i:page|p\.)\s*)?[-–—|\[(]?\s*(?P<number>\d{1,3})\s*[-–—|\])]?(?:\s*(?i:of|/)\s*\d{1,4})?"
)
_LINE_NUMBER = re.compile(r"[^\S\n]*(?P<number>\d{1,3})[^\S\n]+(?=[^\W\d_])")
_GAP_WITH_LINE_NUMBER = re.compile(r"(?P<blank>\s+)\d+[^\S\n]+")
_HEAD = re.compile(r"(?=.*[^\W\d_])[^\W_a-z(\[].{4,}(?<![.?!:;,)\]])")  # no sentence, no label, no stage direction
_DIGITS = re.compile(r"\d+")
_OMITTED = re.compile(r"\s*\[(?:…|\.\.\.)\]\s*")


@lru_cache(maxsize=4)
def running_heads(text: str) -> tuple[Span, ...]:
    """Return where they are, in order, in code points; heads with only blank lines between them are one stretch."""
    lines = _lines(text)
    heads = _page_numbers(text, lines)
    heads |= _beside_numbers(text, lines, heads) | _repeated(text, lines, heads)
    stretches = [(lines[group[0]][0], lines[group[-1]][1]) for group in _neighbours(heads)]
    return tuple(sorted([*stretches, *_line_numbers(text, lines)]))


def passages(text: str, start: int, end: int) -> list[Span]:
    """Return the stretches of a passage that running heads part, without white space beside the heads."""
    stretches = []
    for first, last in running_heads(text):
        if (
            start < first
            and last < end
            and (before := text[start:first].rstrip())
            and (after := text[last:end].lstrip())
        ):
            stretches.append((start, start + len(before)))
            start = end - len(after)
    return [*stretches, (start, end)]


def words_at(text: str, start: int, end: int) -> str:
    """Return the words of a quote that is here: the characters of the text, `[…]` in the place of running heads and page
    numbers. Numbers of lines are left out without a mark."""
    stretches = passages(text, start, end)
    words = text[slice(*stretches[0])]
    for (_, before), (first, last) in pairwise(stretches):
        line_end = _GAP_WITH_LINE_NUMBER.fullmatch(text, before, first)
        words += (line_end["blank"] if line_end else f" {OMISSION} ") + text[first:last]
    return words


def without_line_numbers(text: str) -> str:
    """Return the text with spaces in the place of the numbers of its lines: every position stays."""
    pieces, at = [], 0
    for start, end in _line_numbers(text, _lines(text)):
        pieces += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*pieces, text[at:]]) if pieces else text


def head_at_edge(text: str, start: int, end: int) -> str:
    """Return the running head in which a longer quote begins or ends; "": in none."""
    for first, last in running_heads(text):
        touches, is_inside = first < end and start < last, start < first and last < end
        if touches and not is_inside and not first <= start < end <= last:
            return text[first:last]
    return ""


def without_omissions(quote: str) -> str:
    return _OMITTED.sub(" ", quote)


def head_notes(text: str) -> list[str]:
    """Return in words which heads are recognised, the first three by what they say."""
    heads = [text[start:end] for start, end in running_heads(text)]
    if not heads:
        return []
    shown = ", ".join(f"“{' '.join(words.split())[:60]}”" for words in dict.fromkeys(heads[:3]))
    stretches = (
        "1 running head or page number" if len(heads) == 1 else f"{len(heads):,} running heads, page or line numbers"
    )
    return [f"{stretches} recognised ({shown}), kept in the text and left out of quotes"]


def _lines(text: str) -> list[Span]:
    """Return start and end of the lines that are not blank, without white space around them."""
    return [match.span() for match in re.finditer(r"\S(?:[^\n]*\S)?", text)]


def _page_numbers(text: str, lines: list[Span]) -> set[int]:
    """Return which lines are numbers of pages: they say so, or are alone and count up."""
    heads = {number for number, span in enumerate(lines) if _PAGE_OF.fullmatch(text, *span)}
    counted = [
        (number, int(match["number"])) for number, span in enumerate(lines) if (match := _page_number(text, span))
    ]
    for run in _counting_up(counted):
        heads |= set(run) if len(run) >= _FEWEST_PAGES else set()
    return heads


def _page_number(text: str, span: Span) -> re.Match[str] | None:
    return _PAGE_NUMBER.fullmatch(text, *span) if span[1] - span[0] < 20 else None


def _counting_up(counted: list[tuple[int, int]]) -> Iterator[list[int]]:
    """Yield the lines of numbers that each are one more than the one before, with other lines between them."""
    run: list[int] = []
    before = (0, -1)
    for line, number in counted:
        if number != before[1] + 1 or line == before[0] + 1:
            yield run
            run = []
        run.append(line)
        before = (line, number)
    yield run


def _beside_numbers(text: str, lines: list[Span], numbers: set[int]) -> set[int]:
    """Return the lines that are beside numbers of pages: in several places, or between halves of one sentence."""
    places = defaultdict(set)
    for number in numbers:
        for line in _around(text, lines, number):
            places[_DIGITS.sub("#", text[slice(*lines[line])])].add(line)
    repeated = {line for same in places.values() if len(same) > 1 for line in same}
    for number in numbers:
        paragraph = _paragraph(text, lines, number)
        if len(paragraph) <= _MOST_LINES and _parts_a_sentence(text, lines, paragraph[0], paragraph[-1]):
            repeated |= {line for line in paragraph if _is_head(text, lines[line])}
    return repeated


def _around(text: str, lines: list[Span], number: int) -> list[int]:
    near = range(max(0, number - _MOST_LINES + 1), min(len(lines), number + _MOST_LINES))
    return [line for line in near if line != number and _is_head(text, lines[line])]


def _is_head(text: str, span: Span) -> bool:
    return span[1] - span[0] <= _LONGEST and _HEAD.fullmatch(text, *span) is not None


def _paragraph(text: str, lines: list[Span], number: int) -> list[int]:
    """Return the lines that no blank line parts from this one; more than a head can have are not looked at."""
    first = last = number
    while first > 0 and number - first < _MOST_LINES and not _is_blank_between(text, lines, first - 1):
        first -= 1
    while last + 1 < len(lines) and last - number < _MOST_LINES and not _is_blank_between(text, lines, last):
        last += 1
    return [*range(first, last + 1)]


def _is_blank_between(text: str, lines: list[Span], line: int) -> bool:
    return text.count("\n", lines[line][1], lines[line + 1][0]) > 1


def _parts_a_sentence(text: str, lines: list[Span], first: int, last: int) -> bool:
    """Return whether a sentence stops before these lines and goes on, in small letters, after them."""
    if not first or last + 1 >= len(lines):
        return False
    before, after = text[lines[first - 1][1] - 1], text[lines[last + 1][0]]
    return (before.isalpha() or before in ",-") and after.islower()


def _repeated(text: str, lines: list[Span], numbers: set[int]) -> set[int]:
    """Return the lines that part a sentence, are parted from it by a blank line, and come again so, all of them."""
    places = defaultdict(list)
    for number, span in enumerate(lines):
        if number not in numbers and _is_head(text, span):
            places[text[slice(*span)]].append(number)
    return {
        line
        for same in places.values()
        if len(same) >= _FEWEST_PAGES and all(_parts_a_sentence(text, lines, at, at) for at in same)
        for line in same
        if _is_blank_between(text, lines, line - 1) or _is_blank_between(text, lines, line)
    }


def _neighbours(heads: set[int]) -> Iterator[list[int]]:
    for _, group in groupby(enumerate(sorted(heads)), key=lambda pair: pair[1] - pair[0]):
        yield [line for _, line in group]


def _line_numbers(text: str, lines: list[Span]) -> Iterator[Span]:
    """Yield the numbers before the words of lines, where at least ten lines one after the other are numbered."""
    run: list[Span] = []
    before = 0
    for start, _ in lines:
        match = _LINE_NUMBER.match(text, start)
        number = int(match["number"]) if match else 0
        if not match or (number != 1 and number != before + 1):
            yield from run if len(run) >= _FEWEST_LINES else ()
            run = []
        if match:
            run.append((start, match.end("number")))
        before = number
    yield from run if len(run) >= _FEWEST_LINES else ()
