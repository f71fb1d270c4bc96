"""TimelineJS 3 JSON. It has no uncertainty of its own: `display_date` says the date, and what is neither a year, a month nor
a day spans the days on which it may have been, as in a calendar.

Source: TimelineJS 3, json-format. Its texts are HTML, so ours are escaped.
"""

from calendar import monthrange
from collections.abc import Iterator

from django.utils.html import escape

from .event_records import Record
from .export import Export, Format
from .export_header import date_words, known_words, listed_words
from .to_json import json_with_list


def render(export: Export) -> Iterator[bytes]:
    about = export.about
    notes = "".join(f"<p>{escape(words)}</p>" for words in (about.attribution, *about.notes))
    title = {"text": {"headline": escape(about.sentence), "text": notes}}
    return json_with_list({"scale": "human", "title": title}, "events", make_slides(export))


FORMAT = Format(
    extension="timelinejs.json",
    content_type="application/json; charset=utf-8",
    label="TimelineJS",
    opens_in="TimelineJS 3",
    render=render,
)


def make_slides(export: Export) -> Iterator[Record]:
    for record in export.records():
        if date := slide_start(record):
            yield make_slide(record, date)


def slide_start(record: Record) -> Record | None:
    """Return the start as precise as known: year, month, or day; where that is none of them the earliest day, since a part
    that is left out is read as the first. Of an event without a known start the limit; None where it has none either: such
    an event has no place on a timeline."""
    if record["start_earliest"]:
        return _whole_period(record["start_earliest"], record["start_latest"]) or _date_object(record["start_earliest"])
    return _date_object(record["end_latest"]) if record["end_latest"] else None


def slide_end(record: Record) -> Record | None:
    """Return the end, the latest day where it is no year, month or day; None: it is not known, or says no more than the
    start."""
    first, last = record["end_earliest"], record["end_latest"]
    if not (record["start_earliest"] and last):
        return None
    says_more = last != record["start_latest"] or not _whole_period(record["start_earliest"], last)
    return _whole_period(first, last) or _date_object(last) if says_more else None


def _whole_period(first: str, last: str | None) -> Record | None:
    """Return the day, the month or the year of which two days are the first and the last; None where they are of none."""
    if first == last:
        return _date_object(first)
    year, month = int(first[:4]), int(first[5:7])
    if (first[5:], last) == ("01-01", f"{first[:4]}-12-31"):
        return {"year": year}
    if (first[8:], last) == ("01", f"{first[:8]}{monthrange(year, month)[1]}"):
        return {"year": year, "month": month}
    return None


def _date_object(day: str) -> Record:
    return {"year": int(day[:4]), "month": int(day[5:7]), "day": int(day[8:])}


def make_slide(record: Record, date: Record) -> Record:
    date["display_date"] = date_words(record)
    fields = {
        "unique_id": record["public_id"],
        "start_date": date,
        "display_date": date_words(record),
        "group": escape(record["type_name"]),
        "autolink": False,
        "text": {"headline": escape(record["title"]), "text": _slide_html(record)},
    }
    if last := slide_end(record):
        fields["end_date"] = last
    return fields


def _slide_html(record: Record) -> str:
    quotes = "".join(
        f"<p>{escape(listed)}</p>"
        if (listed := listed_words(citation, record))
        else f"<blockquote>{escape(citation['quote'])}<br>{_source_html(citation)}</blockquote>"
        for citation in record["citations"]
    )
    known = f"<p>{escape(known_words(record))}</p>"
    return f'<p>{escape(record["summary"])}</p>{known}{quotes}<p><a href="{escape(record["url"])}">All that is known</a></p>'


def _source_html(citation: Record) -> str:
    speaker = f"{escape(citation['speaker']['name'])}, " if citation["speaker"] else ""
    briefing = citation["briefing"]
    return (
        f'{speaker}<a href="{escape(citation["url"])}">{escape(briefing["title"])}, {escape(briefing["publisher"])}</a>'
    )
