"""CSV, one row per event. Lists stand in one cell; text cells are safe for spreadsheets."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from .about import About
from .rows import COLUMNS
from .spreadsheet import safe

content_type = "text/csv; charset=utf-8"
extension = "csv"
label = "CSV, one row per event"

SEPARATOR = " ‖ "  # between the items of a list in one cell; quotes do not contain it
CITATION_CELLS = {
    "citation_quotes": lambda one: one["quote"],
    "citation_acts": lambda one: one["act"],
    "citation_speakers": lambda one: one["speaker"]["name"] if one["speaker"] else "",
    "citation_states": lambda one: one["state"],
    "citation_briefings": lambda one: one["briefing"]["title"],
    "citation_published_on": lambda one: one["briefing"]["published_on"] or "",
    "citation_urls": lambda one: one["url"],
    "citation_source_urls": lambda one: one["briefing"]["source_url"] or "",
}
HEADER = [
    *(column.name for column in COLUMNS if column.name != "citations"),
    "citation_count",
    *CITATION_CELLS,
]


class Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def render(rows: Iterable[dict], about: About) -> Iterator[str]:
    """Yield the file line by line, CRLF at the end of each. Source: RFC 4180."""
    writer = csv.writer(Echo())
    yield writer.writerow(HEADER)
    for row in rows:
        yield writer.writerow(cells(row))


def cells(row: dict) -> list:
    """Return one event's cells: numbers as they are, None as empty, everything else as safe text."""
    cited = row["citations"]
    plain = [_cell(name, value) for name, value in row.items() if name != "citations"]
    lists = [_joined([get(one) for one in cited]) for get in CITATION_CELLS.values()]
    return [*plain, len(cited), *lists]


def _cell(name: str, value: Any) -> Any:
    if name == "actors":
        return _joined(map(_actor, value))
    if value is None or isinstance(value, float):
        return value
    return safe(value)


def _joined(items: Iterable[str]) -> str:
    """Return a list as one cell, each item in its place; empty where all are."""
    items = list(items)
    return safe(SEPARATOR.join(items)) if any(items) else ""


def _actor(one: dict) -> str:
    office = f", {one['office']}" if one["office"] else ""
    return f"{one['name']}{office} [{one['role']}]"
