"""The cache in files: one of several adds an entry, and of too many the oldest go."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tracker.file_cache import FileCache, with_own_files

from .test_settings import CLEAN, ROOT

FILES = {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": "/cache"}


@pytest.fixture
def cache(tmp_path, monkeypatch) -> FileCache:
    monkeypatch.setattr("tracker.file_cache.secrets.randbelow", lambda most: most - 1)
    return FileCache(str(tmp_path), {"max_entries": 6, "cull_frequency": 3})


def test_caches_in_files_are_of_this_kind_and_others_as_they_are():
    others = {"BACKEND": "django_redis.cache.RedisCache", "LOCATION": "redis://127.0.0.1:6379/1"}

    assert with_own_files(FILES) == FILES | {"BACKEND": "tracker.file_cache.FileCache"}
    assert with_own_files(others) == others


def test_entry_is_added_where_there_is_none_or_it_has_expired(cache):
    assert cache.add("page", "first", 60) is True
    assert (cache.add("page", "second", 60), cache.get("page")) == (False, "first")

    cache.set("page", "expired", -1)
    assert (cache.add("page", "third", 60), cache.get("page")) == (True, "third")


def test_entry_that_another_adds_meanwhile_stays(cache, tmp_path, monkeypatch):
    monkeypatch.setattr(FileCache, "has_key", lambda *arguments: FileCache.set(cache, "page", "of another", 60))

    assert cache.add("page", "of this", 60) is False
    assert cache.get("page") == "of another"
    assert [file.suffix for file in tmp_path.iterdir()] == [".djcache"]


def test_oldest_of_too_many_go(cache):
    for number in range(7):
        cache.set(str(number), number)
        os.utime(cache._key_to_file(str(number)), (number, number))

    cache.make_room()

    assert [number for number in range(7) if cache.get(str(number)) is not None] == [2, 3, 4, 5, 6]


@pytest.mark.parametrize(("age", "left"), [(3_590, [True, True]), (3_610, [True, False])])
def test_what_a_killed_process_left_half_written_goes_after_an_hour(cache, age, left):
    cache.set("page", 1)
    page = Path(cache._key_to_file("page"))
    part = page.with_name(f"{page.name}.0011aabb")
    part.write_bytes(b"half")
    for file in (page, part):
        os.utime(file, (time.time() - age,) * 2)

    cache.make_room()

    assert [page.exists(), part.exists()] == left


@pytest.mark.parametrize(("drawn", "left"), [(1, 9), (0, 7)])
def test_few_writes_look_whether_there_are_too_many(cache, monkeypatch, drawn, left):
    for number in range(8):
        cache.set(str(number), number)
    monkeypatch.setattr("tracker.file_cache.secrets.randbelow", lambda most: drawn)

    cache.set("8", 8)

    assert len(cache._list_cache_files()) == left


def test_one_of_several_processes_adds(tmp_path):
    program = f"from tracker.file_cache import FileCache; print(FileCache({str(tmp_path)!r}, {{}}).add('page', 1, 60))"
    processes = [
        subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, env=CLEAN, stdout=subprocess.PIPE, text=True)  # noqa: S603
        for _ in range(3)
    ]

    assert sorted(process.communicate()[0].strip() for process in processes) == ["False", "False", "True"]
