"""NDJSON: one event on each line, as in JSON, and nothing else."""

from collections.abc import Iterator

from . import row_counts
from .export import Export
from .json_writer import json_lines

content_type = "application/x-ndjson; charset=utf-8"
extension = "ndjson"
label = "NDJSON, one event on each line"
opens_in = "jq, DuckDB, pandas"
columns = ()
holds = row_counts.EVENT


def render(export: Export) -> Iterator[bytes]:
    return json_lines(export.records())
