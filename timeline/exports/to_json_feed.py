"""JSON Feed: as Atom, for programs. Source: JSON Feed 1.1."""

from collections.abc import Iterator

from timeline.addresses import absolute

from . import feeds, rows
from .export import Export
from .json_text import with_list
from .reading import Record

content_type = "application/feed+json; charset=utf-8"
extension = "feed.json"
label = "JSON Feed"
opens_in = "feed readers"
columns = ()
holds = rows.EVENT


def render(export: Export) -> Iterator[bytes]:
    about = export.about
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": about.sentence,
        "home_page_url": about.url,
        "feed_url": absolute(f"/events.feed.json{'?' if about.query else ''}{about.query}"),
        "description": about.attribution,
        "user_comment": " ".join(about.notes),
        "authors": [{"name": about.publisher}],
        "language": "en",
    }
    return with_list(head, "items", map(item, export.records()))


def item(record: Record) -> Record:
    return {
        "id": record["public_id"],
        "url": record["url"],
        "title": feeds.headline(record),
        "content_html": feeds.html(record),
        "date_published": record["recorded_at"],
        "date_modified": feeds.changed(record),
        "tags": [record["category"], record["type"]],
        "_event": {"edtf": record["edtf"], "date": record["date"]},
    }
