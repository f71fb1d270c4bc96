"""JSON Feed: as Atom, for programs. Source: JSON Feed 1.1."""

import json
from collections.abc import Iterator

from timeline.addresses import absolute

from . import feeds
from .columns import stamp
from .export import Export
from .reading import Record

content_type = "application/feed+json; charset=utf-8"
extension = "feed.json"
label = "JSON Feed"
opens_in = "feed readers"
columns = ()


def render(export: Export) -> Iterator[str]:
    about = export.about
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": about.sentence,
        "home_page_url": about.url,
        "feed_url": absolute(f"/events.feed.json{'?' if about.query else ''}{about.query}"),
        "description": about.attribution,
        "user_comment": " ".join(one.words for one in about.left_out),
        "authors": [{"name": about.publisher}],
        "language": "en",
    }
    yield f'{_text(head)[:-1]}, "items": ['
    separator = "\n"
    for record in export.records():
        yield separator + _text(item(record))
        separator = ",\n"
    yield "\n]}\n"


def item(record: Record) -> Record:
    return {
        "id": record["public_id"],
        "url": record["url"],
        "title": feeds.headline(record),
        "content_html": feeds.html(record),
        "date_published": stamp(record["recorded_at"]),
        "date_modified": stamp(feeds.changed(record)),
        "tags": [record["category"], record["type"]],
        "_event": {"edtf": record["edtf"], "date": record["date"]},
    }


def _text(value: Record) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
