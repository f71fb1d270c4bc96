"""The rows of a package's tables as columns of ours, each value read as its column is declared."""

import json
from collections.abc import Iterator
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import models

from timeline.exports.columns import FLAG, INTEGER, NUMBER
from timeline.exports.formula_guard import unescape_formula
from timeline.exports.package import Table
from timeline.imports.csv_rows import header_of, rows
from timeline.imports.file_refusal import FileRefused, Problem, shortened


def read_table_rows(folder: Path, table: Table) -> Iterator[tuple[int, dict]]:
    """Yield (line, values by column) of each row: None for numbers that are empty. Raises FileRefused."""
    path = folder / f"{table.name}.csv"
    header = header_of(path)
    if header != [column.name for column in table.columns]:
        raise FileRefused(f"{path.name} has other columns than this version of the tracker writes.")
    kinds = {column.name: column for column in table.columns}
    for line, cells in rows(path, header, _refuse(path.name)):
        yield line, {name: _value(kinds[name], text) for name, text in zip(header, cells, strict=True)}


def _refuse(name: str):
    def report(problem: Problem) -> None:
        raise FileRefused(f"{name}, {problem.words}")

    return report


def _value(column, text: str):
    if column.kind in (INTEGER, NUMBER):
        return (int(text) if column.kind == INTEGER else text) if text else None
    return text == "true" if column.kind == FLAG else unescape_formula(text) if column.is_text else text


def validated(table: str, line: int, row: models.Model, *exclude: str) -> models.Model:
    """Return the row if an editor could have entered it; `line` 0: it stands in no table. Raises FileRefused."""
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as error:
        wrong = "; ".join(f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
        where = f"{table}.csv, row {line}" if line else table
        raise FileRefused(f"{where}: {shortened(wrong, 300)}") from None
    return row


def speaker_labels(text: str) -> list[dict]:
    """Return who stands behind the labels of a briefing."""
    return json.loads(text) if text else []
