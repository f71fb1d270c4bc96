"""Periods in words in an address, "24 March 2022" or "last 30 days", and the address with the days they mean."""

import datetime as dt

from django.http import QueryDict

from timeline import dates
from timeline.dates import periods, reader

OTHER_END = {"from": "to", "reported_from": "reported_to"}  # first day -> last day of the same period
NAMES = (*OTHER_END, *OTHER_END.values(), "known_by")


def with_days(query: QueryDict, today: dt.date) -> QueryDict | None:
    """Return the query with each period in words as a year, a month or a day; None where there is none, or where one
    cannot be read: the filter says what is wrong with it.

    What has a first and a last day, like "last 30 days", gives the other end of the period too where that is not set.
    """
    changed = query.copy()
    for name in NAMES:
        text = query.get(name, "").strip()
        if len(query.getlist(name)) == 1 and text and not periods.PATTERN.fullmatch(text):
            try:
                ends = period_of(text, today)
            except ValueError:
                return None
            _set(changed, name, ends)
    return changed if changed != query else None


def _set(query: QueryDict, name: str, ends: tuple[str, str]) -> None:
    first, last = ends
    end = OTHER_END.get(name, "")
    if not (first if end else last):
        return
    query[name] = first if end else last
    if end and last and last != first and not query.get(end, "").strip():
        query[end] = last


def period_of(text: str, today: dt.date) -> tuple[str, str]:
    """Return the first and the last year, month or day that words mean; "" where that end is open. Raises ValueError."""
    edtf = reader.read(text, reader.Wanted(reader.PERIOD, today))
    if periods.PATTERN.fullmatch(edtf):
        return edtf, edtf
    date = dates.parse(edtf)
    if date.qualifier:
        raise ValueError(f"“{text[:40]}” is not sure. Write the first day and the last.")
    first = "" if date.start_earliest == dt.date.min else date.start_earliest.isoformat()
    last = "" if date.end_latest == dt.date.max else date.end_latest.isoformat()
    return first, last
