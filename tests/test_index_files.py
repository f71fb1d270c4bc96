"""The files of the index: what one process writes, every process reads, and never half."""

import logging
import os

import numpy as np
import pytest
from django.core.management import call_command

from tests import make
from tests.index_contents import ancestry_of, read_anew, reckoned, versions, written_out
from timeline.database.shards import NO_EVENT
from timeline.index import column_file, current_columns, index_folder
from timeline.index.current_columns import Source, rebuilt_source
from timeline.index.event_columns import EventColumns
from timeline.index.index_folder import IndexFolder
from timeline.index.shard import new_vocabulary
from timeline.models import Actor, Event

from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@made_once
def events():
    """Three events of two actors, one within the other, and a draft."""
    state = make.actor("State")
    ministry = make.actor("Ministry", parent=state)
    published = [make.published(f"Event {number}", edtf=f"2022-03-0{number}") for number in (1, 2, 3)]
    for event in published[:2]:
        make.participation(event, ministry, "initiator")
        make.citation(event, act="denies", speaker=state)
    make.citation(make.event("Draft"))
    return published


@pytest.fixture
def folder(tmp_path, monkeypatch) -> IndexFolder:
    place = IndexFolder(tmp_path / "index", "this database")
    monkeypatch.setattr(current_columns, "folder_of_database", lambda: place)
    return place


@pytest.fixture
def small_shards(monkeypatch):
    """Have each event in a part of its own."""
    for module in (
        "timeline.database.shards",
        "timeline.index.shard",
        "timeline.index.event_columns",
        "timeline.index.masks",
        "timeline.querysets.versioned",
    ):
        monkeypatch.setattr(f"{module}.SHARD_SIZE", 1)


def write(folder: IndexFolder, number: int = 1):
    columns = read_anew()
    with folder.writing() as is_alone:
        assert is_alone
        return folder.write(columns, ancestry_of(columns), number)


def test_file_holds_the_columns(events, folder):
    mapped = folder.read(write(folder))

    assert written_out(mapped) == written_out(read_anew())
    assert written_out(mapped)["keys"] == [event.pk for event in events]
    assert mapped.versions == versions()
    assert NO_EVENT not in mapped.versions


def test_numbers_and_dates_go_on_from_those_of_the_file(events, folder):
    mapped = folder.read(write(folder))
    columns = read_anew()
    ancestry_of(columns)

    assert {name: values.values for name, values in mapped.values.items()} == {
        name: values.values for name, values in columns.values.items()
    }
    assert np.array_equal(mapped.values.dates.all_columns(), columns.values.dates.all_columns())


def test_what_was_written_since_is_laid_over(events, folder, small_shards):
    source = Source(folder.read(path := write(folder)), path)
    before, reckoned_before = written_out(source.columns), reckoned(source.columns)
    make.citation(events[2], act="confirms")
    make.participation(events[0], make.actor("Newcomer"), "mediator")
    events[1].withdraw("Entered twice.")
    later = make.published("Later", edtf="2023")

    laid_over = source.at(versions())

    assert written_out(laid_over) == written_out(read_anew())
    assert reckoned(laid_over) == reckoned(read_anew())
    assert reckoned(source.columns) == reckoned_before != reckoned(laid_over)
    assert laid_over.keys(np.flatnonzero(laid_over.all)).tolist() == [events[0].pk, events[2].pk, later.pk]
    assert written_out(source.columns) == before
    assert written_out(folder.read(path)) == before
    assert written_out(source.repacked(versions())) == written_out(read_anew())


@pytest.mark.parametrize("changed", [0, 1, 2])
@pytest.mark.parametrize("edtf", ["1999", "2022-03-10", "2040", "../2040"])
def test_which_event_is_first_and_which_last_follows_each_change(events, folder, small_shards, edtf, changed):
    Event.objects.update(conflict=make.conflict(), place=make.place())
    source = Source(folder.read(path := write(folder)), path)
    reckoned(source.columns)
    event = Event.objects.get(pk=events[changed].pk)
    event.edtf, event.place = edtf, make.place()
    event.save()

    assert reckoned(source.at(versions())) == reckoned(read_anew())


@pytest.mark.parametrize("changed", [0, 1, 2, 3])
def test_a_file_that_is_near_comes_with_the_parts_that_changed_since(
    events, folder, small_shards, monkeypatch, changed
):
    for name in ("FEW_PARTS", "MOST_PATCHED"):
        monkeypatch.setattr(current_columns, name, 2)
    source = Source(folder.read(path := write(folder)), path)
    for event in events[:changed]:
        event.withdraw("Entered twice.")
    now = versions()

    rebuilt = rebuilt_source(source)

    assert rebuilt.unread(now, rebuilt.changed(now)) == []
    assert (rebuilt.path == path) == (changed < 3)
    assert written_out(rebuilt.at(now)) == written_out(read_anew())
    assert source.shards == {}


def test_nothing_is_read_again_while_nothing_changes(events, folder, django_assert_num_queries):
    source = Source(folder.read(path := write(folder)), path)
    now = versions()
    with django_assert_num_queries(0):
        assert source.at(now) is source.columns

    events[0].withdraw("Entered twice.")
    now = versions()
    with django_assert_num_queries(3):
        first = source.at(now)
    with django_assert_num_queries(0):
        assert source.at(now) is first


def test_lineage_follows_an_actor_that_is_put_under_another(events, folder):
    mapped = folder.read(write(folder))
    union = make.actor("Union")
    state = Actor.objects.get(name="State")
    state.parent = union
    state.save()

    assert written_out(mapped)["lineage"] == written_out(read_anew())["lineage"]
    assert sum(line[1] == str(union.pk) for line in written_out(mapped)["lineage"]) == 2


@pytest.mark.parametrize("size", [0, 4, 20, 300, -1])
def test_file_that_was_cut_is_not_read(events, folder, caplog, size):
    path = write(folder)
    path.write_bytes(path.read_bytes()[:size])

    with caplog.at_level(logging.WARNING):
        assert folder.read(path) is None
    assert str(path) in caplog.text


@pytest.mark.parametrize("place", [10, 200, -1])
def test_file_with_another_byte_is_not_read(events, folder, place):
    path = write(folder)
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)

    assert folder.read(path) is None


def test_file_of_another_database_is_not_read(events, folder):
    path = write(folder)

    assert IndexFolder(folder.folder, "another database").read(path) is None


def test_file_of_other_meanings_is_not_read(events, folder, monkeypatch):
    path = write(folder)
    monkeypatch.setattr(column_file, "content_digest", lambda: "other meanings")

    assert folder.read(path) is None


def test_each_database_has_a_folder_of_its_own(settings, tmp_path, monkeypatch):
    settings.INDEX_DIR = str(tmp_path)
    names = {}
    for name in ("first.sqlite3", "second.sqlite3"):
        monkeypatch.setitem(index_folder.connection.settings_dict, "NAME", tmp_path / name)
        database_folder = index_folder.folder_of_database()
        names[database_folder.folder, database_folder.database] = name

    assert sorted(names.values()) == ["first.sqlite3", "second.sqlite3"]
    settings.INDEX_DIR = ""
    assert index_folder.folder_of_database() is None


def test_writer_removes_older_files_and_what_a_stopped_writer_left(events, folder):
    first = write(folder, 1)
    mapped = folder.read(first)
    of_running_release, of_former_release = (folder.folder / f"{name}-000000000000009-ab.columns" for name in "xy")
    for file in (of_running_release, of_former_release):
        file.write_bytes(b"")
    os.utime(of_former_release, (0, 0))
    half = folder.folder / "000000000000002-abcd.part"
    half.write_bytes(first.read_bytes()[:100])
    second = write(folder, 2)

    assert sorted(folder.folder.glob("*.*")) == sorted([second, of_running_release])
    assert folder.newest() == second
    assert written_out(mapped) == written_out(read_anew())


def test_one_writes_at_a_time(events, folder):
    with folder.writing() as first, folder.writing() as second:
        assert (first, second) == (True, False)


def test_the_first_writes_and_the_next_maps_its_file(events, folder):
    first = rebuilt_source(Source(EventColumns.empty(new_vocabulary())))
    second = rebuilt_source(Source(EventColumns.empty(new_vocabulary())))

    assert first.path == second.path == folder.newest()
    assert second.columns.remap is not None
    assert written_out(second.columns) == written_out(read_anew())


def test_file_is_written_anew_when_many_parts_have_changed(events, folder, small_shards, monkeypatch):
    first = rebuilt_source(Source(EventColumns.empty(new_vocabulary())))
    assert rebuilt_source(first).columns is first.columns

    monkeypatch.setattr(current_columns, "MOST_PATCHED", 1)
    for number in range(2):
        make.published(f"Another {number}")
    second = rebuilt_source(first)

    assert [second.path] == list(folder.folder.glob("*.columns"))
    assert second.path != first.path
    assert written_out(second.columns) == written_out(read_anew())


@pytest.mark.parametrize("fault", ["no folder", "full disk"])
def test_without_a_file_each_process_keeps_its_own(events, folder, monkeypatch, caplog, fault):
    if fault == "no folder":
        folder.folder.write_text("A file where the folder should be.")
    else:
        monkeypatch.setattr(
            column_file.os, "fsync", lambda descriptor: (_ for _ in ()).throw(OSError(28, "No space left"))
        )

    with caplog.at_level(logging.WARNING):
        source = rebuilt_source(Source(EventColumns.empty(new_vocabulary())))

    assert source.path is None
    assert "in the memory of this process alone" in caplog.text
    assert written_out(source.columns) == written_out(read_anew())
    if fault == "full disk":
        assert list(folder.folder.glob("*.*")) == []
    Event.objects.filter(pk=events[0].pk).update(title="Another title")
    assert written_out(source.at(versions())) == written_out(read_anew())


def test_command_writes_the_file_before_anybody_asks(events, folder, capsys):
    current_columns.current_columns.forget()
    call_command("write_index")
    call_command("write_index")

    assert capsys.readouterr().out == f"Index: {folder.newest()}\n" * 2
    assert written_out(folder.read(folder.newest())) == written_out(read_anew())


def test_command_says_that_no_file_was_written(events, capsys):
    current_columns.current_columns.forget()
    call_command("write_index")

    assert capsys.readouterr().out == "No file was written: INDEX_DIR is empty, or the log says why.\n"
