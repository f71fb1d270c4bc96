"""What all rows that are written together share."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.db import connection


@dataclass(frozen=True)
class WriteContext:
    at: dt.datetime  # UTC, of every row of the history
    reason: str
    by: int | None  # primary key of the account; None: a command

    @cached_property
    def moment(self):
        """Return the moment as this database takes it."""
        return connection.ops.adapt_datetimefield_value(self.at)
