"""The columns of the public events as they are now, in this process: from the file that all processes map, with the parts that
were written to since. A thread beside the requests reads what takes long, and writes the next file."""

import logging
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from threading import Condition, Thread

import numpy as np
from django.db import connection

from timeline.database.shards import NO_EVENT, batches
from timeline.models import Citation, Event, Participation, PublicRevision
from timeline.versions.data_version import shard_versions

from .actor_ancestry import ActorAncestry
from .event_columns import EventColumns, NoRoom, Versions, Zeros
from .index_folder import IndexFolder, folder_of_database
from .shard import Shard, new_vocabulary, read_shards

logger = logging.getLogger(__name__)

LONGEST_WAIT = 2.0  # seconds of a request
POLL = 0.2  # seconds between two looks whether another process has written the file
FEW_PARTS = 32  # so many are read in less than a second, by the request that needs them
SMALL = 32  # parts in all, of which no file is made
LEAST_BETWEEN = 30.0  # seconds between two files of one process, unless a request has to wait for the second
MOST_PATCHED = 64  # parts beside the file; with more there is to be a newer one


class IndexStarting(Exception):
    """The index is being read, which takes longer than a request may wait."""


class Source:
    """Columns, and the parts that were read since they were made."""

    def __init__(self, columns: EventColumns, path: Path | None = None):
        self.columns, self.path = columns, path  # None: in the memory of this process
        self.shards: dict[int, tuple[int | None, Shard]] = {}  # each with its version
        self.latest: tuple[Versions, EventColumns] = columns.versions, columns

    def changed(self, versions: Versions) -> list[int]:
        """Return the parts that are not as the columns have them."""
        known = self.columns.versions
        return [part for part in versions.keys() | known if part not in known or known[part] != versions.get(part)]

    def unread(self, versions: Versions, changed: Iterable[int]) -> list[int]:
        """Return those of them that have not been read either."""
        return [part for part in changed if part not in self.shards or self.shards[part][0] != versions.get(part)]

    def at(self, versions: Versions) -> EventColumns:
        """Return the columns as of these versions; what has not been read yet is read. The same where nothing has changed."""
        if self.latest[0] != versions:
            changed = self.changed(versions)
            self.shards |= self._read(versions, changed)
            patches = {part: self.shards[part][1] for part in changed}
            self.latest = versions, self.columns.with_shards(patches, versions) if patches else self.columns
        return self.latest[1]

    def with_parts(self, versions: Versions) -> "Source":
        """Return the same source with all parts read as of these versions; requests that answer from this one do not notice."""
        source = Source(self.columns, self.path)
        source.latest, source.shards = self.latest, self.shards | self._read(versions, self.changed(versions))
        return source

    def _read(self, versions: Versions, changed: Iterable[int]) -> dict[int, tuple[int | None, Shard]]:
        """Return those of them that have not been read, each with its version."""
        shards = read_shards(self.unread(versions, changed), self.columns.values)
        return {part: (versions.get(part), shard) for part, shard in shards}

    def repacked(self, versions: Versions, zeros: Zeros = np.zeros) -> EventColumns:
        """Return the columns as of these versions in arrays of their own, put together without gaps."""
        with_events = Event.objects.public().shards()
        changed = {*self.changed(versions), *(() if self.columns.versions else with_events)}
        parts = {part for part in changed if part in self.shards or part in with_events}
        columns = self.columns.repacked(parts, _room(parts), zeros)
        unread = set(self.unread(versions, changed))
        columns.put({part: self.shards[part][1] for part in changed if part not in unread}, versions)
        for part, shard in read_shards(sorted(unread), columns.values):
            with suppress(NoRoom):  # it has grown meanwhile, and is read again as soon as it is needed
                columns.put({part: shard}, versions)
        columns.patched.clear()
        return columns


def _room(parts: set[int]) -> dict[str, int]:
    """Return rows that are enough for these parts."""
    rows = {"participations": Participation.objects, "citations": Citation.objects}
    lots = list(batches(sorted(parts)))
    return {kind: sum(of_kind.in_shards(lot).count() for lot in lots) for kind, of_kind in rows.items()}


class CurrentColumns:
    def __init__(self) -> None:
        self.changed = Condition()  # of the source; held while a few parts are read
        self.forget()

    def forget(self) -> None:
        """Be as in a process that has just begun."""
        self.source = Source(EventColumns.empty(new_vocabulary()))
        self.builder: Thread | None = None
        self.built_at = 0.0  # of the clock of this process
        self.has_looked = False  # whether there is a file

    def at(self, versions: Versions) -> EventColumns:
        """Return the columns as of these versions of the parts. Raises IndexStarting where that takes too long."""
        deadline = time.monotonic() + LONGEST_WAIT
        if not self.changed.acquire(timeout=LONGEST_WAIT):
            raise IndexStarting
        try:
            while not self._are_at_hand(versions):
                self._start_builder()
                if not self.changed.wait(deadline - time.monotonic()):
                    raise IndexStarting
            return self.source.at(versions)
        finally:
            self.changed.release()

    def _are_at_hand(self, versions: Versions) -> bool:
        """Return whether the source can answer: this request may read a few parts, or, within a transaction, which no other thread
        sees, all of them."""
        if self.source.latest[0] == versions:
            return True
        is_small = len(versions) <= SMALL
        if not (self.has_looked or is_small):
            self.has_looked = True
            self.source = newer_source(self.source, versions) or self.source
        changed = self.source.changed(versions)
        is_old = len(changed) > MOST_PATCHED or not self.source.columns.all.any()
        if is_small or connection.in_atomic_block:
            if is_old:
                self.source = Source(self.source.repacked(versions))
            return True
        if len(self.source.unread(versions, changed)) > FEW_PARTS:
            return False
        if is_old and time.monotonic() > self.built_at + LEAST_BETWEEN:
            self._start_builder()
        return True

    def _start_builder(self) -> None:
        if self.builder is None:
            self.builder = Thread(target=self._build, name="index", daemon=True)
            self.builder.start()

    def _build(self) -> None:
        source = None
        try:
            source = rebuilt_source(self.source)
        except Exception:
            logger.exception("The index could not be read. The next request tries again.")
        finally:
            connection.close()
            with self.changed:
                self.source, self.builder, self.built_at = source or self.source, None, time.monotonic()
                self.changed.notify_all()


current_columns = CurrentColumns()


def part_versions(versions: dict[int, int]) -> Versions:
    """Return the versions of the parts alone."""
    return {part: version for part, version in versions.items() if part != NO_EVENT}


def newer_source(source: Source, versions: Versions) -> Source | None:
    """Return what the newest file holds where that is nearer to these versions than this source."""
    folder = folder_of_database()
    path = folder.newest() if folder else None
    if folder is None or path in (None, source.path):
        return None
    columns = folder.read(path)
    if columns is None:
        return None
    newer = Source(columns, path)
    is_nearer = len(newer.changed(versions)) < len(source.changed(versions))
    return newer if is_nearer or source.path is None else None


def rebuilt_source(source: Source) -> Source:
    """Return the newest file as soon as it is near to the database, with the parts that were written to since; unless another process
    does, this one writes it. Where it cannot be written, what is returned is in the memory of this process."""
    while True:
        versions = part_versions(shard_versions())
        source = newer_source(source, versions) or source
        if source.path and len(source.changed(versions)) <= MOST_PATCHED:
            return source.with_parts(versions)
        folder = folder_of_database()
        if folder is None:
            return Source(source.repacked(versions))
        try:
            with folder.writing() as is_alone:
                if is_alone:
                    return _written(folder, source, versions)
        except OSError as error:
            logger.warning("The index is kept in the memory of this process alone: %s.", error)
            return Source(source.repacked(versions))
        time.sleep(POLL)


def _written(folder: IndexFolder, source: Source, versions: Versions) -> Source:
    """Write the file and return what it holds. Raises OSError."""
    source = newer_source(source, versions) or source  # of who wrote until now
    number, _ = PublicRevision.objects.current()
    columns = source.repacked(versions, folder.zeros)
    path = folder.write(columns, ActorAncestry.read(columns.values["actor"]), number)
    mapped = folder.read(path)
    return Source(mapped, path) if mapped else Source(columns)
