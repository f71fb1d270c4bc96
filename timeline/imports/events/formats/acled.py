"""ACLED export, columns by name. Source: ACLED codebook. Its terms forbid passing the data on."""

import datetime as dt
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from timeline.dates import reader
from timeline.imports.cell_values import MISSING, Cells, Report
from timeline.imports.events.data_set_choice import ACLED
from timeline.imports.events.event_record import ActorPart, EventRecord, NamedActor, NamedPlace, Source
from timeline.imports.events.formats.our_csv import read_table
from timeline.imports.events.resolve_names import country_code, numbered_country_code

name = "acled"
label = "ACLED"
terms = ACLED
columns = {
    "external_id": "event_id_cnty",
    "title": "sub_event_type",
    "edtf": "event_date",
    "place": "location",
    "actors": "actor1",
    "sources": "notes",
}
NEEDED: tuple[str, ...] = (
    "event_id_cnty",
    "event_date",
    "time_precision",
    "event_type",
    "sub_event_type",
    "actor1",
    "country",
)
NEEDED += ("location", "latitude", "longitude", "geo_precision", "source", "notes", "fatalities")

TYPES = {
    "Battles": "clash",
    "Explosions/Remote violence": "strike",
    "Violence against civilians": "violence-against-civilians",
    "Protests": "other",
    "Riots": "other",
    "Strategic developments": "other",
}
FINER = {"Agreement": "agreement"}  # by sub-event
PLACE_PRECISIONS = {"1": "exact", "2": "area", "3": "region"}
TIME_PRECISIONS = {"1": 1, "2": 2, "3": 3}
NOTES = {
    2: "ACLED time_precision 2: known within a week; the middle of it is stored.",
    3: "ACLED time_precision 3: known to the month.",
}
KINDS = {  # of inter1 and inter2, as numbers until 2024 and as words since; who is not armed by it is a group
    **dict.fromkeys(("1", "state forces"), "organisation"),
    **dict.fromkeys(("2", "rebel group", "rebel groups"), "armed_group"),
    **dict.fromkeys(("3", "political militia", "political militias"), "armed_group"),
    **dict.fromkeys(("4", "identity militia", "identity militias"), "armed_group"),
}
CROWDS = ("Civilians", "Protesters", "Rioters")  # named as actors, and nobody one could name again
CROWD_CODES = ("5", "6", "7", "rioters", "protesters", "civilians")  # of inter1 and inter2
_OF_A_STATE = (
    re.compile(  # “Military Forces of Armenia (2018-)”, “Police Forces of India (2014-) Border Security Force”
        r"(?:Government|(?:Military|Police) Forces) of (?:the )?(?P<state>[^()]+?)(?: \([0-9]{4}-(?:[0-9]{4})?\).*)?"
    )
)


def read(path: Path, report: Report, accept: Collection[str] = ()) -> Iterator[EventRecord | Cells | None]:
    return read_table(path, report, event_of, NEEDED, accept=accept, missing=MISSING)


def event_of(cells: Cells) -> EventRecord | None:
    kind, sub = cells.one_of("event_type", TYPES), cells.needed("sub_event_type")
    edtf, note = _date(cells)
    place, deaths = _place(cells), cells.count("fatalities")
    return EventRecord(
        row=cells.row,
        external_id=cells.needed("event_id_cnty"),
        title=_title(cells, sub, place),
        type=FINER.get(sub, kind or ""),
        edtf=edtf,
        date_note=note,
        place=place,
        best=deaths or None,  # a conservative best estimate; 0 where none are reported, which is no count
        summary=_summary(cells, sub, deaths),
        actors=tuple(ActorPart(actor, "participant") for actor in _actors(cells)),
        sources=_sources(cells),
    )


def _date(cells: Cells) -> tuple[str, str]:
    precision, day = cells.one_of("time_precision", TIME_PRECISIONS), _day(cells)
    if precision is None or day is None:
        return "", ""
    edtf = {1: day.isoformat(), 2: _week_around(day), 3: f"{day:%Y-%m}"}[precision]
    return edtf, NOTES.get(precision, "")


def _week_around(day: dt.date) -> str:
    """Return the seven days of which ACLED stores the middle."""
    first, last = max(day.toordinal() - 3, 1), min(day.toordinal() + 3, dt.date.max.toordinal())
    return f"[{dt.date.fromordinal(first)}..{dt.date.fromordinal(last)}]"


def _day(cells: Cells) -> dt.date | None:
    """Return the day, written as 2022-03-25 or as 25 March 2022."""
    try:
        day = reader.read_day(cells.without_clock("event_date"))
    except ValueError:
        cells.wrong("event_date", "Write a day that exists, as 2022-03-25 or 25 March 2022.")
        return None
    if (year := cells.text("year")) and year != str(day.year):
        right = f"The year disagrees with event_date, which is in {day.year}. Correct one of the two."
        cells.doubt("conflicting-year", "year", right)
    return day


def _place(cells: Cells) -> NamedPlace | None:
    precision = cells.one_of("geo_precision", PLACE_PRECISIONS)
    latitude, longitude = cells.point("latitude", "longitude")
    name = cells.text("location")
    return NamedPlace(name, _country(cells), latitude, longitude, precision or "") if name else None


def _country(cells: Cells) -> str:
    """Return the code of the country by its number, or by its name where the file has no number."""
    number, country = cells.text("iso"), cells.text("country")
    by_number, by_name = numbered_country_code(number), country_code(country)
    if by_number and by_name and by_number != by_name:
        cells.doubt(
            "conflicting-country", "country", f"The number in iso is that of {by_number}. Correct one of the two."
        )
    if by_number and country and not by_name:
        cells.remarks.append(f"country “{country}” is taken for {by_number}, by its number")
    if code := by_number or by_name:
        return code
    if number or country:
        column = "iso" if number else "country"
        right = "No such country is known. Give the number of ISO 3166 in iso, or the name that ISO prints."
        cells.doubt("unknown-country", column, right)
    return ""


def _title(cells: Cells, sub: str, place: NamedPlace | None) -> str:
    sides = " and ".join(filter(None, [cells.text("actor1"), cells.text("actor2")]))
    words = ": ".join(filter(None, [sub, sides])) + (f" at {place.name}" if place else "")
    return words if len(words) <= 200 else f"{words[:199]}…"


def _summary(cells: Cells, sub: str, deaths: int | None) -> str:
    """Return ACLED's own types, which ours do not keep apart, and that no deaths are reported."""
    types = f"ACLED event_type {cells.text('event_type')}, sub_event_type {sub}."
    return f"{types} ACLED has no deaths reported." if deaths == 0 else types


def _actors(cells: Cells) -> list[NamedActor]:
    """Return all that are named, in their order. The order implies no direction, and nobody is named a victim."""
    kinds: dict[str, str] = {}
    for side in "12":
        code, name = cells.text(f"inter{side}").lower(), cells.text(f"actor{side}")
        if code not in CROWD_CODES:
            kinds.setdefault(name, KINDS.get(code, "group"))
    for name in (name.strip() for side in "12" for name in cells.text(f"assoc_actor_{side}").split(";")):
        kinds.setdefault(name, "group")
    return [
        _actor(name, kind)
        for name, kind in kinds.items()
        if name and name not in MISSING and not name.startswith(CROWDS)
    ]


def _actor(name: str, kind: str) -> NamedActor:
    """Return the actor with the state that it belongs to: the forces and the government of a country that ISO names. The years
    in the name are those of a regime, so that such an actor is not the state itself."""
    match = _OF_A_STATE.fullmatch(name)
    if match and country_code(match["state"]):
        return NamedActor(name, "organisation", state=match["state"])
    return NamedActor(name, "state" if name.startswith("Government of ") else kind)


def _sources(cells: Cells) -> tuple[Source, ...]:
    """Return the record itself, in its own words: what ACLED's sources say word for word is not in the file."""
    words, named = cells.lines("notes"), cells.text("source")
    note = f"Sources by ACLED: {named}"[:500] if named else ""
    return (Source(quote=words[:5000], note=note),) if words else ()
