"""The day that a document gives at its head, on a line of its own: "March 25, 2022", "(September 29, 2023)"."""

import datetime as dt
import re

from . import reader

LINES = 12  # from the first; what is further down is about something else
LONGEST = 80  # characters of such a line
NEAR = 7  # days between what is said and its publication

_YEAR = re.compile(r"[12][0-9]{3}")
_BEFORE = re.compile(
    r"\A(?:(?:date|dated|released|release|published|posted|issued|updated?)\b(?:\s+(?:on|date)\b)?\s*:?)?\s*",
    re.IGNORECASE,
)
_AFTER = re.compile(r"(?:[,;]?\s+(?:at\s+)?\d{1,2}:\d\d\s?(?:[ap]\.?m\.?)?(?:\s+[A-Z]{2,5})?)?\.?\Z", re.IGNORECASE)


def stated_at_head(text: str) -> dt.date | None:
    """Return the first day that one of the first lines consists of; None where none does. Never part of a sentence."""
    lines = [line.strip() for line in text[:4_000].split("\n")]
    for line in [line for line in lines if line][:LINES]:
        if day := whole_line(line):
            return day
    return None


def whole_line(line: str) -> dt.date | None:
    """Return the day that a line states and nothing else; None for any other line and for a day that does not exist."""
    line = line.strip().strip("()[]*_").strip()
    if len(line) > LONGEST or not _YEAR.search(line):
        return None
    try:
        return reader.read_day(_AFTER.sub("", _BEFORE.sub("", line)))
    except ValueError:
        return None


def spoken_on(text: str, published_on: dt.date | None) -> dt.date | None:
    """Return the day on which words of a document were said: what "today" means in it.

    A background call is held on one day and posted on the next, and says so at its head. A day there counts if it is
    that of publication or one of the seven before; else, and where there is none, the day of publication does. None:
    that is not known.
    """
    if published_on is None:
        return None
    stated = stated_at_head(text)
    return stated if stated and 0 <= (published_on - stated).days <= NEAR else published_on
