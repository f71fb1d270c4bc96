"""What a file states that can hardly be so. Refused, unless whoever brings the file in accepts its kind; then a mark says so
in the summary of the event, where desk, readers and exports see it."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from timeline.imports.file_bytes import FileRefused, shortened

KINDS = {  # kind -> what its mark says of the value
    "partial-date": "a part of a date without its larger part, left out",
    "clock-time": "a clock time without a time zone, left out of the date",
    "unknown-country": "not a known country, left out",
    "conflicting-country": "another country than its code, which is stored",
    "conflicting-year": "another year than the date",
    "implausible-point": "a point far from the country, or none on earth, which is left out",
    "source-day": "a source dated before the event that it reports, or after the event that it announces",
    "duplicate-address": "an address that another document has too",
}


class Mark(NamedTuple):
    """An accepted doubt."""

    kind: str
    words: str  # a sentence


def mark(kind: str, column: str, value: str) -> Mark:
    return Mark(kind, f"Accepted at import: {column} “{shortened(value)}”, {KINDS[kind]}.")


def advice(right: str, kind: str) -> str:
    """Return what would be right, and how the value is accepted as it is."""
    return f"{right} Or accept {kind} (--accept {kind}), which marks the event."


def marked(summary: str, marks: Iterable[Mark]) -> str:
    """Return the summary followed by the marks, each once."""
    return " ".join(filter(None, [summary, *dict.fromkeys(words for _, words in marks)]))


def check_kinds(kinds: Collection[str]) -> frozenset[str]:
    """Return the kinds as a set. Raises FileRefused for one that is none of KINDS."""
    if unknown := sorted(set(kinds) - KINDS.keys()):
        raise FileRefused(f"There is nothing to accept called {', '.join(unknown)}. Known: {', '.join(KINDS)}.")
    return frozenset(kinds)
