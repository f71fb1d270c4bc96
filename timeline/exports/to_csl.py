"""CSL-JSON of the cited briefings. Source: CSL-JSON schema 1.0.2."""

import datetime as dt
from collections.abc import Iterator

from timeline.text.track import RANGE

from .event_records import Record
from .export import BRIEFING_ROWS, Export, Format
from .to_json import json_line

TYPES = {"press_release": "article", "report": "report", "news_item": "article-newspaper", "data_record": "dataset"}
TYPES |= {"social_post": "post", "press_briefing": "speech", "statement": "speech", "readout": "article"}
TYPES |= {"interview": "interview", "remarks": "speech", "fact_sheet": "article"}


def render(export: Export) -> Iterator[bytes]:
    yield b"["
    separator = b"\n"
    for briefing in export.cited_briefings():
        yield separator + json_line(make_entry(briefing))
        separator = b",\n"
    yield b"\n]\n"


FORMAT = Format(
    extension="csl.json",
    content_type="application/vnd.citationstyles.csl+json; charset=utf-8",
    label="CSL-JSON of the sources",
    opens_in="Zotero, pandoc",
    render=render,
    row_kind=BRIEFING_ROWS,
)


def make_entry(briefing: Record) -> Record:
    fields = {
        "id": briefing["slug"],
        "type": TYPES.get(briefing["kind"], "document"),
        "title": briefing["title"],
        "author": [{"literal": briefing["publisher__name"]}],
        "issued": _parts_of(briefing["published_edtf"]),
        "accessed": _date_parts(briefing["captured_on"]),
        "page": briefing["pages"].replace(RANGE, "-"),
        "URL": briefing["address"],
        "archive": briefing["archive_url"],
        "language": briefing["language"],
        "note": briefing["note"],
    }
    return {name: value for name, value in fields.items() if value}


def _date_parts(day: dt.date | None) -> Record | None:
    return {"date-parts": [[day.year, day.month, day.day]]} if day else None


def _parts_of(edtf: str) -> Record | None:
    """Return a day, month or year; None for ""."""
    return {"date-parts": [[int(part) for part in edtf.split("-")]]} if edtf else None
