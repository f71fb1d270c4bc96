"""Our own table: one row for each event, offered as a template. A list in a cell is separated by “ ‖ ”, as in our exports."""

import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from django_countries import countries

from timeline.dates import reader
from timeline.exports.columns import SEPARATOR
from timeline.imports.cell_values import Cells, Report, open_table, rows
from timeline.imports.events.event_record import ActorPart, EventRecord, NamedActor, NamedPlace, Source
from timeline.imports.events.resolve_names import country_code
from timeline.imports.file_bytes import FileRefused, Problem
from timeline.models.place import PlacePrecision

# What the formats that are tables share: columns by name, the event of each row, rows that are wrong reported.

Convert = Callable[[Cells], EventRecord | None]


def read_table(
    path: Path, report: Report, convert: Convert, needed: tuple[str, ...], *, accept: Collection[str] = (), **reading
) -> Iterator[EventRecord | Cells | None]:
    """Yield the event of each row; of a row that was reported its cells, or None where it has not as many as the header.
    `reading`: as Cells takes it. Raises FileRefused."""
    delimiter, header, skip = open_table(path)
    if absent := [name for name in needed if name not in header]:
        raise FileRefused(
            f"The header has no column {', '.join(f'“{name}”' for name in absent)}. Is the format the right one?"
        )
    failed: list[Problem] = []

    def refuse(problem: Problem) -> None:
        failed.append(problem)
        report(problem)

    for row, values in rows(path, header, refuse, delimiter, skip=skip):
        yield from (None for _ in failed)
        failed.clear()
        yield converted(Cells(row, dict(zip(header, values, strict=True)), report, accept=accept, **reading), convert)
    yield from (None for _ in failed)


def converted(cells: Cells, convert: Convert) -> EventRecord | Cells | None:
    """Return the event of a row with its marks; its cells where something was reported."""
    record = convert(cells)
    if cells.failed or record is None:
        return cells if cells.failed else None
    record.marks, record.remarks = tuple(cells.marks), tuple(cells.remarks)
    return record


name = "csv"
label = "Our CSV"
MEANINGS = {  # column -> what it holds; the template and its README are made of these
    "id": "Your own id of the event. The same id in a later file changes the event. Needed.",
    "title": "What happened, in at most 200 characters. Needed.",
    "summary": "What a reader must know beside the quotes.",
    "type": "Slug of a type, like phone-call or clash. Needed.",
    "date": "EDTF, or words like “21 or 22 March 2022”; never more precise than the source.",
    "date_as_stated": "The source's own words for the date.",
    "date_note": "How they were understood.",
    "time_of_day": "HH:MM, only with a known day and time_zone.",
    "time_zone": "IANA name, like Asia/Yerevan.",
    "place": "Name of the place.",
    "country": "ISO 3166-1 of the place, like AM.",
    "latitude": "Degrees north, WGS 84.",
    "longitude": "Degrees east, WGS 84.",
    "place_precision": f"{', '.join(PlacePrecision.values[:-1])} or {PlacePrecision.values[-1]}; empty: not stated.",
    "conflict": "Name of the conflict.",
    "actors": "Name, office [role] ‖ Name [role]; role is initiator, recipient, participant or mediator.",
    "deaths_low": "Lowest count of deaths.",
    "deaths_best": "Best estimate of deaths.",
    "deaths_high": "Highest count of deaths.",
    "quotes": "Exact words of each source, separated by “ ‖ ”.",
    "acts": "What each source does: announces, confirms, reports ...; empty: reports.",
    "briefings": "Slug of each source that is stored here; its quote must be in its text. Then no title, publisher, date and address.",
    "source_titles": "Title of each source.",
    "source_publishers": "Who put each out.",
    "source_dates": "Day of each, like 2022-03-25 or 25 March 2022; or its month or year, 2022-03 or 2022; empty: not known.",
    "source_urls": "Address of each; empty: that of the data set.",
}
columns = {
    "external_id": "id",
    "edtf": "date",
    "low": "deaths_low",
    "best": "deaths_best",
    "high": "deaths_high",
    "sources": "quotes",
    "source_days": "source_dates",
    "urls": "source_urls",
}
LISTS = ("quotes", "acts", "briefings", "source_titles", "source_publishers", "source_dates", "source_urls")
PRECISIONS = {precision: precision for precision in ("", *PlacePrecision.values)}
_ACTOR = re.compile(r"(?P<name>[^\[\],]+?)(?:,\s*(?P<office>[^\[\]]+?))?\s*\[(?P<role>\w+)\]")


def read(path: Path, report: Report, accept: Collection[str] = ()) -> Iterator[EventRecord | Cells | None]:
    return read_table(path, report, event_of, ("id", "title", "type", "date"), accept=accept, guarded=True)


def event_of(cells: Cells) -> EventRecord | None:
    return EventRecord(
        row=cells.row,
        external_id=cells.needed("id"),
        title=cells.needed("title"),
        type=cells.needed("type"),
        edtf=_date(cells),
        summary=cells.lines("summary"),
        date_as_stated=cells.text("date_as_stated"),
        date_note=cells.text("date_note"),
        time_of_day=_clock(cells),
        time_zone=cells.text("time_zone"),
        place=_place(cells),
        conflict=cells.text("conflict"),
        low=cells.count("deaths_low"),
        best=cells.count("deaths_best"),
        high=cells.count("deaths_high"),
        actors=_actors(cells),
        sources=_sources(cells),
    )


def _date(cells: Cells) -> str:
    """Return the date as EDTF; "" where the cell is empty, or a date without its year is accepted."""
    text = cells.text("date")
    try:
        return reader.read(text) if text else ""
    except ValueError as error:
        return _doubtful_date(cells, text, error)


def _doubtful_date(cells: Cells, text: str, error: ValueError) -> str:
    day, clock = reader.split_clock(text)
    if getattr(error, "lacks_year", False):
        cells.doubt("partial-date", "date", str(error))
    elif not (clock and reader.plain_date(day)):
        cells.wrong("date", str(error))
    elif cells.doubt("clock-time", "date", str(error)):
        return reader.plain_date(day)
    return ""


def _clock(cells: Cells) -> str:
    text = cells.text("time_of_day")
    return f"{text}:00" if re.fullmatch(r"\d\d:\d\d", text) else text


def _place(cells: Cells) -> NamedPlace | None:
    latitude, longitude = cells.point("latitude", "longitude")
    precision = cells.one_of("place_precision", PRECISIONS)
    if place := cells.text("place"):
        return NamedPlace(place, _country(cells), latitude, longitude, precision or "")
    if latitude:
        cells.wrong("place", "Give the place a name.")
    return None


def _country(cells: Cells) -> str:
    country = cells.text("country")
    code = country.upper() if country.upper() in countries else country_code(country)
    if country and not code:
        cells.doubt("unknown-country", "country", "Write the code of two letters of ISO 3166-1, like AM.")
    return code


def _actors(cells: Cells) -> tuple[ActorPart, ...]:
    actors = []
    for text in filter(None, map(str.strip, cells.lines("actors").split(SEPARATOR.strip()))):
        if parts := _ACTOR.fullmatch(text):
            actors.append(ActorPart(NamedActor(parts["name"].strip()), parts["role"], (parts["office"] or "").strip()))
        else:
            cells.wrong("actors", "Write each actor as “Name [role]” or “Name, office [role]”, separated by “ ‖ ”.")
    return tuple(actors)


def _sources(cells: Cells) -> tuple[Source, ...]:
    lists = {column: [text.strip() for text in cells.lines(column).split(SEPARATOR.strip())] for column in LISTS}
    quotes = lists["quotes"] if any(lists["quotes"]) else []
    for column in LISTS[1:]:
        if len(lists[column]) not in (len(quotes), 1) or (any(lists[column]) and len(lists[column]) != len(quotes)):
            cells.wrong(column, f"As many items as quotes: {len(quotes)}. An item may be empty.")
            return ()
        lists[column] = lists[column] if len(lists[column]) == len(quotes) else [""] * len(quotes)
    lists["source_dates"] = [_source_date(cells, words) for words in lists["source_dates"]]
    return tuple(_source(*column) for column in zip(*(lists[name] for name in LISTS), strict=True)) if quotes else ()


def _source_date(cells: Cells, text: str) -> str:
    """Return the day, month or year as EDTF; "" where none is given, and where the words say none, which is reported."""
    day, clock = reader.split_clock(text)
    if clock:
        cells.doubt("clock-time", "source_dates", "No time zone says when this is. Write the day alone.")
    try:
        return reader.read_source_date(day) if text else ""
    except ValueError as error:
        cells.wrong("source_dates", str(error))
        return ""


def _source(quote: str, act: str, briefing: str, title: str, publisher: str, day: str, url: str) -> Source:
    if briefing:
        return Source(quote, act=act or "reports", briefing=briefing)
    named = NamedActor(publisher) if publisher else None
    return Source(quote, title or url[:300], named, day, url, act or "reports")


EXAMPLE = {
    "id": "our-1",
    "title": "Foreign ministers speak by telephone",
    "type": "phone-call",
    "date": "2022-03-24",
    "date_as_stated": "yesterday",
    "actors": "Armenia [participant] ‖ Azerbaijan [participant]",
    "quotes": "The ministers spoke yesterday.",
    "source_titles": "Readout of the call",
    "source_publishers": "Ministry of Foreign Affairs",
    "source_dates": "2022-03-25",
    "source_urls": "https://example.org/readout",
}


def template() -> str:
    """Return an empty table with one row that shows how it is filled in."""
    row = ",".join(f'"{EXAMPLE.get(column, "")}"' if EXAMPLE.get(column) else "" for column in MEANINGS)
    return f"{','.join(MEANINGS)}\r\n{row}\r\n"


def readme() -> str:
    lines = "\n".join(f"- `{column}`: {meaning}" for column, meaning in MEANINGS.items())
    return (
        "# Events as CSV\n\nOne row for each event, UTF-8, commas, the names of the columns in the first row. Columns may "
        "may be in any order; those that are not needed may be left out. Several sources share one row, their items "
        f"separated by “{SEPARATOR}” in the same order in each column.\n\n{lines}\n\nDelete the row of the example.\n"
    )
