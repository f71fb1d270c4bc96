"""Stores every document of many files, one by one, and prints the outcome of each."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from timeline.extraction.readers import Extract
from timeline.extraction.reading_process import ReadingProcess

from .document import Document, Refused
from .document_files import documents
from .store_documents import NEW, UNCHANGED, DocumentStore, Outcome

REFUSED = "refused"


@dataclass(slots=True)
class ImportReport:
    counts: Counter = field(default_factory=Counter)  # by state, REFUSED among them
    new_publishers: list[str] = field(default_factory=list)  # names, in the order they were met


def store_all(
    paths: list[Path], store: DocumentStore, report: ImportReport, say: Callable[[str], None], at: Callable[[int], None]
) -> None:
    """Fill the report; `say` gets the lines to print, `at` the number of files done.

    A document is stored whole or not at all; whoever stops in between keeps those before.
    """
    with ReadingProcess() as reading:
        for number, path in enumerate(paths, 1):
            for document in _documents(path, reading.extract):
                store_one(document, store, report, say)
            at(number)


def _documents(path: Path, extract: Extract) -> Iterator[Document | Refused]:
    """Yield the documents of a file; a refusal of all of it comes last, and carries the file's name."""
    try:
        yield from documents(path, extract)
    except Refused as refused:
        yield refused.at(str(path))
    except OSError as error:
        yield Refused(f"It cannot be read: {error.strerror or error}.").at(str(path))


def store_one(
    document: Document | Refused, store: DocumentStore, report: ImportReport, say: Callable[[str], None]
) -> None:
    """Store a document, fill the report, and say in one line what became of it."""
    _report_outcome(document, _store(document, store), report, say)


def _store(document: Document | Refused, store: DocumentStore) -> Outcome | Refused:
    if isinstance(document, Refused):
        return document
    try:
        return store.take(document)
    except Refused as refused:
        return refused.at(document.where)


def _report_outcome(
    document: Document | Refused, outcome: Outcome | Refused, report: ImportReport, say: Callable[[str], None]
) -> None:
    """Count what became of a document, and say it in one line; of what was there already only what is new in it."""
    if isinstance(outcome, Refused):
        report.counts[REFUSED] += 1
        say(f"refused    {outcome.where}: {outcome}")
        return
    report.counts[outcome.state] += 1
    if outcome.new_publisher is not None:
        report.new_publishers.append(outcome.new_publisher.name)
    if outcome.state == NEW:
        say(f"new        {_described(outcome)}")
    elif outcome.state == UNCHANGED:
        for note in outcome.notes:
            say(f"unchanged  {document.where}: {note}.")
    else:
        say(
            f"changed    {document.where}: its text is not that of “{outcome.briefing.slug}”. Nothing is written; an editor decides."
        )


def _described(outcome: Outcome) -> str:
    """Return what was stored: day, slug, kind, turns, speakers, and what to look at."""
    briefing = outcome.briefing
    turns = len(briefing.transcript.turns)
    parts = [briefing.get_kind_display(), f"{turns:,} turn{'' if turns == 1 else 's'}"]
    parts += [f"{label} is {actor} ({named_by.label})" for label, (actor, named_by) in outcome.speakers.items()]
    return f"{briefing.published.edtf or 'no day':10}  {briefing.slug}  ({'; '.join([*parts, *outcome.notes])})"
