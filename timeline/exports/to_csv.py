"""CSV, one row per event. Lists stand in one cell; text cells are safe for spreadsheets."""

from collections.abc import Iterator

from .columns import WIDE
from .csv_lines import csv_lines
from .export import Export
from .export_format import Format


def render(export: Export) -> Iterator[str]:
    return csv_lines(export.records(), export.options.columns(WIDE), export.options)


FORMAT = Format(
    extension="csv",
    content_type="text/csv; charset=utf-8",
    label="CSV, one row per event",
    opens_in="any spreadsheet, R, pandas",
    render=render,
    columns=WIDE,
)
