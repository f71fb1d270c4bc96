"""CSV, one row per event. Lists stand in one cell; text cells are safe for spreadsheets."""

from collections.abc import Iterator

from . import row_counts
from .columns import WIDE
from .csv_lines import csv_lines
from .export import Export

content_type = "text/csv; charset=utf-8"
extension = "csv"
label = "CSV, one row per event"
opens_in = "any spreadsheet, R, pandas"
columns = WIDE
holds = row_counts.EVENT


def render(export: Export) -> Iterator[str]:
    return csv_lines(export.records(), export.options.columns(columns), export.options)
