"""Atom: an entry for each event, with a stable id, and a new date whenever it is corrected. Source: RFC 4287."""

from collections.abc import Iterator
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings

from timeline.exports.csv_lines import printable
from timeline.http.absolute_urls import absolute_url

from . import feed_entries
from .columns import iso_utc
from .event_records import Record
from .export import Export
from .export_format import Format


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
    yield f"<updated>{iso_utc(about.revised_at or feed_entries.EPOCH)}</updated><author><name>{escape(about.publisher)}</name></author>"
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
        f"<entry><id>tag:{host},2020:event-{record['public_id']}</id><title>{escape(feed_entries.headline(record))}</title>"
        f'<link rel="alternate" type="text/html" href={quoteattr(record["url"])}/>'
        f"<published>{record['recorded_at']}</published><updated>{feed_entries.changed_at(record)}</updated>"
        f"<category term={quoteattr(record['category'])}/>{sources}"
        f'<content type="html">{escape(feed_entries.entry_html(record))}</content></entry>\n'
    )
