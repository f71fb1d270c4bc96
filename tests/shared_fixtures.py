"""Worlds: rows that several tests start from, made once for the tests that ask for them, which follow one another.

    @made_once
    def talks() -> Event:
        return make.published("Talks")

is a fixture. The rows are in a transaction around that of each test, so what a test writes is gone with it; of what the
world returned, each test has a copy of its own. A test that asks for no world finds none.
"""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.db import connection, transaction

from tests.public_addresses import forget_all

Make = Callable[[], Any]


def made_once(make: Make):
    """Return a fixture of what `make` makes, which can ask for no other fixture."""

    @pytest.fixture(name=make.__name__)
    def of_world(db, stage):
        forget_all()  # what is kept by the number of the data: each test finds the same one
        return deepcopy(stage.made[make])

    of_world.make = make
    return of_world


def wanted(test: pytest.Item) -> tuple[Make, ...]:
    """Return what makes the worlds that a test starts from."""
    names = vars(test.module)
    makers = (getattr(names.get(name), "make", None) for name in test.fixturenames)
    return tuple(make for make in makers if make)


def has_file(test: pytest.Item) -> bool:
    """Return whether the test has a database in a file for itself (see `shared` in races.py)."""
    return "shared" in test.fixturenames and connection.vendor == "sqlite"


def group(test: pytest.Item) -> int:
    """Return 0 where the test has a transaction around it, or a file of its own; 1 where it empties the database and leaves what was there
    at first, 2 where it leaves what migrations make anew, under other keys. Tests come in this order."""
    mark = test.get_closest_marker("django_db")
    options = mark.kwargs if mark else {}
    if has_file(test) or not ("transactional_db" in test.fixturenames or options.get("transaction")):
        return 0
    return 1 if "django_db_serialized_rollback" in test.fixturenames or options.get("serialized_rollback") else 2


def follow(tests: list[pytest.Item]) -> None:
    """Have tests that start from the same world follow each other, whatever their module; else their order stays as it is."""
    places: dict[tuple, int] = {}
    keys = [(wanted(test) or test.module, group(test)) for test in tests]
    for key in keys:
        places.setdefault(key, len(places))
    tests[:] = [tests[at] for at in sorted(range(len(tests)), key=lambda at: (keys[at][1], places[keys[at]]))]


class Stage:
    """Holds the worlds that the test at work starts from."""

    def __init__(self):
        self.made: dict[Make, Any] = {}
        self.around: transaction.Atomic | None = None  # None: there is no world

    def set_for(self, makers: tuple[Make, ...]) -> None:
        if tuple(self.made) == makers:
            return
        self.clear()
        if makers:
            self.around = transaction.atomic()
            self.around._from_testcase = True  # as Django's own around a test: what is durable may be within
            self.around.__enter__()
        for make in makers:
            self.made[make] = make()

    def clear(self) -> None:
        if self.around is not None:
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)
        self.made, self.around = {}, None
