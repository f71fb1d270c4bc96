"""What Atom and JSON Feed say of an event."""

import datetime as dt

from django.utils.html import escape

from .event_records import Record

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def headline(record: Record) -> str:
    return f"{record['title']}, {record['date']}"


def entry_html(record: Record) -> str:
    """Return the event with its sources, for a reader of feeds."""
    quotes = "".join(_quote(citation) for citation in record["citations"])
    summary = f"<p>{escape(record['summary'])}</p>" if record["summary"] else ""
    return f"<p>{escape(record['date'])}</p>{summary}{quotes}"


def _quote(citation: Record) -> str:
    speaker = f"{escape(citation['speaker']['name'])} {escape(citation['act'])}: " if citation["speaker"] else ""
    source = f'<a href="{escape(citation["url"])}">{escape(citation["briefing"]["title"])}</a>'
    return f"<blockquote>{speaker}{escape(citation['quote'])}<br>{source}</blockquote>"


def changed_at(record: Record) -> str:
    """Return when the public last saw it change, as ISO 8601 in UTC."""
    return record["revised_at"] or record["recorded_at"]
