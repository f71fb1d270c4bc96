"""What the formats that are tables share: columns by name, the event of each row, rows that are wrong reported."""

from collections.abc import Callable, Iterator
from pathlib import Path

from timeline.imports.cell_values import Cells
from timeline.imports.csv_rows import Report, header_of, rows
from timeline.imports.events.event_record import EventRecord
from timeline.imports.file_refusal import FileRefused

Convert = Callable[[Cells], EventRecord | None]


def read_table(
    path: Path, report: Report, convert: Convert, needed: tuple[str, ...], *, guarded: bool = False
) -> Iterator[EventRecord | Cells | None]:
    """Yield the event of each row; of a row that was reported its cells, or None where it has not as many as the header.
    Raises FileRefused."""
    header = header_of(path)
    if missing := [name for name in needed if name not in header]:
        raise FileRefused(
            f"The header has no column {', '.join(f'“{name}”' for name in missing)}. Is the format the right one?"
        )
    failed = []
    for row, values in rows(path, header, lambda problem: failed.append(report(problem))):
        yield from (None for _ in failed)
        failed.clear()
        cells = Cells(row, dict(zip(header, values, strict=True)), report, guarded=guarded)
        record = convert(cells)
        yield cells if cells.failed else record
    yield from (None for _ in failed)
