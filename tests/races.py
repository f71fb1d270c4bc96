"""How tests let two connections write at one moment: on PostgreSQL, and on SQLite with a database in a file, as it is used."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event as Flag
from threading import current_thread, get_ident

import pytest
from django.db import connection, connections
from django.template.base import Template
from django.test.utils import _TestState

from timeline.database import transactions

PATIENCE = 60  # seconds: this machine may be busy
PAUSE = 0.3  # seconds in which the second would get through, if nothing kept it back


@pytest.fixture
def plain_pages(monkeypatch):
    """Draw pages as the site does: what tests record of each template, every thread would record of all the others."""
    monkeypatch.setattr(Template, "_render", _TestState.saved_data.template_render)


@pytest.fixture
def shared(plain_pages, tmp_path, transactional_db, django_db_serialized_rollback, monkeypatch):
    """Put the database where threads can share it: SQLite's tests keep theirs in memory."""
    monkeypatch.setattr(transactions, "WAIT", PATIENCE)
    if connection.vendor != "sqlite":
        yield
        return
    path, inside = tmp_path / "race.sqlite3", connections["default"]
    with sqlite3.connect(path) as file:
        inside.ensure_connection()
        inside.connection.backup(file)
    file.close()
    monkeypatch.setitem(inside.settings_dict, "NAME", str(path))
    monkeypatch.setitem(inside.settings_dict["OPTIONS"], "timeout", PATIENCE)
    connections["default"] = connections.create_connection("default")
    yield
    connections["default"].close()
    connections["default"] = inside


class Between:
    """Stops the first of two writers inside a function, until the second has ended or is waiting."""

    def __init__(self, monkeypatch, owner: object, name: str):
        self.reached, self.ended, self.thread = Flag(), Flag(), None
        inner = getattr(owner, name)

        def stopping(*args, **kwargs):
            returned = inner(*args, **kwargs)
            if get_ident() == self.thread and not self.reached.is_set():
                self.reached.set()
                self.ended.wait(PAUSE)
            return returned

        monkeypatch.setattr(owner, name, stopping)

    def run(self, first: Callable[[], object], second: Callable[[], object]) -> tuple:
        """Run both, the second when the first is inside; return what each returned or raised."""
        with ThreadPoolExecutor(2) as pool:
            first_call = pool.submit(
                _tried, first, lambda: setattr(self, "thread", current_thread().ident), self.reached.set
            )
            assert self.reached.wait(PATIENCE)
            second_call = pool.submit(_tried, second, lambda: None, self.ended.set)
            return first_call.result(), second_call.result()


def _tried(act: Callable[[], object], before: Callable[[], None], after: Callable[[], None]):
    before()
    try:
        return act()
    except Exception as error:
        return error
    finally:
        after()
        connection.close()
