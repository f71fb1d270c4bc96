"""The events of a file in lots: each row checked by the rules, what is wrong reported and left out."""

from collections.abc import Callable, Iterator
from itertools import islice

from timeline.imports.cell_values import Cells
from timeline.imports.file_bytes import line_count
from timeline.imports.file_refusal import Problem, shortened

from . import record_rules
from .event_record import EventRecord
from .import_options import Options
from .import_summary import Summary
from .listed_sources import address_of
from .matching import Ambiguous, KnownRows
from .quote_anchoring import QuoteAnchoring

LOT = 1_000


class RecordReader:
    """One pass over the file."""

    def __init__(self, options: Options, known: KnownRows, report: Callable[[Problem], None], summary: Summary):
        self.options, self.known, self.report, self.summary = options, known, report, summary
        self.columns: dict[str, str] = getattr(options.format, "columns", {})
        self.quoting = QuoteAnchoring()
        self.obeys_rules = False  # known of the same bytes already: what depends on the file alone is not asked again
        self.lines = line_count(options.path)
        self.expected = 0  # rows of the file, as its lines so far let expect; 0: nothing is known of it
        self.seen: set[int] = set()  # marks of the external ids; eight bytes each, the ids themselves would be many

    def lots(self) -> Iterator[list[EventRecord]]:
        """Yield the events that are right. Raises FileRefused."""
        rows = iter(self.options.format.read(self.options.path, self.report))
        while lot := list(islice(rows, LOT)):
            self.summary.rows += len(lot)
            right = [row for row in lot if isinstance(row, EventRecord) and self._is_right(row)]
            self.seen.update(self._mark_of(row) for row in lot if isinstance(row, Cells))
            self.summary.refused += len(lot) - len(right)
            self._expect(lot[-1])
            yield right

    def _expect(self, last: EventRecord | Cells | None) -> None:
        if last and last.row and self.lines:
            self.expected = max(self.summary.rows, round(self.summary.rows * self.lines / last.row))

    def _mark_of(self, cells: Cells) -> int:
        """Return the mark of a row that was refused: it is wrong, and not gone."""
        return hash(cells.values.get(self.columns.get("external_id", ""), "").strip())

    def _is_right(self, record: EventRecord) -> bool:
        is_right = True
        broken = () if self.obeys_rules else record_rules.broken_rules(record)
        for part, value, right in (*broken, *self._unknown(record), *self._quoted(record), *self._twice(record)):
            self.report(Problem(record.row, self.columns.get(part, part), shortened(value), right))
            is_right = False
        return is_right

    def _unknown(self, record: EventRecord) -> Iterator[record_rules.BrokenRule]:
        """Yield what names nothing that is known, or several."""
        if record.type not in self.known.types:
            yield "type", record.type, f"There is no such type. Known: {', '.join(sorted(self.known.types))}."
        for source in record.sources:
            if not source.briefing and not address_of(source, self.options.data_set):
                yield (
                    "sources",
                    source.quote,
                    "Give the source its address, or the data set one: there a reader finds it.",
                )
        actors = [part.actor for part in record.actors]
        actors += [source.publisher for source in record.sources if source.publisher]
        finds = [("actors", self.known.actors.find, name) for name in actors]
        finds += [("place", self.known.places.find, record.place)] if record.place else []
        for part, find, name in finds:
            try:
                find(name)
            except Ambiguous as error:
                yield part, name.name, str(error)

    def _quoted(self, record: EventRecord) -> Iterator[record_rules.BrokenRule]:
        """Put the words of stored texts as they stand there; yield those that do not."""
        if not any(source.briefing for source in record.sources):
            return
        sources = []
        for source in record.sources:
            try:
                sources.append(self.quoting.exactly(source) if source.briefing else source)
            except ValueError as error:
                yield "sources", source.quote, str(error)
        record.sources = tuple(sources)

    def _twice(self, record: EventRecord) -> Iterator[record_rules.BrokenRule]:
        mark = hash(record.external_id)
        if mark in self.seen:
            yield "external_id", record.external_id, "This id stands in the file before. Each event needs its own."
        self.seen.add(mark)
