"""An import that fails or is killed leaves nothing."""

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from django.db import IntegrityError, connection

from timeline.imports.events.event_import import check, run
from timeline.models import (
    Event,
    ImportBatch,
    ImportedEvent,
)

from .desk_client import rows
from .import_files import SIX, brought_in, ged, options

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def fails_at(number: int, written_to: list[str]):
    """Return what lets the write of this number fail, counted over all tables; `written_to` gets the tables written to."""

    def execute(execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            written_to.append(re.search(r'"(timeline_\w+)"', sql)[1])
            if len(written_to) == number:
                raise IntegrityError("at this write")
        return execute(sql, params, many, context)

    return connection.execute_wrapper(execute)


WRITTEN_NEW = {"actor", "place", "conflict", "briefing", "event", "participation", "citation", "actorexternalid"}
WRITTEN_NEW |= {
    "historicalactor",
    "historicalplace",
    "historicalbriefing",
    "historicalevent",
    "historicalparticipation",
}
WRITTEN_NEW |= {"historicalcitation", "importedevent", "importbatch", "datarevision", "publicrevision"}


@pytest.mark.parametrize(
    ("first", "then", "tables"),
    [
        ([], SIX, WRITTEN_NEW),
        pytest.param(
            SIX,
            [row | {"best": "3", "side_b": "Another", "side_b_new_id": "99"} for row in SIX],
            {"importchange", "event"},
            marks=pytest.mark.long,
        ),
    ],
    ids=["new", "changed"],
)
def test_failure_at_any_write_to_any_table_leaves_nothing(tmp_path, monkeypatch, first, then, tables):
    monkeypatch.setattr("timeline.imports.events.read_records.LOT", 3)
    if first:
        brought_in(tmp_path, ged(*first), publish=True)
    import_options = options(tmp_path, ged(*then), publish=True)
    checked, before = check(import_options), rows()
    for number in count(1):
        written_to: list[str] = []
        with fails_at(number, written_to):
            try:
                run(import_options, checked)
            except IntegrityError:
                assert rows() == before, written_to[-1]
            else:
                break
    assert number > len(tables)
    assert {f"timeline_{name}" for name in tables} <= set(written_to)


IMPORTING = """
import sys
import django
django.setup()
from pathlib import Path
from django.conf import settings
from tests.import_files import ged, options
from timeline.imports.events import read_records
from timeline.imports.events.event_import import check, run
settings.DATABASES["default"]["NAME"] = sys.argv[2]
read_records.LOT = 50
import_options = options(Path(sys.argv[1]), ged(*({"id": str(n)} for n in range(2_000))), publish=True)
run(import_options, check(import_options), lambda done, total: print(done, flush=True))
print("committed", flush=True)
"""


LOTS = 10  # of fifty rows
ROUNDS = int(os.environ.get("IMPORT_KILLS", "10"))


def kill_while_it_writes(folder: Path, database: str, share: float) -> None:
    """Start an import in another process, and kill it when this share of its lots is written, and a moment later."""
    root = Path(__file__).resolve().parent.parent
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(root)}
    command = [sys.executable, "-c", IMPORTING, str(folder), database]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        lots = int(share * LOTS)
        progress = [process.stdout.readline().strip() for _ in range(lots)]
        time.sleep((share * LOTS - lots) * 0.02)  # about how long a lot takes: anywhere within it
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read()
    assert progress == [str(50 * (number + 1)) for number in range(lots)]
    assert "committed" not in rest


@pytest.fixture(params=range(ROUNDS))
def moment(request) -> float:
    """Return when to kill: the same moments in each run, spread over the writing."""
    return random.Random(request.param).uniform(0, 0.9)  # noqa: S311 (nothing is kept secret by it)


@pytest.mark.long
@pytest.mark.django_db(transaction=True, serialized_rollback=True)  # no copy is made of a database within a transaction
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite has a file of its own")
def test_killed_import_leaves_nothing_in_sqlite(tmp_path, moment):
    connection.ensure_connection()
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3")) as copy:
        connection.connection.backup(copy)
        kill_while_it_writes(tmp_path, str(tmp_path / "copy.sqlite3"), moment)
        for table in ("event", "importbatch", "importedevent", "briefing", "actor", "historicalevent"):
            assert copy.execute(f"SELECT count(*) FROM timeline_{table}").fetchone() == (0,)  # noqa: S608
        assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.long
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="for PostgreSQL")
def test_killed_import_leaves_nothing_in_postgresql(tmp_path, moment):
    kill_while_it_writes(tmp_path, connection.settings_dict["NAME"], moment)

    time.sleep(1)  # for the server to see that its client is gone
    assert (Event.objects.count(), ImportBatch.objects.count(), ImportedEvent.objects.count()) == (0, 0, 0)
