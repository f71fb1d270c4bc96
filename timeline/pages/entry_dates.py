"""What an entry adds to the date of its event in words."""

import re

from timeline.dates import reader
from timeline.models import Event

from .entry_rows import EventRow

YEAR_OR_MONTH = re.compile(r"\d{4}(-\d{2})?[?~%]?", re.ASCII)


def not_stated(event: Event | EventRow) -> str:
    """Return "day" where the date is a month, "month" where it is a year, "" where neither."""
    match = YEAR_OR_MONTH.fullmatch(event.edtf)
    return ("day" if match[1] else "month") if match else ""


def stated_otherwise(event: Event | EventRow) -> bool:
    """Return whether the source's words for the date say more, or other, than the date as printed.

    "on March 24th" beside 24 March 2022 does not; "yesterday" does.
    """
    stated = event.date_as_stated
    if not stated or stated.casefold() == event.date_display.casefold():
        return False
    return event.edtf not in {_edtf(stated), _edtf(f"{stated} {event.start_earliest.year}")}


def _edtf(text: str) -> str:
    try:
        return reader.read(text)
    except ValueError:
        return ""
