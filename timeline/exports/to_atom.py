"""What Atom and JSON Feed say of an event.

Atom: an entry for each event, with a stable id, and a new date whenever it is corrected. Source: RFC 4287.
"""

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.utils.html import escape as escape_html

from timeline.absolute_urls import absolute_url
from timeline.exports.to_csv import printable

from .columns import iso_utc
from .event_records import Record
from .export import Export, Format
from .export_header import date_words, known_words, listed_words

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def headline(record: Record) -> str:
    return f"{record['title']}, {date_words(record)}"


def entry_html(record: Record) -> str:
    """Return the event with its sources, for a reader of feeds."""
    quotes = "".join(_source(citation, record) for citation in record["citations"])
    summary = f"<p>{escape_html(record['summary'])}</p>" if record["summary"] else ""
    return f"<p>{escape_html(date_words(record))}</p><p>{escape_html(known_words(record))}</p>{summary}{quotes}"


def _source(citation: Record, record: Record) -> str:
    if listed := listed_words(citation, record):
        return f'<p><a href="{escape_html(citation["url"])}">{escape_html(listed)}</a></p>'
    speaker = (
        f"{escape_html(citation['speaker']['name'])} {escape_html(citation['act'])}: " if citation["speaker"] else ""
    )
    source = f'<a href="{escape_html(citation["url"])}">{escape_html(citation["briefing"]["title"])}</a>'
    return f"<blockquote>{speaker}{escape_html(citation['quote'])}<br>{source}</blockquote>"


def changed_at(record: Record) -> str:
    """Return when the public last saw it change, as ISO 8601 in UTC."""
    return record["revised_at"] or record["recorded_at"]


def render(export: Export) -> Iterator[str]:
    return map(printable, feed_parts(export))


FORMAT = Format(
    extension="atom",
    content_type="application/atom+xml; charset=utf-8",
    label="Atom feed",
    opens_in="feed readers",
    render=render,
)


def feed_parts(export: Export) -> Iterator[str]:
    about = export.about
    address = absolute_url(f"/events.atom{'?' if about.query else ''}{about.query}")
    yield '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
    yield f"<id>{escape(address)}</id><title>{escape(about.sentence)}</title>"
    yield f"<subtitle>{escape(' '.join([about.attribution, *about.notes]))}</subtitle>"
    yield f"<updated>{iso_utc(about.revised_at or EPOCH)}</updated><author><name>{escape(about.publisher)}</name></author>"
    yield f"<rights>{escape(f'{about.licence} {about.licence_url}')}</rights>"
    yield f'<link rel="self" href={quoteattr(address)}/><link rel="alternate" type="text/html" href={quoteattr(about.url)}/>\n'
    for record in export.records():
        yield format_entry(record)
    yield "</feed>\n"


def format_entry(record: Record) -> str:
    host = urlsplit(settings.SITE_URL).hostname
    authors = {citation["briefing"]["publisher"]: None for citation in record["citations"]}
    sources = "".join(f"<contributor><name>{escape(name)}</name></contributor>" for name in authors)
    return (
        f"<entry><id>tag:{host},2020:event-{record['public_id']}</id><title>{escape(headline(record))}</title>"
        f'<link rel="alternate" type="text/html" href={quoteattr(record["url"])}/>'
        f"<published>{record['recorded_at']}</published><updated>{changed_at(record)}</updated>"
        f"<category term={quoteattr(record['category'])}/>{sources}"
        f'<content type="html">{escape(entry_html(record))}</content></entry>\n'
    )
