"""What a file says of its document: title, addresses and days. The day of capture is never taken for that of publication."""

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from timeline.dates import dateline, reader
from timeline.dates.dateline import whole_line
from timeline.extraction.extracted import Extracted, checked_text, one_line
from timeline.imports.briefings.document import Document, Refused
from timeline.models.source_day import SourceDate
from timeline.text import source_text
from timeline.text.page_furniture import furniture_lines, plain_title, without_furniture
from timeline.text.track import NO_TRACK

_STAMP = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ].*|\d{6})")  # with a clock time, as machines write it
_NOT_GIVEN = {"", "na", "n/a", "none", "null", "nan", "unknown", "-"}
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/(\d{8})\d{0,6}[a-z_]*/(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a document is, and where a copy of it does, taken on that day."""

    url: str
    archive_url: str = ""
    copied_on: dt.date | None = None


def parse_day(value: str, name: str) -> dt.date | None:
    """Return the day as it is written, whatever its time zone; None where none is given. Raises Refused."""
    value = value.strip()
    if value.lower() in _NOT_GIVEN:
        return None
    stamp = _STAMP.fullmatch(value)
    try:
        return whole_line(value) or reader.read_day("-".join(stamp.groups()) if stamp else value)
    except ValueError as error:
        raise Refused(f"{name}: {error}") from None


def parse_published(value: str, name: str) -> SourceDate:
    """Return the day, or the month or year, that is written. Raises Refused."""
    edtf = reader.plain_date(value.strip())
    if edtf and len(edtf) < len("2022-03-24"):
        return SourceDate(within=edtf)
    return SourceDate(parse_day(value, name))


def parse_stamp(value: str) -> dt.datetime | None:
    """Return the moment that is written with its offset from UTC; None for a day, and for midnight in UTC, which is how
    machines write a day."""
    try:
        stamp = dt.datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    if stamp.tzinfo is None or (not stamp.utcoffset() and stamp.time() == dt.time()):
        return None
    return stamp


def dated_where_published(document: Document, zone: str) -> Document:
    """Return the document with the day that it was, in the publisher's time zone, when it came out; `zone` "": not known,
    then the day is that of the stamp, and a note says so where the stamp is in UTC."""
    stamp = document.stamp
    if stamp is None or document.published.day != stamp.date():
        return document
    if not zone:
        note = f"day of its time stamp, {stamp:%H:%M} UTC: the publisher's time zone is not known"
        return document if stamp.utcoffset() else replace(document, notes=(*document.notes, note))
    try:
        day = stamp.astimezone(ZoneInfo(zone)).date()
    except OverflowError:  # in the first or the last hours that can be written
        return document
    if day == document.published.day:
        return document
    before = published_day(document.published, document.text)[1]
    published, notes = published_day(SourceDate(day), document.text)
    notes = [*(note for note in document.notes if note not in before), *notes]
    notes.append(f"stamped {stamp:%Y-%m-%d %H:%M %Z}, which was {day} in {zone}")
    return replace(document, published=published, notes=tuple(notes))


def split_address(url: str, archive_url: str = "") -> Address:
    """Return the addresses apart: a copy in the Wayback Machine names its source and the day it was taken."""
    archived = _ARCHIVED.fullmatch(url.strip()) or _ARCHIVED.fullmatch(archive_url.strip())
    if not archived:
        return Address(url.strip().partition("#")[0], archive_url.strip())
    source = archived[2] if "://" in archived[2] else f"http://{archived[2]}"
    url = source if _ARCHIVED.fullmatch(url.strip()) or not url.strip() else url.strip()
    return Address(url.partition("#")[0], archived[0], _copied_on(archived[1]))


def separate_capture_day(stated: dt.date | None, where: Address) -> tuple[dt.date | None, dt.date | None, list[str]]:
    """Return (published, captured, notes) of a day that a file calls its date: the day of the copy is no publication."""
    if where.copied_on is None or stated is None:
        return stated, where.copied_on, []
    if stated >= where.copied_on:
        return None, where.copied_on, [f"its date, {stated}, is that of the archived copy"]
    return stated, where.copied_on, []


def _copied_on(digits: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(digits, "%Y%m%d").date()  # noqa: DTZ007 (a day has no time zone)
    except ValueError:
        return None


def make_document(where: str, extracted: Extracted) -> Document:
    """Return the document of what was read. Raises Refused where title or text is missing or a day is none."""
    fields = defaultdict(str, extracted.fields)
    title = plain_title(one_line(source_text.normalise(fields["title"])), one_line(fields["site"]))
    if not title:
        raise Refused("There is no title. Give it one: title: in the front matter, or a column “title”.")
    printed = checked_text(extracted.text)
    text, around = without_furniture(printed)
    address = split_address(fields["url"], fields["archive_url"])
    published, dated = (
        parse_published(fields["published"], "The day of publication"),
        parse_published(fields["date"], "date"),
    )
    stated, captured, capture_notes = separate_capture_day(dated.day, address)
    captured = parse_day(fields["captured"], "The day of capture") or captured
    published, day_notes = published_day(published if published.edtf else SourceDate(stated, dated.within), text)
    return Document(
        where,
        title,
        text,
        published=published,
        stamp=parse_stamp(fields["published"] or fields["date"]),
        captured_on=captured,
        url=address.url,
        archive_url=address.archive_url,
        language=fields["language"].strip(),
        publisher=one_line(fields["publisher"]),
        kind=fields["kind"].strip(),
        about=fields["about"],
        speakers=fields["speakers"],
        notes=(*extracted.notes, *around, *capture_notes, *day_notes),
        track=extracted.track.without_lines(printed, text, furniture_lines(printed))
        if extracted.track.kind
        else NO_TRACK,
    )


def published_day(published: SourceDate, text: str) -> tuple[SourceDate, list[str]]:
    """Return (date of publication, notes): what the file says; else the day at the head of the text; else nothing.

    Another day in the text is reported and stays in the text: that is when it was spoken, not when it was posted.
    """
    at_head = dateline.stated_at_head(text)
    if not published.edtf:
        return SourceDate(at_head), [] if at_head else ["day of publication not known"]
    if at_head and at_head != published.day:
        return published, [
            f"posted {'on' if published.day else 'in'} {published.edtf}; the text itself is dated {at_head}"
        ]
    return published, []
