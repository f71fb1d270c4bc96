"""What was understood of a date, in one line that can be checked at a glance."""

import datetime as dt

from timeline import dates


def statement(edtf: str) -> str:
    """Return the date in words, its outer bounds where they say more, and what is stored."""
    date = dates.parse(edtf)
    sentences = [f"Understood as: {date.display}.", _bounds(date)]
    if date.qualifier:
        sentences.append("Marked as not sure, so never counted among what is certain.")
    sentences.append(f"Stored as {date.edtf}.")
    return " ".join(filter(None, sentences))


def _bounds(date: dates.EventDate) -> str:
    if date.start_earliest == date.end_latest:
        return "One known day." if date.is_exact_day else ""
    start = _day(date.start_earliest) if date.has_known_start else "not known"
    end = _day(date.end_latest) if date.end_latest != dt.date.max else "open"
    return f"Earliest start {start}, latest end {end}."


def _day(day: dt.date) -> str:
    return dates.parse(day.isoformat()).display
