"""Which day a file means: that of publication, or that of capture. One is never taken for the other.

The lines between `---` at the head of a Markdown file, read strictly: names with a value or a list of values.

The parser is PyYAML's; what makes YAML dangerous (aliases, tags, values that name a type) is refused here, and every
value stays the text that is printed.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import yaml

from timeline.dates import dateline, reader
from timeline.dates.dateline import whole_line
from timeline.imports.briefings.document import Document, Refused, checked_text, one_line
from timeline.imports.briefings.page_furniture import plain_title, without_furniture
from timeline.models.source_day import SourceDate
from timeline.text import source_text

_STAMP = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ].*|\d{6})")  # with a clock time, as machines write it
_NOT_GIVEN = {"", "na", "n/a", "none", "null", "nan", "unknown", "-"}
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/(\d{8})\d{0,6}[a-z_]*/(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a document stands, and where a copy of it does, taken on that day."""

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


LONGEST = 20_000  # characters
DEEPEST = 10  # lists and tables inside one another; the parser takes the square of it in time
_BLOCK = re.compile(r"\A---[ \t]*\n(?P<lines>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the values by their names in small letters, and the rest of the text; no values where nothing opens them.

    A list is joined with commas; a table inside is left out. Raises Refused.
    """
    block = _BLOCK.match(text)
    if not block:
        if text.startswith("---\n"):
            raise Refused("The front matter is not closed: write a line of three hyphens after its last value.")
        return {}, text
    if len(block["lines"]) > LONGEST:
        raise Refused(f"The front matter has more than {LONGEST:,} characters. Is its closing line missing?")
    try:
        return dict(_values(block["lines"])), text[block.end() :]
    except yaml.YAMLError as error:
        raise Refused(f'The front matter cannot be read{_where(error)}. Write lines like title: "Words".') from None


def _values(lines: str) -> Iterator[tuple[str, str]]:
    """Yield (name, value). PyYAML's events come one by one: what is refused is read no further."""
    depth, seen = 0, set()
    name: str | None = None
    words: list[str] = []
    for event in yaml.parse(lines, Loader=yaml.SafeLoader):
        _refuse_tricks(event)
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise Refused(f"The front matter nests more than {DEEPEST} deep. Write plain values.")
            if depth == 1 and not isinstance(event, yaml.MappingStartEvent):
                raise Refused('The front matter is a list. Write lines like title: "Words".')
            continue
        elif isinstance(event, yaml.ScalarEvent) and depth == 1 and name is None:
            name, words = event.value.strip().lower(), []
            if name in seen:
                raise Refused(f"“{name[:60]}” stands twice in the front matter. Keep one.")
            seen.add(name)
            continue
        elif isinstance(event, yaml.ScalarEvent) and depth in (1, 2):
            words.append(event.value)
        elif isinstance(event, yaml.ScalarEvent) and not depth:
            raise Refused('The front matter has no names. Write lines like title: "Words".')
        if depth == 1 and name is not None:
            yield name, ", ".join(words)
            name = None


def _refuse_tricks(event: yaml.Event) -> None:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise Refused("The front matter refers to itself (& and *). Write every value out.")
    if tag := getattr(event, "tag", None):
        raise Refused(f"The front matter names a type ({str(tag)[:40]}). Write plain values.")


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f" in line {mark.line + 2}: {getattr(error, 'problem', '')}" if mark else ""


# The names under which files give the same thing, and a document made from them: for front matter and for columns.

NAMES = {
    "title": ("title", "headline", "name"),
    "published": ("published_on", "published", "published_time", "date_published", "publication_date", "posted"),
    "date": ("date",),
    "captured": ("captured_on", "captured", "capture_date", "accessed", "retrieved", "archived_on"),
    "url": ("source_url", "url", "canonical_url", "link", "address"),
    "archive_url": ("archive_url", "archived_copy", "wayback"),
    "language": ("language", "lang"),
    "publisher": ("publisher", "organisation", "organization", "site"),
    "kind": ("kind", "type", "document_type"),
    "about": ("tags", "tag", "category", "section"),
    "speakers": ("speakers", "speaker"),
    "text": ("text", "body", "content", "transcript"),
}


def group_by_meaning(values: dict[str, str]) -> dict[str, str]:
    """Return what each of NAMES has here; "" where it has nothing."""
    return {
        meaning: next((values[name] for name in names if values.get(name, "").strip()), "")
        for meaning, names in NAMES.items()
    }


def make_document(where: str, fields: dict[str, str], text: str, notes: list[str]) -> Document:
    """Return the document of these values. Raises Refused where title or text is missing or a day is none."""
    title = plain_title(one_line(source_text.normalise(fields["title"])), one_line(fields.get("site", "")))
    if not title:
        raise Refused("There is no title. Give it one: title: in the front matter, or a column “title”.")
    text, around = without_furniture(checked_text(text))
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
        notes=(*notes, *around, *capture_notes, *day_notes),
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
