"""What an import does, or would do: counts, and the first of each kind by name.

Replaces RelatedRows in a dry run: new rows get negative primary keys and are listed in the summary.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import count
from pathlib import Path

from timeline.exports.to_csv import escape_formula
from timeline.imports.file_bytes import Problem

from .event_record import EventRecord, NamedActor, NamedPlace, Options, Source
from .formats import our_export
from .matching import KnownRows
from .quote_anchoring import StoredBriefing, address_of, latest_day

SHOWN = 100


@dataclass(slots=True)
class Summary:
    sha256: str = ""  # of the file that was looked through
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    kept: int = 0  # of the unchanged and updated: those where the work of editors is against the file
    disappeared: int = 0
    published: int = 0  # of the created
    drafts: int = 0  # of the created, where publication was asked for and evidence or date is missing
    remarks: dict[str, int] = field(default_factory=dict)  # how rows were understood -> how many rows
    accepted: dict[str, int] = field(default_factory=dict)  # kind of doubt -> events that were taken with its mark
    out_of_order: int = 0  # rows whose counts of deaths contradict each other; they come in as they are
    problems: int = 0
    sources: int = 0  # briefings to be made
    fatal: str = ""  # why the file as a whole is refused
    first_problems: list[Problem] = field(default_factory=list)
    first_created: list[list[str]] = field(default_factory=list)  # id, title, date
    first_updated: list[list[str]] = field(default_factory=list)  # id, title, what changes
    first_kept: list[list[str]] = field(default_factory=list)  # id, title, why
    first_disappeared: list[str] = field(default_factory=list)
    actors: list[dict] = field(default_factory=list)  # to be made: name, kind, near [[slug, name], ...]
    places: list[dict] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    first_edited: list[list] = field(default_factory=list)  # row, id, title, [[column, here, in the file], ...]
    # Column of our own table -> number of cells that differ and are not read
    not_read: dict[str, int] = field(default_factory=dict)
    tables: dict[str, tuple[int, int]] = field(default_factory=dict)  # of a package: new, and known and left unchanged

    def as_json(self) -> dict:
        return asdict(self) | {"first_problems": [problem._asdict() for problem in self.first_problems]}

    def count_marks(self, records: Iterable[EventRecord]) -> None:
        records = [record for record in records if record.marks or record.remarks]
        for kind in (kind for record in records for kind in {mark.kind for mark in record.marks}):
            self.accepted[kind] = self.accepted.get(kind, 0) + 1
        for words in (words for record in records for words in record.remarks):
            if words in self.remarks or len(self.remarks) < SHOWN:
                self.remarks[words] = self.remarks.get(words, 0) + 1

    def note(self, name: str, *words) -> None:
        """Keep one of the first of a kind."""
        if len(first := getattr(self, f"first_{name}")) < SHOWN:
            first.append(list(words) if len(words) > 1 else words[0])


class Problems:
    """Keeps the first problems in the summary, and writes all of them to a file where one is named."""

    HEADER = ("row", "column", "value", "what would be right")

    def __init__(self, summary: Summary, path: Path | None = None):
        self.summary = summary
        self.file = path.open("w", encoding="utf-8", newline="") if path else None
        self.writer = csv.writer(self.file) if self.file else None
        if self.writer:
            self.writer.writerow(self.HEADER)

    def __call__(self, problem: Problem) -> None:
        self.summary.problems += 1
        if len(self.summary.first_problems) < SHOWN:
            self.summary.first_problems.append(problem)
        if self.writer:
            self.writer.writerow([problem.row, *(escape_formula(text) for text in problem[1:])])

    def close(self) -> None:
        if self.file:
            self.file.close()


# What an import does, or would do, as lines of text.

LISTED = 20


def lines(summary: Summary, options: Options) -> Iterator[str]:
    yield from _problem_lines(summary)
    if summary.fatal:
        return
    yield f"{summary.rows:,} rows: {summary.created:,} new, {summary.updated:,} changed, {summary.unchanged:,} the same, {summary.refused:,} refused."
    for name, (made, known) in summary.tables.items():
        yield f"{name}: {made:,} new, {known:,} known and left unchanged."
    yield from _edit_lines(summary)
    yield from _list_lines("New actors", [_with_near(words) for words in summary.actors])
    yield from _list_lines("New places", [_with_near(words) for words in summary.places])
    yield from _list_lines("New conflicts", summary.conflicts)
    if summary.sources:
        yield "1 source document is new." if summary.sources == 1 else f"{summary.sources:,} source documents are new."
    if not summary.first_edited:
        yield from _list_lines("Changed", [": ".join(words) for words in summary.first_updated], summary.updated)
    yield from _list_lines("Kept unchanged here", [": ".join(words) for words in summary.first_kept], summary.kept)
    yield from _list_lines("Here, but not in this file", summary.first_disappeared, summary.disappeared)
    remarks = [f"{words}: {count:,} {'row' if count == 1 else 'rows'}" for words, count in summary.remarks.items()]
    yield from _list_lines("How the file was understood", remarks)
    for kind, events in sorted(summary.accepted.items()):
        yield f"Accepted and marked, {kind}: {events:,} {'event' if events == 1 else 'events'}."
    if summary.out_of_order:
        yield f"{summary.out_of_order:,} rows have counts of deaths that contradict each other. They are imported as given, and marked."
    if options.format.name == our_export.name:
        return
    yield (
        "Events are imported as drafts."
        if not options.publish
        else "Events with a date and an address of their source are published; others stay drafts."
    )


def _problem_lines(summary: Summary) -> Iterator[str]:
    if summary.fatal:
        yield f"Refused: {summary.fatal}"
    for problem in summary.first_problems:
        yield problem.words
    if summary.problems > SHOWN:
        yield f"... and {summary.problems - SHOWN:,} more. --report FILE writes them all."


def _list_lines(title: str, names: list[str], count: int | None = None) -> Iterator[str]:
    count = len(names) if count is None else count
    if not count:
        return
    yield f"{title} ({count:,}):"
    yield from (f"  {name}" for name in names[:LISTED])
    if count > LISTED:
        yield f"  ... and {count - LISTED:,} more"


def _edit_lines(summary: Summary) -> Iterator[str]:
    """Yield what a table of our own changes, cell by cell, and what of it is not read."""
    for row, public_id, title, cells in summary.first_edited:
        yield f"row {row}, {public_id}: {title}"
        yield from (f"  {column}: “{old}” → “{new}”" for column, old, new in cells)
    if (more := summary.updated - len(summary.first_edited)) > 0 and summary.first_edited:
        yield f"... and {more:,} more events that change."
    for why, columns in our_export.not_read(summary.not_read):
        yield f"Not read, {why}: {', '.join(f'{name} ({count:,})' for name, count in columns)}."


def _with_near(offer: dict) -> str:
    near = "; ".join(f"{name} ({slug})" for slug, name in offer["near"])
    of_state = f" of {offer['state']}" if offer.get("state") else ""
    return f"{offer['name']}, {offer['kind'].replace('_', ' ')}{of_state}" + (f". Near: {near}" if near else "")


MOST_COMPARED = 300  # new names that are compared with all that is known; more are a data set of its own


class DryRunRows:
    def __init__(self, options: Options, known: KnownRows, summary: Summary):
        self.options, self.known, self.summary = options, known, summary
        self.numbers = count(-1, -1)

    def actor(self, actor: NamedActor) -> tuple[int, str]:
        self.summary.actors.append(
            {
                "name": actor.name,
                "kind": actor.kind,
                "state": actor.state,
                "near": self._near(self.known.actors, self.summary.actors, actor.name),
            }
        )
        return self._next()

    def place(self, place: NamedPlace) -> tuple[int, str]:
        near = self._near(self.known.places, self.summary.places, place.name)
        self.summary.places.append({"name": place.name, "kind": place.precision, "near": near})
        return self._next()

    def conflict(self, name: str) -> tuple[int, str]:
        self.summary.conflicts.append(name)
        return self._next()

    def briefing(self, slug: str, source: Source) -> StoredBriefing:
        self.summary.sources += 1
        address = address_of(source, self.options.data_set)
        return StoredBriefing(next(self.numbers), "draft", address, latest_day(source), True, 0)

    def actor_id(self, actor: NamedActor, pk: int) -> None:
        pass

    def place_id(self, place: NamedPlace, pk: int) -> None:
        pass

    def flush(self) -> None:
        pass

    def _next(self) -> tuple[int, str]:
        number = next(self.numbers)
        return number, str(number)

    def _near(self, known, listed: list, name: str) -> list:
        return known.near(name).near if len(listed) < MOST_COMPARED else []
