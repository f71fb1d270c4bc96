"""JSON Feed: as Atom, for programs. Source: JSON Feed 1.1."""

from collections.abc import Iterator

from timeline.http.absolute_urls import absolute_url

from . import feed_entries
from .event_records import Record
from .export import Export
from .export_format import Format
from .json_writer import json_with_list


def render(export: Export) -> Iterator[bytes]:
    about = export.about
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": about.sentence,
        "home_page_url": about.url,
        "feed_url": absolute_url(f"/events.feed.json{'?' if about.query else ''}{about.query}"),
        "description": about.attribution,
        "user_comment": " ".join(about.notes),
        "authors": [{"name": about.publisher}],
        "language": "en",
    }
    return json_with_list(head, "items", map(make_entry, export.records()))


FORMAT = Format(
    extension="feed.json",
    content_type="application/feed+json; charset=utf-8",
    label="JSON Feed",
    opens_in="feed readers",
    render=render,
)


def make_entry(record: Record) -> Record:
    return {
        "id": record["public_id"],
        "url": record["url"],
        "title": feed_entries.headline(record),
        "content_html": feed_entries.entry_html(record),
        "date_published": record["recorded_at"],
        "date_modified": feed_entries.changed_at(record),
        "tags": [record["category"], record["type"]],
        "_event": {"edtf": record["edtf"], "date": record["date"]},
    }
