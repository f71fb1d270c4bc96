"""CSV, one row per citation: each with its event, its briefing and its exact words."""

from collections.abc import Iterator
from itertools import chain

from .columns import CITATION, flatten_citations
from .export import CITATION_ROWS, Export, Format
from .to_csv import csv_lines


def render(export: Export) -> Iterator[str]:
    cited = chain.from_iterable(map(flatten_citations, export.records()))
    return csv_lines(cited, export.options.columns(CITATION), export.options)


FORMAT = Format(
    extension="citations.csv",
    content_type="text/csv; charset=utf-8",
    label="CSV, one row per citation",
    opens_in="any spreadsheet, R, pandas",
    render=render,
    columns=CITATION,
    row_kind=CITATION_ROWS,
)
