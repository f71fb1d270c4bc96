"""TimelineJS 3, as CSV of its spreadsheet or as JSON. Source: TimelineJS 3, json-format and the spreadsheet template."""

import hashlib
import html
import json
from collections.abc import Collection, Iterator
from pathlib import Path

from django.utils.html import strip_tags

from timeline.imports.cell_values import Cells, Report
from timeline.imports.events.event_record import EventRecord, Source
from timeline.imports.events.formats.our_csv import converted, read_table
from timeline.imports.file_bytes import FileRefused, check_text

name = "timelinejs"
label = "TimelineJS, CSV or JSON"
columns = {
    "external_id": "Headline",
    "title": "Headline",
    "summary": "Text",
    "edtf": "Year",
    "date_as_stated": "Display Date",
    "sources": "Text",
}
LARGEST = 64 << 20  # bytes of JSON, which is read whole
NO_EVENTS = ("title", "era")  # rows that frame a timeline
PARTS = {"year": "Year", "month": "Month", "day": "Day"}
CLOCK = ("hour", "minute", "second")


def read(path: Path, report: Report, accept: Collection[str] = ()) -> Iterator[EventRecord | Cells | None]:
    with path.open("rb") as file:
        is_json = file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"["))
    rows = (
        _slides(path, report, accept)
        if is_json
        else read_table(path, report, event_of, ("Year", "Headline"), accept=accept)
    )
    return (record for record in rows if record is not FRAME)


FRAME = EventRecord(0, "", "", "", "")  # stands for a row that is no event


def event_of(cells: Cells) -> EventRecord | None:
    if cells.text("Type") in NO_EVENTS:
        return FRAME
    title, text = html_to_text(cells.needed("Headline")), html_to_text(cells.lines("Text"))
    start, end = _date(cells, ""), _date(cells, "End ")
    for column in ("Time", "End Time"):
        if cells.text(column).strip("0:."):
            cells.doubt("clock-time", column, "No time zone says when this is. Leave it empty.")
    return EventRecord(
        row=cells.row,
        external_id=cells.text("unique_id") or _mark(start, title),
        title=title[:200],
        type="other",
        edtf=f"{start}/{end}" if start and end and end != start else start,
        summary=text if len(text) <= 2000 else f"{text[:1999]}…",
        date_as_stated=html_to_text(cells.text("Display Date"))[:200],
        sources=_sources(cells, text or title),
    )


def html_to_text(text: str) -> str:
    """Return what a reader sees of HTML."""
    return " ".join(html.unescape(strip_tags(text)).split())


def _date(cells: Cells, end: str) -> str:
    year, month, day = (cells.text(f"{end}{part}") for part in PARTS.values())
    if not year:
        if month or day:
            cells.doubt(
                "partial-date", f"{end}{'Month' if month else 'Day'}", f"Give {end}Year too, or leave this empty."
            )
        elif not end:
            cells.wrong("Year", "A slide needs a year.")
        return ""
    if not (year.isascii() and year.isdigit() and len(year) <= 4 and int(year)):
        cells.wrong(f"{end}Year", "Only years from 1 to 9999 are kept.")
        return ""
    if day and not month:
        accepted = cells.doubt("partial-date", f"{end}Day", f"Give {end}Month too, or leave this empty.")
        return year.zfill(4) if accepted else ""
    parts = [year.zfill(4)]
    for part, column in ((month, "Month"), (day, "Day")):
        if not part:
            break
        if not (part.isascii() and part.isdigit() and len(part) <= 2):
            cells.wrong(f"{end}{column}", "Write a number.")
            return ""
        parts.append(part.zfill(2))
    return "-".join(parts)


def _mark(start: str, title: str) -> str:
    """Return an id for a slide that has none: the same day and headline have the same."""
    return hashlib.sha256(f"{start}\n{title}".encode()).hexdigest()[:20]


def _sources(cells: Cells, words: str) -> tuple[Source, ...]:
    """Return the timeline itself, by what it says: its media illustrate, they are no evidence."""
    media = cells.text("Media")
    note = f"Media: {media}"[:500] if media.startswith(("http://", "https://")) else ""
    return (Source(quote=words[:5000], note=note),)


def _slides(path: Path, report: Report, accept: Collection[str]) -> Iterator[EventRecord | Cells | None]:
    if path.stat().st_size > LARGEST:
        raise FileRefused(f"The JSON has more than {LARGEST >> 20} MB.")
    check_text(path)
    try:
        timeline = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise FileRefused(f"This is not JSON: {error}.") from None
    slides = timeline.get("events") if isinstance(timeline, dict) else None
    if not isinstance(slides, list):
        raise FileRefused("The JSON has no list “events”.")
    for number, slide in enumerate(slides, 1):
        yield converted(Cells(number, _values(slide), report, accept=accept), event_of)


def _values(slide) -> dict[str, str]:
    """Return a slide as a row of the spreadsheet."""
    slide = slide if isinstance(slide, dict) else {}
    text, media = _inner(slide, "text"), _inner(slide, "media")
    cells = {"Headline": text.get("headline"), "Text": text.get("text"), "Media": media.get("url")}
    cells |= {"Display Date": slide.get("display_date") or _inner(slide, "start_date").get("display_date")}
    cells["unique_id"] = slide.get("unique_id")
    for end, key in (("", "start_date"), ("End ", "end_date")):
        date = _inner(slide, key)
        cells |= {f"{end}{column}": date.get(part) for part, column in PARTS.items()}
        if clock := [str(date[part]).zfill(2) for part in CLOCK if str(date.get(part) or "").isdigit()]:
            cells[f"{end}Time"] = ":".join([*clock, "00"][:3])
    return {name: str(value) for name, value in cells.items() if isinstance(value, str | int)}


def _inner(slide: dict, key: str) -> dict:
    return slide[key] if isinstance(slide.get(key), dict) else {}
