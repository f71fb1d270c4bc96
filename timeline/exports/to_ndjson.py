"""NDJSON: one event on each line, as in JSON, and nothing else."""

from collections.abc import Iterator

from .export import Export, Format
from .to_json import json_lines


def render(export: Export) -> Iterator[bytes]:
    return json_lines(export.records())


FORMAT = Format(
    extension="ndjson",
    content_type="application/x-ndjson; charset=utf-8",
    label="NDJSON, one event on each line",
    opens_in="jq, DuckDB, pandas",
    render=render,
)
