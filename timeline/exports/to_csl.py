"""CSL-JSON of the cited briefings. Source: CSL-JSON schema 1.0.2."""

import datetime as dt
from collections.abc import Iterator

from . import row_counts
from .cited_sources import cited
from .event_records import Record
from .export import Export
from .json_writer import text

content_type = "application/vnd.citationstyles.csl+json; charset=utf-8"
extension = "csl.json"
label = "CSL-JSON of the briefings"
opens_in = "Zotero, pandoc"
columns = ()
holds = row_counts.BRIEFING

TYPES = {"press_release": "article", "report": "report", "news_item": "article-newspaper", "data_record": "dataset"}
TYPES |= {"social_post": "post", "press_briefing": "speech", "statement": "speech", "readout": "article"}
TYPES |= {"interview": "interview", "remarks": "speech", "fact_sheet": "article"}


def render(export: Export) -> Iterator[bytes]:
    yield b"["
    separator = b"\n"
    for one in cited(export):
        yield separator + text(item(one))
        separator = b",\n"
    yield b"\n]\n"


def item(one: Record) -> Record:
    made = {
        "id": one["slug"],
        "type": TYPES.get(one["kind"], "document"),
        "title": one["title"],
        "author": [{"literal": one["publisher__name"]}],
        "issued": _day(one["published_on"]),
        "accessed": _day(one["captured_on"]),
        "URL": one["url"] or one["here"],
        "archive": one["archive_url"],
        "language": one["language"],
    }
    return {name: value for name, value in made.items() if value}


def _day(day: dt.date | None) -> Record | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None
