"""TimelineJS 3 JSON. It has no uncertainty of its own: `display_date` says the date, and no day is made up.

Source: TimelineJS 3, json-format. Its texts are HTML, so ours are escaped.
"""

from collections.abc import Iterator

from django.utils.html import escape

from . import rows
from .export import Export
from .json_text import with_list
from .reading import Record

content_type = "application/json; charset=utf-8"
extension = "timelinejs.json"
label = "TimelineJS"
opens_in = "TimelineJS 3"
columns = ()
holds = rows.EVENT


def render(export: Export) -> Iterator[bytes]:
    about = export.about
    said = "".join(f"<p>{escape(words)}</p>" for words in (about.attribution, *about.notes))
    title = {"text": {"headline": escape(about.sentence), "text": said}}
    return with_list({"scale": "human", "title": title}, "events", slides(export))


def slides(export: Export) -> Iterator[Record]:
    for record in export.records():
        if date := start(record):
            yield slide(record, date)


def start(record: Record) -> Record | None:
    """Return the start as precise as known: year, month, or day. Of an event without a known start the limit; None
    where it has none either: such an event has no place on a timeline."""
    if record["start_earliest"]:
        return parts(record["start_earliest"], record["start_latest"])
    return parts(record["end_latest"], record["end_latest"]) if record["end_latest"] else None


def parts(first: str, last: str | None) -> Record:
    """Return what two days have in common, of year, month and day; the year of the first where it is nothing."""
    found = {"year": int(first[:4])}
    if last and first[:7] == last[:7]:
        found["month"] = int(first[5:7])
        if first == last:
            found["day"] = int(first[8:10])
    return found


def slide(record: Record, date: Record) -> Record:
    date["display_date"] = record["date"]
    made = {
        "unique_id": record["public_id"],
        "start_date": date,
        "display_date": record["date"],
        "group": escape(record["type_name"]),
        "autolink": False,
        "text": {"headline": escape(record["title"]), "text": _body(record)},
    }
    first, last = record["end_earliest"], record["end_latest"]
    if record["start_earliest"] and last and last != record["start_latest"]:
        made["end_date"] = parts(last, first)
    return made


def _body(record: Record) -> str:
    quotes = "".join(
        f"<blockquote>{escape(one['quote'])}<br>{_source(one)}</blockquote>" for one in record["citations"]
    )
    return f'<p>{escape(record["summary"])}</p>{quotes}<p><a href="{escape(record["url"])}">All that is known</a></p>'


def _source(one: Record) -> str:
    speaker = f"{escape(one['speaker']['name'])}, " if one["speaker"] else ""
    briefing = one["briefing"]
    return f'{speaker}<a href="{escape(one["url"])}">{escape(briefing["title"])}, {escape(briefing["publisher"])}</a>'
