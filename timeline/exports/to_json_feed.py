"""JSON Feed: as Atom, for programs. Source: JSON Feed 1.1, whose extensions have names that begin with "_"."""

from collections.abc import Iterator

from timeline.absolute_urls import absolute_page_url

from . import to_atom
from .event_records import Record
from .export import Export, Format
from .feed_pages import read_feed_page
from .to_json import json_with_list


def render(export: Export) -> Iterator[bytes]:
    page, about = read_feed_page(export, FORMAT.extension), export.about
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": page.title,
        "home_page_url": about.url,
        "feed_url": page.address,
        **({"next_url": page.next_address} if page.next_address else {}),
        "description": page.attribution,
        "user_comment": " ".join(about.notes),
        "authors": [{"name": about.publisher}],
        "language": "en",
        "_removed": [
            removed | {"url": absolute_page_url("event-detail", removed["public_id"])} for removed in page.removed
        ],
    }
    return json_with_list(head, "items", map(make_entry, page.records))


FORMAT = Format(
    extension="feed.json",
    content_type="application/feed+json; charset=utf-8",
    label="JSON Feed",
    opens_in="feed readers",
    render=render,
    is_feed=True,
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
