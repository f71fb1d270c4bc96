"""The columns of GDELT's files, which have no header, and our type for a CAMEO code. Source: GDELT codebooks, CAMEO 1.1b3.

GDELT events 1.0 and 2.0: tabs without a header as GDELT publishes them, or a table with one. Source: GDELT codebooks.

CAMEO codes are text: 030 is not 30.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from timeline.imports.cell_values import MISSING, Cells, Report, Table, open_table, rows
from timeline.imports.events.data_set_choice import GDELT
from timeline.imports.events.event_record import ActorPart, EventRecord, NamedActor, NamedPlace, Source
from timeline.imports.events.formats.our_csv import converted
from timeline.imports.events.resolve_names import country_code
from timeline.imports.file_bytes import FileRefused, Problem, check_text


def _actor_columns(side: str) -> list[str]:
    parts = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code")
    return [f"{side}{part}" for part in (*parts, "Type1Code", "Type2Code", "Type3Code")]


def _place_columns(whose: str, *, second: bool) -> list[str]:
    codes = ("ADM1Code", "ADM2Code") if second else ("ADM1Code",)
    return [f"{whose}Geo_{part}" for part in ("Type", "FullName", "CountryCode", *codes, "Lat", "Long", "FeatureID")]


def _all(*, second: bool) -> list[str]:
    columns = [
        "GLOBALEVENTID",
        "SQLDATE",
        "MonthYear",
        "Year",
        "FractionDate",
        *_actor_columns("Actor1"),
        *_actor_columns("Actor2"),
    ]
    columns += ["IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"]
    columns += ["NumMentions", "NumSources", "NumArticles", "AvgTone"]
    for whose in ("Actor1", "Actor2", "Action"):
        columns += _place_columns(whose, second=second)
    return [*columns, "DATEADDED"]


ONE_BEFORE_2013 = _all(second=False)
ONE = [*ONE_BEFORE_2013, "SOURCEURL"]
TWO = [*_all(second=True), "SOURCEURL"]

TYPES = {  # CAMEO code or its beginning, the longest that fits counts
    "01": "statement",
    "02": "appeal",
    "04": "negotiation",
    "041": "phone-call",
    "042": "visit",
    "043": "visit",
    "044": "meeting",
    "045": "mediation",
    "057": "agreement",
    "07": "humanitarian-aid",
    "0841": "prisoner-release",
    "0871": "ceasefire",
    "0874": "withdrawal",
    "10": "appeal",
    "11": "condemnation",
    "112": "accusation",
    "13": "threat",
    "15": "mobilisation",
    "154": "troop-movement",
    "163": "sanctions",
    "18": "violence-against-civilians",
    "19": "clash",
    "194": "strike",
    "195": "strike",
    "196": "ceasefire-violation",
}


def type_of(code: str) -> str:
    """Return the slug of our type; "other" where none fits."""
    for length in range(len(code), 1, -1):
        if kind := TYPES.get(code[:length]):
            return kind
    return "other"


name = "gdelt"
label = "GDELT events 1.0 or 2.0"
terms = GDELT
columns = {
    "external_id": "GLOBALEVENTID",
    "title": "EventCode",
    "edtf": "SQLDATE",
    "place": "ActionGeo_FullName",
    "actors": "Actor1Name",
    "sources": "SOURCEURL",
    "source_days": "DATEADDED",
    "urls": "SOURCEURL",
}
NEEDED = ("GLOBALEVENTID", "SQLDATE", "EventCode", "Actor1Name", "Actor2Name")
WITHOUT_HEADER = {len(columns): columns for columns in (ONE_BEFORE_2013, ONE, TWO)}
NOTE = "GDELT SQLDATE: taken from an article by software, and often the day of the article."
PRECISIONS = {"1": "country", "2": "province", "3": "exact", "4": "exact", "5": "province"}


def read(path: Path, report: Report, accept: Collection[str] = ()) -> Iterator[EventRecord | Cells | None]:
    delimiter, header, skip = _open(path)
    failed: list[Problem] = []

    def refuse(problem: Problem) -> None:
        failed.append(problem)
        report(problem)

    reported = rows(path, header, refuse, delimiter, skip=skip, quoted=delimiter != "\t")
    for row, values in reported:
        yield from (None for _ in failed)
        failed.clear()
        cells = Cells(row, dict(zip(header, values, strict=True)), report, missing=MISSING, accept=accept)
        yield converted(cells, event_of)
    yield from (None for _ in failed)


def _first_line(path: Path) -> str:
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        return file.readline(1 << 16)


def _open(path: Path) -> Table:
    """Return the table. Raises FileRefused where the columns do not fit the rows: every value would shift."""
    first = _first_line(path)
    delimiter = "\t" if "\t" in first else ","
    if first.partition(delimiter)[0].isdigit():
        count = first.count(delimiter) + 1
        if header := WITHOUT_HEADER.get(count):
            check_text(path)
            return Table(delimiter, header, 0)
        raise FileRefused(f"The rows have {count} cells. GDELT 1.0 has 57 or 58, GDELT 2.0 has 61.")
    delimiter, names, skip = open_table(path)
    header = ["GLOBALEVENTID" if column.upper() == "GLOBALEVENTID" else column for column in names]
    if missing := [column for column in NEEDED if column not in header]:
        raise FileRefused(f"The header has no column {', '.join(missing)}. Is the format the right one?")
    misfits: list = []
    row = next(rows(path, header, misfits.append, delimiter, skip=skip, quoted=delimiter != "\t"), None)
    if row is None and misfits:
        raise FileRefused(
            f"The header does not fit the rows, so that values would be under wrong names. Line {misfits[0].row}: {misfits[0].right}"
        )
    return Table(delimiter, header, skip)


def event_of(cells: Cells) -> EventRecord | None:
    code = cells.text("EventCode")
    if not code.isdigit():
        cells.wrong("EventCode", "Write the CAMEO code as text, like 042.")
    first, second = _actor(cells, "Actor1"), _actor(cells, "Actor2")
    place = _place(cells)
    return EventRecord(
        row=cells.row,
        external_id=cells.needed("GLOBALEVENTID"),
        title=_title(first, second, code, place),
        type=type_of(code),
        edtf=_date(cells),
        date_note=NOTE,
        place=place,
        actors=tuple(ActorPart(actor, role) for actor, role in ((first, "initiator"), (second, "recipient")) if actor),
        sources=_sources(cells),
    )


def _date(cells: Cells) -> str:
    day = _day(cells.text("SQLDATE"))
    if day is None:
        cells.wrong("SQLDATE", "Write a day that exists as YYYYMMDD.")
        return ""
    for column, stated in (("Year", f"{day:%Y}"), ("MonthYear", f"{day:%Y%m}")):
        if (text := cells.text(column)) and text != stated:
            cells.doubt("conflicting-year", column, f"It disagrees with SQLDATE, which is in {stated}. Correct one.")
    return f"{day}?"


def _day(text: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text[:8], "%Y%m%d").date() if text[:8].isdigit() else None  # noqa: DTZ007 (a plain day)
    except ValueError:
        return None


def _actor(cells: Cells, side: str) -> NamedActor | None:
    """Return who the cell names. A CAMEO code is shared by whoever has that role in that country: only a country's own code,
    beside its own name, says who it is."""
    actor, code = cells.text(f"{side}Name"), cells.text(f"{side}Code")
    if not actor:
        return None
    named = actor.title() if actor.isupper() else actor
    # No country for the code of a region, like "EUR"
    country = country_code("", code) if code and code == cells.text(f"{side}CountryCode") else ""
    if country and country == country_code(actor):
        return NamedActor(named, "state", "cameo-country", code)
    return NamedActor(named, "group")


def _place(cells: Cells) -> NamedPlace | None:
    precision = PRECISIONS.get(cells.text("ActionGeo_Type"), "")
    latitude, longitude = cells.point("ActionGeo_Lat", "ActionGeo_Long")
    full = cells.text("ActionGeo_FullName")
    if not full or not precision or (latitude is None) != (longitude is None):
        return None
    country = country_code(full.rpartition(",")[2].strip())
    if not country:
        cells.doubt("unknown-country", "ActionGeo_FullName", "It ends in no country that is known. Write ISO's name.")
    number = cells.text("ActionGeo_FeatureID")
    scheme = "gdelt-feature" if number else ""
    return NamedPlace(full, country, latitude, longitude, precision, scheme, number)


def _title(first: NamedActor | None, second: NamedActor | None, code: str, place: NamedPlace | None) -> str:
    sides = " and ".join(actor.name for actor in (first, second) if actor) or "Nobody named"
    return f"{sides}: CAMEO {code}{f' at {place.name}' if place else ''}"[:200]


def _sources(cells: Cells) -> tuple[Source, ...]:
    """Return the record, at the address of the article it was made from. Its words are the record's, not the article's."""
    quoted = ("GLOBALEVENTID", "SQLDATE", "Actor1Name", "EventCode", "Actor2Name", "ActionGeo_FullName")
    quote = ", ".join(f"{column} {text}" for column in quoted if (text := cells.text(column)))
    note = "The words are GDELT's record, made by software; they are not the article's."
    url = cells.text("SOURCEURL")
    if not url.startswith(("http://", "https://")):
        return (Source(quote=quote, note=note),)
    host = urlsplit(url).hostname or "unknown host"
    added = _day(cells.text("DATEADDED"))
    return (
        Source(
            quote,
            f"Article at {host}"[:300],
            NamedActor(host),
            added.isoformat() if added else "",
            url,
            note=note,
        ),
    )
