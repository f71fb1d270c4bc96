"""What the index takes of memory: arrays of a file that is being made lie in files, masks have a bound."""

import errno

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import make
from timeline.index import actor_ancestry, masks, values
from timeline.index.actor_ancestry import ActorAncestry
from timeline.index.current_columns import Source, rebuilt_source
from timeline.index.event_columns import EventColumns
from timeline.index.index_folder import IndexFolder
from timeline.index.masks import mask
from timeline.index.shard import Rows, new_vocabulary

from .hypothesis_examples import examples


def test_lineage_in_pieces_is_that_of_the_whole(monkeypatch):
    monkeypatch.setattr(actor_ancestry, "PIECE", 3)
    ancestry = ActorAncestry(np.array([0, 0, 1, 3, 6]), np.array([1, 2, 1, 3, 2, 1]))
    events = np.array([7, 7, 7, 7, 8, 9, 9, 0, 0], np.int32)
    actors = np.array([1, 2, 3, 1, 3, 2, 3, 0, 0], np.int32)

    rows = ancestry.rows_above(Rows(events, {"actor": actors}))

    pairs = sorted(zip(rows.event.tolist(), rows.columns["actor"].tolist(), strict=True))
    assert pairs == [(8, 1), (8, 2), (9, 1)]
    nothing = ancestry.rows_above(Rows(events[:0], {"actor": actors[:0]}))
    assert (len(nothing.event), len(nothing.columns["actor"])) == (0, 0)


@settings(max_examples=examples(100), deadline=None)
@given(st.lists(st.integers(0, 9), max_size=12))
def test_numbers_are_counted_in_pieces_as_in_the_whole(counted):
    numbers, places = np.arange(10, dtype=np.int32), np.array(counted, np.int64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(values, "PIECE", 3)
        counts = values.tally(numbers, places)

    assert counts.tolist() == np.bincount(places).tolist()


def test_arrays_of_a_file_in_the_making_have_no_name(tmp_path):
    folder = IndexFolder(tmp_path, "database")

    flags, none = folder.zeros(5000, bool), folder.zeros(0, np.int32)
    flags[1] = True

    assert (flags.sum(), len(flags), len(none), none.dtype) == (1, 5000, 0, np.int32)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_without_room_for_such_arrays_the_index_is_in_memory(settings, tmp_path, monkeypatch, caplog):
    def refuse(*arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    settings.INDEX_DIR = str(tmp_path)
    monkeypatch.setattr("timeline.index.current_columns.folder_of_database", lambda: IndexFolder(tmp_path, "database"))
    monkeypatch.setattr("os.posix_fallocate", refuse)
    event = make.published("An event")

    source = rebuilt_source(Source(EventColumns.empty(new_vocabulary())))

    assert (source.path, source.columns.keys(np.flatnonzero(source.columns.all)).tolist()) == (None, [event.pk])
    assert "in the memory of this process alone" in caplog.text
    assert list(tmp_path.glob("*.*")) == []


@pytest.mark.django_db
def test_masks_take_no_more_than_their_bytes(monkeypatch):
    masks.forget()
    make.published("An event")
    columns = Source(EventColumns.empty(new_vocabulary())).repacked({0: None})
    size = len(np.packbits(columns.all))
    monkeypatch.setattr(masks, "MOST_BYTES", 3 * size)

    for clause in "abcda":
        mask(columns, clause, None, lambda parts: np.flatnonzero(columns.all))

    assert list(masks._masks) == ["c", "d", "a"]
    masks.forget()
