"""What Atom and JSON Feed say of an event."""

import datetime as dt

from django.utils.html import escape

from .event_records import Record
from .record_words import date_words, known_words, listed_words

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def headline(record: Record) -> str:
    return f"{record['title']}, {date_words(record)}"


def entry_html(record: Record) -> str:
    """Return the event with its sources, for a reader of feeds."""
    quotes = "".join(_source(citation, record) for citation in record["citations"])
    summary = f"<p>{escape(record['summary'])}</p>" if record["summary"] else ""
    return f"<p>{escape(date_words(record))}</p><p>{escape(known_words(record))}</p>{summary}{quotes}"


def _source(citation: Record, record: Record) -> str:
    if listed := listed_words(citation, record):
        return f'<p><a href="{escape(citation["url"])}">{escape(listed)}</a></p>'
    speaker = f"{escape(citation['speaker']['name'])} {escape(citation['act'])}: " if citation["speaker"] else ""
    source = f'<a href="{escape(citation["url"])}">{escape(citation["briefing"]["title"])}</a>'
    return f"<blockquote>{speaker}{escape(citation['quote'])}<br>{source}</blockquote>"


def changed_at(record: Record) -> str:
    """Return when the public last saw it change, as ISO 8601 in UTC."""
    return record["revised_at"] or record["recorded_at"]
