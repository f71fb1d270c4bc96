"""Dates in words, as people type and say them, read into EDTF: the only place that does.

`read` takes words that stand alone: what a person types. `find` takes a text, and returns the words in it that say when.
"""

from .context import announces
from .in_text import DatePhrase, Reading, find
from .typed import DAY, EVENT, PERIOD, DateNotRead, Wanted, plain_date, read, read_day, read_source_date, split_clock

__all__ = [
    "DAY",
    "EVENT",
    "PERIOD",
    "DateNotRead",
    "DatePhrase",
    "Reading",
    "Wanted",
    "announces",
    "find",
    "plain_date",
    "read",
    "read_day",
    "read_source_date",
    "split_clock",
]
