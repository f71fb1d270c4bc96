"""CSV, one row per citation: each with its event, its briefing and its exact words."""

from collections.abc import Iterator
from itertools import chain

from . import row_counts
from .columns import CITATION, flatten_citations
from .csv_lines import csv_lines
from .export import Export

content_type = "text/csv; charset=utf-8"
extension = "citations.csv"
label = "CSV, one row per citation"
opens_in = "any spreadsheet, R, pandas"
columns = CITATION
holds = row_counts.CITATION


def render(export: Export) -> Iterator[str]:
    cited = chain.from_iterable(map(flatten_citations, export.records()))
    return csv_lines(cited, export.options.columns(columns), export.options)
