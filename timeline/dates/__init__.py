"""Dates as sources state them, written in EDTF (Library of Congress, 2019-02-04).

Supported: levels 0 and 1, and of level 2 the sets `[...]` (one of) and `{...}` (each of). Left out of level 1
are years outside 0001 to 9999 and seasons. A refusal says which spelling would do.
"""

import re
from functools import lru_cache

from . import intervals, refusals, sets, single_dates
from .points import EventDate

__all__ = ["EventDate", "parse"]

_ALPHABET = re.compile(rf"[0-9XTZ?~%:+,./\[\]{{}}-]{{1,{refusals.LONGEST}}}")


@lru_cache(maxsize=16_384)
def parse(text: str) -> EventDate:
    """Return the date that an EDTF text states.

    Raises ValueError, with what is wrong and what would be right, for everything it does not accept.
    """
    if not _ALPHABET.fullmatch(text):
        raise ValueError(refusals.of_characters(text, _accepts))
    return _read(text)


def _read(text: str) -> EventDate:
    if "/" in text:
        return intervals.read(text)
    if not sets.MARKS.isdisjoint(text) or ".." in text:
        return sets.read(text)
    if "T" in text:
        return single_dates.read_timestamp(text)
    return single_dates.read(text)


def _accepts(text: str) -> bool:
    try:
        return bool(_ALPHABET.fullmatch(text) and _read(text))
    except ValueError:
        return False
