"""A file of the index is used on by a release that would make the same, and by no other."""

import ast
from pathlib import Path

import pytest
from django.db.models import Case, Value

from timeline.index import column_file, shard
from timeline.querysets.citation import CitationQuerySet
from timeline.querysets.event import EventQuerySet

INDEX = Path(column_file.__file__).parent


def digest() -> str:
    column_file.content_digest.cache_clear()
    return column_file.content_digest()


@pytest.fixture(autouse=True)
def before():
    yield digest()
    column_file.content_digest.cache_clear()


def with_another_line(monkeypatch, changed: str) -> None:
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read_bytes(path) + b"\n" * (path.stem == changed))


@pytest.mark.parametrize("module", column_file.MAKERS)
def test_change_of_a_module_that_makes_columns_is_noticed(before, monkeypatch, module):
    with_another_line(monkeypatch, module)

    assert digest() != before


@pytest.mark.parametrize("module", ["masks", "event_index", "timeline", "page_cache"])
def test_change_of_what_only_reads_them_makes_no_other_file(before, monkeypatch, module):
    with_another_line(monkeypatch, module)

    assert digest() == before


@pytest.mark.parametrize(
    ("owner", "name", "changed"),
    [
        (shard, "CERTAINLY_DATED", Value("certain")),
        (shard, "LEVELS", shard.LEVELS | {"form": Case(default=Value("quote"))}),
        (shard, "PATHS", shard.PATHS | {"participations": {"role": "role", "actor": "actor__parent"}}),
        (shard, "PLAIN", shard.PLAIN | {"not_before": Value("")}),
        (column_file, "EVENT_COLUMNS", (*shard.EVENT_COLUMNS, "another")),
        (EventQuerySet, "public", lambda events: events.filter(status__in=["published", "withdrawn"])),
        (CitationQuerySet, "public_source", lambda citations: citations),
    ],
)
def test_change_of_a_rule_by_which_rows_are_read_is_noticed(before, monkeypatch, owner, name, changed):
    monkeypatch.setattr(owner, name, changed)


def test_another_migration_is_noticed(before, monkeypatch):
    glob = Path.glob
    monkeypatch.setattr(Path, "glob", lambda path, pattern: [*glob(path, pattern), path / "0099_fills_a_column.py"])

    assert digest() != before


def imported(module: str) -> set[str]:
    tree = ast.parse((INDEX / f"{module}.py").read_text())
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level == 1]
    return {node.module for node in nodes if (INDEX / f"{node.module}.py").exists()}


def test_all_modules_that_make_columns_are_looked_at():
    known, unread = set(), {Path(column_file.__file__).stem}
    while unread:
        known |= unread
        unread = set().union(*map(imported, known)) - known

    assert known == set(column_file.MAKERS)
