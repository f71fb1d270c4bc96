"""How long one statement of the database may take, so that no question of a reader holds a thread for minutes."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

STEPS = 20_000  # of SQLite's machine between two looks at the clock, about a millisecond


@contextmanager
def statements_within(seconds: float) -> Iterator[None]:
    """End each statement of this thread that takes longer: it raises OperationalError, which `faults` knows. Rows that are read on after
    the block have no limit. On PostgreSQL two statements more, where there is any."""
    limit = _LIMITS[connection.vendor](seconds)
    with connection.execute_wrapper(limit):
        try:
            yield
        finally:
            limit.lift()


class _Limit:
    def __init__(self, seconds: float):
        self.seconds, self.limited = seconds, None  # the driver's connection, as soon as there is one

    def __call__(self, execute: Callable, sql: str, parameters: Any, many: bool, context: dict) -> Any:
        driver = context["connection"].connection
        if driver is not self.limited:
            self.begin(driver)
            self.limited = driver
        self.start()
        return execute(sql, parameters, many, context)

    def begin(self, driver: Any) -> None: ...
    def start(self) -> None: ...
    def end(self, driver: Any) -> None: ...

    def lift(self) -> None:
        if self.limited is not None and self.limited is connection.connection:
            self.end(self.limited)


class _SqliteLimit(_Limit):
    until = 0.0  # of the clock of this process

    def begin(self, driver: Any) -> None:
        driver.set_progress_handler(lambda: time.monotonic() > self.until, STEPS)

    def start(self) -> None:
        self.until = time.monotonic() + self.seconds

    def end(self, driver: Any) -> None:
        driver.set_progress_handler(None, 0)


class _PostgresqlLimit(_Limit):
    def begin(self, driver: Any) -> None:
        driver.execute(f"SET statement_timeout = {round(1000 * self.seconds)}")

    def end(self, driver: Any) -> None:
        """Within a transaction that has failed nothing can be set, and its end takes back what was."""
        if not driver.closed and driver.info.transaction_status != driver.info.transaction_status.INERROR:
            driver.execute("RESET statement_timeout")


_LIMITS = {"sqlite": _SqliteLimit, "postgresql": _PostgresqlLimit}
