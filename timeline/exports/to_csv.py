"""Rows of cells, for the formats that are tables. Source: RFC 4180.

The standard library's writer looks at each character on its own, which took a third of the time of a whole export. Cells
are made column by column, so that what a column asks for is decided once for many of them.

CSV, one row per event. Lists are in one cell; text cells are safe for spreadsheets.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from timeline.database.shards import batches
from timeline.exports.columns import FLAG, LIST, Column, exceeds_cell
from timeline.exports.event_records import Record, read_records
from timeline.exports.export import Options
from timeline.facets.counting import crowded_events
from timeline.models import Event

from .columns import WIDE
from .export import Export, Format

# Text cells that no spreadsheet takes for a formula, and back.

# Excel and its kin run a cell that begins so; the full-width forms are folded to these by some.
STARTS = frozenset("'=+-@\t\r\n＝＋－＠")
TRIGGER = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def escape_formula(text: str) -> str:
    """Return the text with one apostrophe in front where a spreadsheet would run it. `unsafe` takes it off again."""
    return f"'{text}" if text and text[0] in STARTS and TRIGGER.match(text) else text


def escape_formulas(texts: list[str]) -> list[str]:
    """Return the same of many texts. Most begin with a letter, which is checked for all of them at once."""
    if STARTS.isdisjoint([text[:1] for text in texts]):
        return texts
    return [escape_formula(text) for text in texts]


def unescape_formula(cell: str) -> str:
    """Return what was there before `safe`."""
    return cell[1:] if cell.startswith("'") and TRIGGER.match(cell) else cell


AT_ONCE = 100  # records
QUOTE = '"'
BYTE_ORDER_MARK = "\ufeff"


def csv_lines(records: Iterable[Record], columns: list[Column], options: Options) -> Iterator[str]:
    """Yield CSV, some lines at a time, CRLF at the end of each."""
    head = csv_line(quote_cells([column.name for column in columns]))
    yield BYTE_ORDER_MARK + head if options.bom else head
    if options.hxl:
        yield csv_line(quote_cells([column.hxl for column in columns]))
    rest = iter(records)
    while lot := list(islice(rest, AT_ONCE)):
        yield "".join(map(csv_line, zip(*(column_cells(column, lot, options.raw) for column in columns), strict=True)))


def csv_line(cells: Sequence[str]) -> str:
    """Return cells, quoted where they must be, as one line. A line of one empty cell is quoted: it is no empty line."""
    text = ",".join(cells)
    return f"{text}\r\n" if text else '""\r\n'


def column_cells(column: Column, records: list[Record], raw: bool) -> list[str]:
    """Return a column's cells, one for each record: None as empty, and text so that no spreadsheet runs it."""
    values = map(column.value, records)
    if column.kind == FLAG:
        return ["true" if value else "false" for value in values]
    if not column.is_text:
        return ["" if value is None else str(value) for value in values]
    texts = [text or "" for text in values]
    return quote_cells(texts if raw else escape_formulas(texts))


def quote_cells(texts: list[str]) -> list[str]:
    """Return texts as they appear in cells."""
    together = "".join(texts)  # most columns hold nothing that asks for more
    if not any(mark in together for mark in '",\n\r'):
        return texts
    return [
        f'"{text.replace(QUOTE, 2 * QUOTE)}"'
        if QUOTE in text
        else f'"{text}"'
        if "," in text or "\n" in text or "\r" in text
        else text
        for text in texts
    ]


# Characters that no format can hold: a record may have them where it was written past the forms.

# Source: XML 1.0, production 2. RFC 5545 forbids the same in a text, and tells a line end as \n.
UNPRINTABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|\x7f")
INSTEAD = "\ufffd"  # REPLACEMENT CHARACTER


def printable(text: str) -> str:
    """Return a text whose line ends are LF, and in which a mark stands for each character that cannot be written."""
    return UNPRINTABLE.sub(INSTEAD, text.replace("\r\n", "\n").replace("\r", "\n"))


def on_one_line(text: str) -> str:
    return " ".join(printable(text).split())


def render(export: Export) -> Iterator[str]:
    return csv_lines(export.records(), export.options.columns(WIDE), export.options)


# Events with fewer have no cell that is too long: a participation has at most 320 characters, an address 500, and before and
# after the words of a quote, each character of which takes up to 12, another 768.
CROWDED = {"citations": 7, "characters": 2_000, "participations": 100}


def long_cells(export: Export) -> list[tuple[str, str]]:
    """Return (title, name of the column) of each cell that a workbook cannot hold. Events with many citations or participations
    are read."""
    events = Event.objects.public().in_order(export.event_filter.order)
    crowded = (
        export.event_filter.with_events(events.filter(pk__in=keys))
        for keys in batches(crowded_events(export.event_filter, **CROWDED))
    )
    lists = [column for column in WIDE if column.kind == LIST]
    return [
        (record["title"], column.name)
        for record in chain.from_iterable(map(read_records, crowded))
        for column in lists
        if exceeds_cell(column.value(record))
    ]


FORMAT = Format(
    extension="csv",
    content_type="text/csv; charset=utf-8",
    label="CSV, one row per event",
    opens_in="any spreadsheet, R, pandas",
    render=render,
    columns=WIDE,
)
