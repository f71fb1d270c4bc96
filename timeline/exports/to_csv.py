"""CSV, one row per event. Lists stand in one cell; text cells are safe for spreadsheets."""

from collections.abc import Iterator

from . import rows
from .columns import WIDE
from .export import Export
from .tables import lines

content_type = "text/csv; charset=utf-8"
extension = "csv"
label = "CSV, one row per event"
opens_in = "any spreadsheet, R, pandas"
columns = WIDE
holds = rows.EVENT


def render(export: Export) -> Iterator[str]:
    return lines(export.records(), export.options.columns(columns), export.options)
