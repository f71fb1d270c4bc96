"""iCalendar: an all-day entry over the days on which an event may have been; rough ones are tentative.

Source: RFC 5545, RFC 7986.
"""

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, vDatetime, vDuration, vGeo, vUri

from timeline.evidence.support import Actuality
from timeline.exports.to_csv import printable
from timeline.filters.sentence import subject

from .event_records import Record
from .export import Export, Format
from .export_header import date_words, is_known, known_words, listed_words

DAY = dt.timedelta(days=1)
REFRESHED = dt.timedelta(hours=12)


def render(export: Export) -> Iterator[bytes]:
    head, end, foot = _calendar(export).to_ical().rpartition(b"END:VCALENDAR")
    yield head
    for record in export.records():
        if days := entry_span(record):
            yield make_entry(record, *days).to_ical()
    yield end + foot


FORMAT = Format(
    extension="ics",
    content_type="text/calendar; charset=utf-8",
    label="iCalendar, to subscribe to",
    opens_in="calendars",
    render=render,
)


def _calendar(export: Export) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//{export.about.publisher}//timeline//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    name = printable(subject(export.event_filter))
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("source", vUri(export.about.url))
    calendar.add("description", "\n".join(map(printable, header_lines(export))))
    calendar.add("refresh-interval", vDuration(REFRESHED), parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESHED).to_ical().decode())
    return calendar


def header_lines(export: Export) -> list[str]:
    """Return what a file says of itself: how to cite it, and what is not in it."""
    return [export.about.attribution, *export.about.notes]


def entry_span(record: Record) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day it may have been; of an open end the day of the other. None: no day at all."""
    first, last = (
        dt.date.fromisoformat(day) if day else None for day in (record["start_earliest"], record["end_latest"])
    )
    if first and last:
        return first, last
    if first:
        return first, dt.date.fromisoformat(record["start_latest"] or record["start_earliest"])
    return (last, last) if last else None


def make_entry(record: Record, first: dt.date, last: dt.date) -> Event:
    host = urlsplit(settings.SITE_URL).hostname
    entry = Event()
    entry.add("uid", f"event-{record['public_id']}@{host}")
    changed = dt.datetime.fromisoformat(record["revised_at"] or record["recorded_at"])
    entry.add("dtstamp", vDatetime(changed))
    entry.add("last-modified", vDatetime(changed))
    entry.add("dtstart", first)
    entry.add("dtend", last + DAY if last < dt.date.max else last)
    entry.add("sequence", record["revision"])
    says_all = is_known(record) and first == last
    entry.add("summary", printable(record["title"] if says_all else f"{record['title']} ({date_words(record)})"))
    entry.add("description", printable(description(record)))
    entry.add("status", status(record))
    entry.add("transp", "TRANSPARENT")
    entry.add("categories", [record["category"], printable(record["type_name"])])
    entry.add("url", vUri(record["url"]))
    entry.add("x-edtf", record["edtf"])
    if record["latitude"] is not None and record["longitude"] is not None:
        entry.add("geo", vGeo((record["latitude"], record["longitude"])))
    return entry


def status(record: Record) -> str:
    if record["actuality"] == Actuality.DID_NOT_OCCUR:
        return "CANCELLED"
    return "CONFIRMED" if is_known(record) else "TENTATIVE"


def description(record: Record) -> str:
    open_end = "" if record["end_latest"] else "It had not ended by the last report; the entry shows its start."
    quotes = [
        listed_words(citation, record) or f"“{citation['quote']}” ({citation['briefing']['title']})"
        for citation in record["citations"]
    ]
    lines = [date_words(record), known_words(record), open_end, record["summary"], *quotes, record["url"]]
    return "\n".join(filter(None, lines))
