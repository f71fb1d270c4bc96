"""Memory that the server has no use for any more goes back to the system."""

import ctypes
import gc
import sys
import weakref
from types import SimpleNamespace

import numpy as np
import pytest

from tracker import buffering_worker, process_memory


def test_threads_share_one_heap_and_large_blocks_have_memory_of_their_own(monkeypatch):
    called = []
    library = SimpleNamespace(
        mallopt=lambda *option: called.append(option), malloc_trim=lambda padding: called.append(padding)
    )
    monkeypatch.setattr(ctypes, "CDLL", lambda name: library)

    process_memory.bound_heap()
    process_memory.give_back()

    assert called == [(-8, 1), (-3, 8 << 20), (-1, 16 << 20), 0]


class Context:
    def __init__(self):
        self.index, self.itself = np.zeros(10), self


def test_what_refers_to_itself_goes_first(monkeypatch):
    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace())
    index = weakref.ref(Context().index)
    gc.disable()
    try:
        process_memory.give_back()
    finally:
        gc.enable()

    assert index() is None


@pytest.mark.parametrize("fault", [OSError, TypeError])
def test_other_systems_are_left_as_they_are(monkeypatch, fault):
    def refuse(name):
        raise fault

    monkeypatch.setattr(ctypes, "CDLL", lambda name: SimpleNamespace())
    process_memory.bound_heap()
    process_memory.give_back()
    monkeypatch.setattr(ctypes, "CDLL", refuse)
    process_memory.bound_heap()
    process_memory.give_back()


def test_worker_gives_memory_back_every_few_seconds(monkeypatch):
    seconds, given = iter(range(0, 1000, 4)), []
    worker = object.__new__(buffering_worker.BufferingWorker)
    worker.alive, worker.ppid = True, buffering_worker.os.getppid()
    worker.sockets, worker.wsgi = [], None
    worker.cfg = SimpleNamespace(threads=1, graceful_timeout=0)
    turns = iter(range(6))
    server = SimpleNamespace(task_dispatcher=SimpleNamespace(shutdown=lambda: None))
    monkeypatch.setattr(buffering_worker, "create_server", lambda *arguments, **options: server)
    monkeypatch.setattr(buffering_worker, "bound_heap", lambda: given.append("bounded"))
    monkeypatch.setattr(buffering_worker, "give_back", lambda: given.append("given back"))
    monkeypatch.setattr(buffering_worker.time, "monotonic", lambda: next(seconds))
    monkeypatch.setattr(worker, "_finish", lambda deadline: None)

    def turn() -> None:
        worker.alive = next(turns) < 5

    monkeypatch.setattr(worker, "_turn", turn)
    interval = sys.getswitchinterval()
    try:
        worker.run()
        assert round(sys.getswitchinterval(), 4) == buffering_worker.TURN
    finally:
        sys.setswitchinterval(interval)

    assert given == ["bounded", "given back", "given back"]
