"""The archive of a package: opened only if it is small enough; its tables are those that its description names, their rows
read as the columns are declared."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar
from zipfile import BadZipFile, ZipFile

from django.core.exceptions import ValidationError
from django.db import models

from timeline.exports.columns import FLAG, INTEGER, NUMBER, Column
from timeline.exports.package import ORIGINALS, TABLES, Table
from timeline.exports.to_csv import unescape_formula
from timeline.imports.cell_values import LONGEST_OF_OURS, header_of, rows
from timeline.imports.file_bytes import MOST_PARTS, FileRefused, Problem, check_archive, shortened
from timeline.models.validators import ID_ALPHABET, ID_LENGTH

_Row = TypeVar("_Row", bound=models.Model)

DESCRIPTION = "datapackage.json"
MOST_ORIGINALS = 20_000
ORIGINAL_FILE = re.compile(r"originals/[0-9a-f]{64}\.[a-z.]{2,10}")
STATE_NUMBER = re.compile(r"[1-9][0-9]{0,17}")  # a database holds any of 18 digits, and can count on from it
PUBLIC_ID = re.compile(f"[{ID_ALPHABET}]{{{ID_LENGTH}}}")

name = "datapackage"
label = "Data Package of this tracker (events.zip)"
terms = None  # its events name their data sets


@contextmanager
def unpacked_archive(path: Path) -> Iterator[tuple[Path, dict]]:
    """Yield the folder with the tables, and the description. Raises FileRefused."""
    try:
        with ZipFile(path) as archive, TemporaryDirectory() as folder:
            with_originals = f"{ORIGINALS.name}.csv" in archive.namelist()
            check_archive(archive, MOST_PARTS + (MOST_ORIGINALS if with_originals else 0))
            yield Path(folder), _unpack(archive, Path(folder))
    except BadZipFile as error:
        raise FileRefused(f"This is not a whole ZIP archive: {error}.") from None


def _unpack(archive: ZipFile, folder: Path) -> dict:
    try:
        described = json.loads(archive.read(DESCRIPTION))
        hashes = {resource["name"]: resource["hash"] for resource in described["resources"]}
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise FileRefused(f"{DESCRIPTION} is missing, or does not describe tables: {error}.") from None
    for table in (*TABLES, ORIGINALS):
        if not table.optional or table.name in hashes or f"{table.name}.csv" in archive.namelist():
            _unpack_table(archive, folder / f"{table.name}.csv", hashes.get(table.name))
    for name in archive.namelist():
        if ORIGINAL_FILE.fullmatch(name):
            archive.extract(name, folder)
    return described


def _unpack_table(archive: ZipFile, path: Path, expected_hash: str | None) -> None:
    """Unpack one table, and see that it is the one that was described."""
    digest = hashlib.sha256()
    try:
        with archive.open(path.name) as packed, path.open("xb") as file:
            while piece := packed.read(1 << 20):
                digest.update(piece)
                file.write(piece)
    except KeyError:
        raise FileRefused(f"The package has no {path.name}.") from None
    if expected_hash != f"sha256:{digest.hexdigest()}":
        raise FileRefused(f"{path.name} is not the file that {DESCRIPTION} describes: it was changed since.")


def read_table_rows(folder: Path, table: Table) -> Iterator[tuple[int, dict]]:
    """Yield (line, values by column) of each row: None for numbers that are empty. Raises FileRefused."""
    path = folder / f"{table.name}.csv"
    if table.optional and not path.exists():
        return
    header = header_of(path)
    kinds = {column.name: column for column in table.columns}
    if not table.has_header(header):
        raise FileRefused(f"{path.name} has other columns than this version of the tracker writes.")
    absent = dict.fromkeys(kinds.keys() - set(header), "")
    for line, cells in rows(path, header, _refuse(path.name), longest=LONGEST_OF_OURS):
        named = absent | dict(zip(header, cells, strict=True))
        yield line, {name: _value(table, line, column, named[name]) for name, column in kinds.items()}


def _refuse(name: str):
    def report(problem: Problem) -> None:
        raise FileRefused(f"{name}, {problem.words}")

    return report


def _value(table: Table, line: int, column: Column, text: str):
    if column.kind in (INTEGER, NUMBER):
        if column.kind == INTEGER and text and not text.isdecimal():
            raise refusal(table.name, line, column.name, f"“{shortened(text)}” is not a whole number.")
        return (int(text) if column.kind == INTEGER else text) if text else None
    return text == "true" if column.kind == FLAG else unescape_formula(text) if column.is_text else text


def refusal(table: str, line: int, column: str, why: str) -> FileRefused:
    """Return the refusal of one value of a table; `line` 0: `table` is no table but a whole file."""
    return FileRefused(f"{table}.csv, row {line}, column {column}: {why}" if line else f"{table}, {column}: {why}")


def moment_of(table: str, line: int, column: str, text: str) -> dt.datetime:
    """Return a moment as packages write it, UTC. Raises FileRefused."""
    try:
        at = dt.datetime.fromisoformat(text.replace("Z", "+00:00"))
        in_utc = at.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise refusal(table, line, column, f"“{shortened(text)}” is not a time like 2022-03-25T12:00:00Z.") from None
    if at.tzinfo is None:
        raise refusal(table, line, column, f"“{shortened(text)}” has no time zone: end it with Z.")
    return in_utc


def state_of_the_data(described: dict) -> tuple[int, dt.datetime] | None:
    """Return number and moment (UTC) of the public data that a package was made from, as its description has them; None: nothing was
    public yet. Raises FileRefused."""
    if not (created := described.get("created")):
        return None
    version = described.get("version")
    if not (isinstance(version, str) and STATE_NUMBER.fullmatch(version)):
        why = f"“{shortened(str(version))}” is not a number of a state of the data, like “417”."
        raise refusal(DESCRIPTION, 0, "version", why)
    return int(version), moment_of(DESCRIPTION, 0, "created", str(created))


def validated(table: str, line: int, row: _Row, *exclude: str) -> _Row:
    """Return the row if an editor could have entered it; `line` 0: it is in no table. Raises FileRefused."""
    public_id = getattr(row, "public_id", "")
    if public_id and not PUBLIC_ID.fullmatch(public_id):
        why = f"“{shortened(public_id)}” is no public id: {ID_LENGTH} digits and small letters, without i, l, o and u."
        raise refusal(table, line, "public_id", why)
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as error:
        wrong = "; ".join(f"{name}: {' '.join(messages)}" for name, messages in error.message_dict.items())
        where = f"{table}.csv, row {line}" if line else table
        raise FileRefused(f"{where}: {shortened(wrong, 300)}") from None
    return row


def speaker_labels(text: str) -> list[dict]:
    """Return who is behind the labels of a briefing."""
    return json.loads(text) if text else []
