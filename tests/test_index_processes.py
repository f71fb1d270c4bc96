"""Processes that share one index answer as the database does: with writes in between, after one was killed while it wrote, and
without letting anybody wait."""

import json
import subprocess
import sys
import time
from pathlib import Path
from threading import Event as Flag

import numpy as np
import pytest
from django.db import connection
from django.http import QueryDict

from tests import make
from tests.test_settings import CLEAN, ROOT
from timeline.filters import EventFilter
from timeline.index import EventIndex, current_columns
from timeline.models import Event, Participation

pytestmark = [pytest.mark.long, pytest.mark.database]
QUERIES = ("", "category=clash", "from=2022-03-02", "known_by=2022-03-20", "role=initiator")
COUNTS = """
import json, os, sys, django
django.setup()
from django.http import QueryDict
from timeline.filters import EventFilter
from timeline.index import column_file, current_columns, index_for
from timeline.models import Event
current_columns.SMALL = current_columns.FEW_PARTS = 0  # who needs the index waits for its file
current_columns.LONGEST_WAIT = 60
if sys.argv[1] == "killed":
    os.fsync = lambda descriptor: os._exit(9)
found = {}
for query in sys.argv[2:]:
    event_filter = EventFilter(QueryDict(query), Event.objects.public())
    index = index_for(event_filter)
    matching = index.matching(event_filter)
    found[query] = [index.keys(matching), sorted(index.by_actor(matching).items())]
path = current_columns.current_columns.source.path
print(json.dumps([path and path.name, found]))
"""


@pytest.fixture
def folder(shared, tmp_path, settings) -> Path:
    settings.INDEX_DIR = str(tmp_path / "index")
    return tmp_path / "index"


def database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    return f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


def counted_by_process(folder: Path, how: str = "whole") -> list:
    """Return the file that a new process maps, and what it counts; an empty list where it was killed."""
    environment = CLEAN | {
        "DATABASE_URL": database_url(),
        "INDEX_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
    }
    command = [sys.executable, "-c", COUNTS, how, *QUERIES]
    finished = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)  # noqa: S603
    if how == "killed":
        assert finished.returncode == 9
        return []
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)


def counted_by_database() -> dict:
    counts = {}
    for query in QUERIES:
        events = EventFilter(QueryDict(query), Event.objects.public()).events.order_by("pk")
        keys = list(events.values_list("pk", flat=True))
        actors: dict = {}
        for row in Participation.objects.filter(event__in=keys):
            for ancestor in (row.actor, *filter(None, [row.actor.parent])):
                actors.setdefault(ancestor.pk, set()).add(row.event_id)
        counts[query] = [keys, sorted([pk, len(of)] for pk, of in actors.items())]
    return counts


def test_processes_answer_as_the_database_does(folder):
    state = make.actor("State")
    ministry = make.actor("Ministry", parent=state)
    events = [make.published(f"Event {n}", edtf=f"2022-03-0{n}", type="clash") for n in (1, 2, 3)]
    for event, actor in zip(events, (state, ministry, ministry), strict=True):
        make.participation(event, actor, "initiator")

    counted_by_process(folder, "killed")
    assert [file.suffix for file in folder.rglob("*.*")] == [".part"]
    path, counts = counted_by_process(folder)
    assert [file.name for file in folder.rglob("*.*")] == [path]
    assert counts == counted_by_database()

    events[0].withdraw("Entered twice.")
    make.participation(make.published("Later", edtf="2022-03-04"), make.actor("Newcomer"), "initiator")
    path_again, counts = counted_by_process(folder)
    assert path_again == path
    assert counts == counted_by_database()
    assert counts[""][0] == list(Event.objects.public().order_by("pk").values_list("pk", flat=True))


@pytest.mark.parametrize("changed", [1, 2, 3, 4])
@pytest.mark.parametrize("is_new", [True, False], ids=["new process", "running process"])
def test_the_index_is_at_hand_however_many_parts_have_changed(folder, set_shard_size, monkeypatch, is_new, changed):
    """A request reads one part by itself; of three, or fewer, no new file is made."""
    set_shard_size(1)
    for name, most in {"SMALL": 0, "FEW_PARTS": 1, "MOST_PATCHED": 3, "LONGEST_WAIT": 20}.items():
        monkeypatch.setattr(current_columns, name, most)
    events = [make.published(f"Event {number}") for number in range(4)]
    before = EventIndex().columns
    for event in events[:changed]:
        event.withdraw("Entered twice.")
    if is_new:
        current_columns.current_columns.forget()

    after = EventIndex().columns

    assert after.keys(np.flatnonzero(after.all)).tolist() == [event.pk for event in events[changed:]]
    assert (after.base.all.sum() == before.all.sum()) == (changed < 4)


def test_nobody_waits_for_the_index(folder, client, monkeypatch):
    make.published("An event")
    may_read, read_shards = Flag(), current_columns.read_shards

    def read_late(*arguments):
        may_read.wait(60)
        return read_shards(*arguments)

    for name, value in {"SMALL": 0, "FEW_PARTS": 0, "LONGEST_WAIT": 0.2, "read_shards": read_late}.items():
        monkeypatch.setattr(current_columns, name, value)
    current_columns.current_columns.forget()
    try:
        waited = [client.get(path) for path in ("/", "/api/v1/facets/", "/healthz")]
        may_read.set()
        while (answer := client.get("/")).status_code == 503:
            time.sleep(0.05)
    finally:
        may_read.set()

    assert [response.status_code for response in waited] == [503, 503, 200]
    assert [response.get("Retry-After") for response in waited[:2]] == ["5", "5"]
    assert b"The index of all events is being read." in waited[0].content
    assert waited[1].json()["errors"]["requests"][0].startswith("The index of all events is being read.")
    assert b"An event" in answer.content
    assert EventIndex().columns.remap is not None
