"""Words as they can be written in a text, an address, a slug and in JSON, and what is put in their place."""

import datetime as dt
import json
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from django.utils.formats import date_format

from timeline.text.languages import romanised_slug
from timeline.text.transcripts import parse

NAMES = ("Alpha", "Bravo", "Charlie", "Delta", "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett")  # of speakers
LEAST = 3  # characters of a wording: less would hit too much


class Span(NamedTuple):
    """A stretch of a value, in code points, end excluded, and what is put there."""

    start: int
    end: int
    words: str


class Wordings:
    """The words of one redaction, each in every way in which it is written. No query.

    Case is ignored, white space is any white space, and a wording is a whole word: "Ann" is not in "Annual".
    """

    def __init__(self, wordings: Iterable[str], day: dt.date):
        """Raises ValueError for a wording that is too short, and where there is none."""
        stripped = dict.fromkeys(" ".join(wording.split()) for wording in wordings)
        self.wordings = sorted(filter(None, stripped), key=len, reverse=True)
        if not self.wordings:
            raise ValueError("Enter the words to redact.")
        if short := next((wording for wording in self.wordings if len(wording) < LEAST), ""):
            raise ValueError(f"“{short}” is too short: enter at least {LEAST} characters, with words around it.")
        self.markers = [f"[redacted, {date_format(day)}]", "[redacted]", "[…]", "…"]
        escaped = [json.dumps(wording)[1:-1] for wording in self.wordings]
        self._text = _pattern([*self.wordings, *(words for words in escaped if words not in self.wordings)], r"\s+")
        slugs = [slug for wording in self.wordings if len(slug := romanised_slug(wording)) >= LEAST]
        self._slug = re.compile("|".join(rf"(?<![a-z0-9]){re.escape(slug)}(?![a-z0-9])" for slug in slugs) or r"(?!)")
        in_address = [*slugs, *self.wordings, *map(quote, self.wordings)]
        self._address = _pattern(in_address, r"(?:[-_+.\s]|%20)*", boundary="A-Za-z0-9")

    def in_text(self, text: str, longest: int | None = None) -> list[Span]:
        """Return where the words are in a text. `longest`: of the result, in characters; None: any length."""
        spans = [match.span() for match in self._text.finditer(text)]
        rest = len(text) - sum(end - start for start, end in spans)
        fits = [marker for marker in self.markers if longest is None or rest + len(spans) * len(marker) <= longest]
        return [Span(start, end, (fits or self.markers[-1:])[0]) for start, end in spans]

    def in_source_text(self, text: str) -> list[Span]:
        """Return where the words are in the text of a source. In the label of a speaker they become a label, so that no words
        come into another's mouth. Raises ValueError where the turns would be others."""
        labels = [(turn.label_start, turn.start) for turn in parse(text).turns if turn.speaker]
        for style in ("REDACTED {}", "Redacted {}"):
            spans = _with_labels(text, self.in_text(text), labels, style)
            if [turn.kind for turn in parse(text).turns] == [turn.kind for turn in parse(replaced(text, spans)).turns]:
                return spans
        raise ValueError(
            "Without these words the text would be cut into other turns: words would change their speaker."
        )

    def in_slug(self, slug: str, number: int) -> list[Span]:
        """Return the whole slug where the words are in it, which becomes "redacted-" and the number of the row."""
        return [Span(0, len(slug), f"redacted-{number}")] if self._slug.search(slug) else []

    def in_addresses(self, addresses: str) -> list[Span]:
        """Return the addresses, one a line, that have the words: each becomes that of its site."""
        spans, at = [], 0
        for line in addresses.splitlines(keepends=True):
            address = line.rstrip("\n")
            if self._address.search(address):
                site = urlsplit(address)
                spans.append(
                    Span(
                        at,
                        at + len(address),
                        "" if self._address.search(site.netloc) else f"{site.scheme}://{site.netloc}/",
                    )
                )
            at += len(line)
        return spans

    @property
    def tokens(self) -> list[str] | None:
        """Return for each wording an ASCII word of it, by which a database finds the rows; None: one has none."""
        tokens = [max(re.findall("[A-Za-z]+", wording), key=len, default="") for wording in self.wordings]
        return tokens if all(len(token) >= LEAST for token in tokens) and all(map(str.isascii, self.wordings)) else None


def _with_labels(text: str, spans: list[Span], labels: list[tuple[int, int]], style: str) -> list[Span]:
    """Return the spans with a label in the place of what is within one: the same for the same words."""
    names: dict[str, str] = {}
    for number, span in enumerate(spans):
        if any(first <= span.start and span.end <= last for first, last in labels):
            words = " ".join(text[span.start : span.end].casefold().split())
            spans[number] = span._replace(words=names.setdefault(words, _label(style, len(names))))
    return spans


def _label(style: str, number: int) -> str:
    label = style.format(NAMES[number % len(NAMES)])
    return label.upper() if style.isupper() else label


def _pattern(wordings: Sequence[str], gap: str, boundary: str = r"\w") -> re.Pattern[str]:
    """Return what finds each wording between characters that are of no word."""
    ways = (gap.join(map(re.escape, wording.split())) for wording in wordings)
    return re.compile("|".join(f"(?<![{boundary}]){way}(?![{boundary}])" for way in ways), re.IGNORECASE)


def replaced(value: str, spans: Iterable[Span]) -> str:
    """Return the value with what is put in the place of each span; spans are in order."""
    pieces, at = [], 0
    for span in spans:
        pieces += [value[at : span.start], span.words]
        at = span.end
    return "".join([*pieces, value[at:]])


def moved(place: int, spans: Iterable[Span], *, is_end: bool) -> int:
    """Return where a position of the value is in `replaced`; one within a span goes to the edge of what is put there."""
    shift = 0
    for span in spans:
        if place <= span.start:
            break
        if place < span.end:
            return span.start + shift + (len(span.words) if is_end else 0)
        shift += len(span.words) - (span.end - span.start)
    return place + shift
