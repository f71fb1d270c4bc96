"""Our own table imported again: the cells that differ from the stored events, and the events changed as they say.

A row is compared with what the export would write today. One that somebody changed since the file was written is refused and
shown beside what is stored; a row that is missing deletes nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.http import QueryDict

from timeline.database.transactions import take_write_lock
from timeline.evidence.support import Actuality, support_of
from timeline.exports.columns import WIDE, format_actor
from timeline.exports.event_records import Record, read_records
from timeline.filters import EventFilter
from timeline.imports.file_bytes import FileRefused, Problem, line_count, shortened
from timeline.imports.workbook import is_workbook
from timeline.models import Citation, Event, EventType, ImportBatch, ImportEdit

from .bulk_table import WriteContext
from .edited_cells import EDITABLE, CellReader, broken_rules
from .event_record import Options
from .formats.our_export import KEY, REVISION, ExportRow, agrees, read, spreadsheet_fault, stored_text, unguarded
from .import_summary import Problems, Summary
from .matching import KnownRows
from .snapshot import CLOSED, State, current_states, serialize_state
from .store_events import EventWriter

LOT = 1_000
COLUMNS = {column.name: column for column in WIDE}
NOT_READ = [name for name in COLUMNS if name not in {*EDITABLE, KEY, REVISION}]


@dataclass(slots=True)
class RowEdit:
    """A row that differs from its event in cells that can be changed."""

    source: ExportRow
    record: Record  # as the export writes it today
    event: int
    cells: list[tuple[str, str, str]]  # column, here, in the file
    now: State = field(default_factory=dict)
    wanted: State = field(default_factory=dict)  # parts that change


class EditedTable:
    """One pass over the file. Raises FileRefused."""

    def __init__(self, options: Options, known: KnownRows, report: Callable[[Problem], None], summary: Summary):
        self.options, self.report, self.summary = options, report, summary
        self.cells = CellReader(known)
        self.claims = dict(EventType.objects.values_list("pk", "claim"))
        self.seen: set[str] = set()

    def lots(self) -> Iterator[list[RowEdit]]:
        """Yield the edits that are right. Four queries for each 1,000 rows, five more where some differ."""
        rows = read(self.options.path, self.report)
        while lot := list(islice(rows, LOT)):
            self.summary.rows += len(lot)
            edits = list(self._edits([row for row in lot if row]))
            self.summary.refused += lot.count(None)
            yield edits

    def _edits(self, rows: list[ExportRow]) -> Iterator[RowEdit]:
        names = [row.values[KEY].strip() for row in rows]
        records = {record[KEY]: record for record in _stored_records(names)}
        events = dict(Event.objects.named(records).values_list(KEY, "pk"))
        statuses = dict(Event.objects.named(set(names) - set(records)).values_list(KEY, "status"))
        differing = []
        for row, name in zip(rows, names, strict=True):
            if (
                refusal := self._unknown(name, statuses.get(name, ""))
                if name not in records or name in self.seen
                else ""
            ):
                self._refuse(row, KEY, refusal)
                continue
            self.seen.add(name)
            if cells := self._differing(row, records[name]):
                differing.append(RowEdit(row, records[name], events[name], cells))
            else:
                self.summary.unchanged += 1
        states = current_states([edit.event for edit in differing])
        for edit in differing:
            edit.now = states[edit.event]
            if self._is_right(edit):
                yield edit

    def _unknown(self, name: str, status: str) -> str:
        if name in self.seen:
            return "This event is in the file already. Each has one row."
        if status in CLOSED:
            return f"{CLOSED[status]} No row of a table changes it."
        if status:
            return (
                "It is in no export: it is not public, or its data set may not leave the site. Change it in the admin."
            )
        return "There is no such event here. New events come in as “Our CSV”, see its template."

    def _differing(self, row: ExportRow, record: Record) -> list[tuple[str, str, str]]:
        cells = []
        for name in (name for name, text in row.values.items() if text and name not in COLUMNS):
            self.summary.not_read[name] = self.summary.not_read.get(name, 0) + 1
        for name, column in COLUMNS.items():
            if name in row.values and not agrees(column, row, stored := stored_text(column, record)):
                if name in EDITABLE:
                    cells.append((name, stored, unguarded(row, name, stored)))
                elif name in NOT_READ:
                    self.summary.not_read[name] = self.summary.not_read.get(name, 0) + 1
        return cells

    def _refuse(self, row: ExportRow, column: str, right: str) -> None:
        self.report(Problem(row.row, column, shortened(row.values.get(column, "")), right))
        self.summary.refused += 1

    def _is_right(self, edit: RowEdit) -> bool:
        """Return whether the event may be changed as the row says; what is wrong is reported, and the row counted."""
        row, here = edit.source, str(edit.record[REVISION])
        if not self.options.may_change_public:
            self._refuse(row, KEY, "It is public, and changing it needs the permission to publish.")
        elif row.values[REVISION].strip().removesuffix(".0") != here:
            beside = "; ".join(
                f"{name}: here “{shortened(old)}”, in the file “{shortened(new)}”" for name, old, new in edit.cells
            )
            self._refuse(row, REVISION, f"The event was changed here since, and is of revision {here} now. {beside}.")
        elif wrong := self._read_cells(edit) or self._broken(edit):
            for column, right in wrong.items():
                self.report(Problem(row.row, column, shortened(row.values.get(column, "")), right))
            self.summary.refused += 1
        elif edit.wanted:
            self._count(edit)
            return True
        else:
            self.summary.unchanged += 1
        return False

    def _read_cells(self, edit: RowEdit) -> dict[str, str]:
        """Read the cells that differ into `wanted`; return what is wrong with them, by column."""
        wrong = {}
        for column, _, text in edit.cells:
            try:
                value = self._value(edit, column, text)
            except ValueError as error:
                wrong[column] = str(error)
            else:
                if value != edit.now[EDITABLE[column]]:
                    edit.wanted[EDITABLE[column]] = value
        if edit.wanted.get("place", 0) is None and edit.now["place_precision"]:
            edit.wanted.setdefault("place_precision", "")
        return wrong

    def _value(self, edit: RowEdit, column: str, text: str) -> object:
        if words := edit.source.wrong.get(column):
            raise ValueError(words)
        if edit.source.is_guarded and edit.source.values[column].startswith("="):
            raise ValueError("This is a formula. Save the file with values instead of formulas.")
        if words := spreadsheet_fault(column, text, stored_text(COLUMNS[column], edit.record)):
            raise ValueError(words)
        if column != "actors":
            return self.cells.value(column, text)
        return self.cells.actors(text, zip(map(format_actor, edit.record["actors"]), edit.now["actors"], strict=True))

    def _broken(self, edit: RowEdit) -> dict[str, str]:
        state = edit.now | edit.wanted
        if edit.wanted.keys() & {"type", "actuality"} and not self._is_borne(edit.event, state):
            column = "type" if "type" in edit.wanted else "actuality"
            return {
                column: "No source that it has would then support it by the codebook. Cite one first, or withdraw it."
            }
        return broken_rules(state)

    def _is_borne(self, key: int, state: State) -> bool:
        event = Event.objects.get(pk=key)
        event.actuality, claim = state["actuality"], self.claims[state["type"]]
        cited = Citation.objects.filter(event=key).public_source().values_list("act", "turn_kind")
        return any(
            event.is_borne_by(support_of(act, kind == "question", claim, Actuality(state["actuality"])))
            for act, kind in cited
        )

    def _count(self, edit: RowEdit) -> None:
        self.summary.updated += 1
        cells = [[name, old, new] for name, old, new in edit.cells if EDITABLE[name] in edit.wanted]
        self.summary.note("edited", str(edit.source.row), edit.record[KEY], edit.record["title"], cells)


def _stored_records(public_ids: list[str]) -> Iterator[Record]:
    every = EventFilter(QueryDict(), Event.objects.public())
    return read_records(every.with_events(Event.objects.public().named(public_ids)))


def check_edits(options: Options, summary: Summary, report: Callable[[Problem], None], progress) -> None:
    """Count and list what the table would change. Raises FileRefused."""
    if options.publish or options.overwrite:
        raise FileRefused(
            "The events of an export are public, and a row never wins over what was changed since: leave out both."
        )
    table = EditedTable(options, KnownRows(options), report, summary)
    expected = 0 if is_workbook(options.path) else line_count(Path(options.path))
    for _ in table.lots():
        progress(summary.rows, expected)
    progress(summary.rows, summary.rows)


def write_edits(options: Options, batch: ImportBatch, summary: Summary, checked: Summary, progress) -> None:
    """Change the events, and keep what they were until then, with the write lock throughout. Raises FileRefused."""
    take_write_lock()
    known = KnownRows(options)
    together = WriteContext(batch.at, options.reason, options.by.pk if options.by else None, options.change_class)
    writer = EventWriter(options, batch, together, known.places.countries)
    for edits in EditedTable(options, known, Problems(summary), summary).lots():
        writer.change_events({edit.event: edit.wanted for edit in edits}, {edit.event: edit.now for edit in edits})
        after = current_states([edit.event for edit in edits])
        ImportEdit.objects.bulk_create(
            ImportEdit(
                batch=batch,
                event_id=edit.event,
                before=serialize_state(edit.now),
                after=serialize_state(after[edit.event]),
            )
            for edit in edits
        )
        progress(summary.rows, checked.rows)
    writer.close()
