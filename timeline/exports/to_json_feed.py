"""JSON Feed: as Atom, for programs. Source: JSON Feed 1.1."""

from collections.abc import Iterator

from timeline.absolute_urls import absolute_url

from . import to_atom
from .event_records import Record
from .export import Export, Format
from .to_json import json_with_list


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
        "title": to_atom.headline(record),
        "content_html": to_atom.entry_html(record),
        "date_published": record["recorded_at"],
        "date_modified": to_atom.changed_at(record),
        "tags": [record["category"], record["type"]],
        "_event": {"edtf": record["edtf"], "date": record["date"]},
    }
