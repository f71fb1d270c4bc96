"""iCalendar: an all-day entry over the days on which an event may have been; rough ones are tentative.

Source: RFC 5545, RFC 7986.
"""

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from icalendar import Calendar, Event, vDatetime, vGeo, vUri

from .export import Export
from .reading import Record

content_type = "text/calendar; charset=utf-8"
extension = "ics"
label = "iCalendar, to subscribe to"
opens_in = "calendars"
columns = ()

DAY = dt.timedelta(days=1)
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def render(export: Export) -> Iterator[bytes]:
    head, foot = _calendar(export).to_ical().split(b"END:VCALENDAR")
    yield head
    for record in export.records():
        if days := span(record):
            yield entry(record, *days).to_ical()
    yield b"END:VCALENDAR" + foot


def _calendar(export: Export) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//{export.about.publisher}//timeline//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", export.about.sentence)
    calendar.add("x-wr-calname", export.about.sentence)
    calendar.add("source", vUri(export.about.url))
    calendar.add("description", export.about.attribution)
    return calendar


def span(record: Record) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day it may have been; of an open end the day of the other. None: no day at all."""
    first, last = (
        dt.date.fromisoformat(day) if day else None for day in (record["start_earliest"], record["end_latest"])
    )
    if first is None and last is None:
        return None
    if first and last is None:
        return first, dt.date.fromisoformat(record["start_latest"] or record["start_earliest"])
    return first or last, last


def entry(record: Record, first: dt.date, last: dt.date) -> Event:
    host = urlsplit(settings.SITE_URL).hostname
    is_exact = first == last and not record["date_qualifier"] and record["start_earliest"] and record["end_latest"]
    made = Event()
    made.add("uid", f"event-{record['public_id']}@{host}")
    changed = record["revised_at"] or EPOCH
    made.add("dtstamp", vDatetime(changed))
    made.add("last-modified", vDatetime(changed))
    made.add("dtstart", first)
    made.add("dtend", last + DAY if last < dt.date.max else last)
    made.add("summary", record["title"] if is_exact else f"{record['title']} ({record['date']})")
    made.add("description", description(record))
    made.add("status", "CONFIRMED" if is_exact else "TENTATIVE")
    made.add("transp", "TRANSPARENT")
    made.add("categories", [record["category"], record["type_name"]])
    made.add("url", vUri(record["url"]))
    made.add("x-edtf", record["edtf"])
    if record["latitude"] is not None and record["longitude"] is not None:
        made.add("geo", vGeo((record["latitude"], record["longitude"])))
    return made


def description(record: Record) -> str:
    open_end = "" if record["end_latest"] else "It had not ended by the last report; the entry shows its start."
    said = [f"“{one['quote']}” ({one['briefing']['title']})" for one in record["citations"]]
    return "\n".join(filter(None, [record["date"], open_end, record["summary"], *said, record["url"]]))
