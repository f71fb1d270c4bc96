"""UCDP Georeferenced Event Dataset, any version: columns by name. Source: GED codebooks 19.1 and 23.1."""

import calendar
import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from timeline.imports.cell_values import MISSING, Cells, Report
from timeline.imports.events.data_set_choice import UCDP
from timeline.imports.events.event_record import ActorPart, EventRecord, NamedActor, NamedPlace, Source
from timeline.imports.events.formats.our_csv import read_table
from timeline.imports.events.resolve_names import country_code
from timeline.models.source_day import is_source_day

name = "ucdp-ged"
label = "UCDP GED"
terms = UCDP
columns = {  # part of an event -> column of the file
    "external_id": "id",
    "title": "conflict_name",
    "edtf": "date_start",
    "place": "where_coordinates",
    "actors": "side_a",
    "sources": "source_article",
    "conflict": "conflict_name",
    "summary": "where_description",
    "source_days": "source_article",
}
NEEDED: tuple[str, ...] = (
    "id",
    "type_of_violence",
    "conflict_name",
    "side_a",
    "side_b",
    "source_article",
    "where_prec",
)
NEEDED += ("where_coordinates", "latitude", "longitude", "country", "date_prec", "date_start", "date_end")
NEEDED += ("low", "best", "high")

NON_STATE, ONE_SIDED = "2", "3"
TYPES = {"1": "clash", NON_STATE: "clash", ONE_SIDED: "violence-against-civilians"}
CODES = {"1": "state-based", NON_STATE: "non-state", ONE_SIDED: "one-sided"}
LONGEST_TITLE = 200
PRECISIONS = {
    "1": "exact",
    "2": "near",
    "3": "district",
    "4": "province",
    "5": "feature",
    "6": "country",
    "7": "waters",
}
DATE_PRECISIONS = {str(number): number for number in range(1, 6)}
CLARITIES = {"1": False, "2": True, "": False}
UNITS = {3: "week", 4: "month", 5: "year"}
NOTES = {
    1: "UCDP date_prec 1: known to the day.",
    2: "UCDP date_prec 2: known within two to six days.",
    3: "UCDP date_prec 3: known to the week.",
    4: "UCDP date_prec 4: known within eight to thirty days, or to the month.",
    5: "UCDP date_prec 5: known within more than a month, at most a year.",
}
_ARTICLE = re.compile(r"(?P<office>[^\n]{1,300}?),\s*(?P<day>\d{4}-\d{2}-\d{2}),(?P<headline>.*)", re.DOTALL)
_BETWEEN_ARTICLES = re.compile(r'"\s*;\s*"')


def read(path: Path, report: Report, accept: Collection[str] = ()) -> Iterator[EventRecord | Cells | None]:
    return read_table(path, report, event_of, NEEDED, accept=accept, missing=MISSING)


def event_of(cells: Cells) -> EventRecord | None:
    kind, code = cells.one_of("type_of_violence", TYPES), cells.text("type_of_violence")
    external_id, first, second = cells.needed("id"), cells.needed("side_a"), cells.text("side_b")
    edtf, note = _date(cells)
    place = _place(cells)
    counts = [cells.count(name) for name in ("low", "best", "high")]
    if cells.failed:
        return None
    record = EventRecord(
        row=cells.row,
        external_id=external_id,
        title=_title(code, place.name if place else "", counts),
        type=kind or "",
        edtf=edtf,
        summary=_summary(cells, code),
        date_note=note,
        place=place,
        conflict=cells.text("conflict_name"),
        low=counts[0],
        best=counts[1],
        high=counts[2],
        actors=_actors(cells, code, first, second),
        sources=_sources(cells),
    )
    return None if cells.failed else record


def _date(cells: Cells) -> tuple[str, str]:
    """Return the date, and how it was understood. Only date_prec 1 is a day; the others are ranges of possible days."""
    precision, first, last = cells.one_of("date_prec", DATE_PRECISIONS), cells.day("date_start"), cells.day("date_end")
    if precision is None or cells.failed:
        return "", ""
    if first is None or last is None:
        cells.wrong("date_end" if first else "date_start", "Write the day as YYYY-MM-DD; it must not be empty.")
        return "", ""
    if last < first:
        cells.wrong("date_end", f"It lies before date_start, {first}.")
    elif precision == 1 and first != last:
        cells.wrong("date_end", f"date_prec 1 is one day, but date_start is {first}.")
    if (year := cells.text("year").removesuffix(".0")) and not f"{first.year}" <= year <= f"{last.year}":
        cells.doubt("conflicting-year", "year", f"The year disagrees with date_start, {first}. Correct one of the two.")
    return _edtf(precision, first, last), NOTES.get(precision, "")


def _edtf(precision: int, first: dt.date, last: dt.date) -> str:
    if precision == 1 or first != last:
        return day_range(first, last)
    return unit_around(first, UNITS[precision]) if precision in UNITS else f"{first}~"


def _place(cells: Cells) -> NamedPlace | None:
    precision = cells.one_of("where_prec", PRECISIONS)
    latitude, longitude = cells.point("latitude", "longitude")
    country = cells.text("country")
    code, by_name = country_code(country, cells.text("iso3")), country_code(country)
    if code and by_name and code != by_name:
        cells.doubt("conflicting-country", "country", f"The code in iso3 is that of {code}. Correct one of the two.")
    if country and not code:
        cells.doubt("unknown-country", "country", "No such country is known. Give its code of three letters in iso3.")
    name = cells.text("where_coordinates") or country
    return NamedPlace(name, code, latitude, longitude, precision or "") if name else None


def _title(code: str, place: str, counts: Iterable[int | None]) -> str:
    """Return what the code book calls it, where, and the deaths: the best estimate, and the range where there is one."""
    low, best, high = counts
    deaths = "" if best is None else f": {best:,} death{'' if best == 1 else 's'}"
    if low is not None and best is not None and high is not None and low <= best <= high and low < high:
        deaths += f", {low:,} to {high:,}"
    named = f"{CODES[code].capitalize()} violence"
    longest = LONGEST_TITLE - len(named) - len(deaths) - len(", ")
    where = place if len(place) <= longest else f"{place[: longest - 1]}…"
    return f"{named}, {where}{deaths}" if where else f"{named}{deaths}"


def _actors(cells: Cells, code: str, first: str, second: str) -> tuple[ActorPart, ...]:
    """Return both sides. Who began is not recorded; civilians that violence is used against act as nobody."""
    if code == ONE_SIDED:
        return (ActorPart(_actor(cells, "side_a", first, code), "initiator"),)
    sides = [_actor(cells, "side_a", first, code), *([_actor(cells, "side_b", second, code)] if second else [])]
    return tuple(ActorPart(side, "participant") for side in dict.fromkeys(sides))


def _actor(cells: Cells, side: str, actor: str, code: str) -> NamedActor:
    """Return a side. Of non-state violence the file does not say whether a side is armed or a community."""
    value = (cells.text(f"{side}_dset_id") or cells.text(f"{side}_new_id")).removesuffix(".0")
    kind = "state" if actor.startswith("Government of ") else "group" if code == NON_STATE else "armed_group"
    return NamedActor(actor, kind, "ucdp-actor" if value else "", value)


def _summary(cells: Cells, code: str) -> str:
    where = cells.text("where_description")
    counts = [
        f"{words} {number}"
        for column, words in _DEATHS.items()
        if (number := cells.text(column).removesuffix(".0")) and number != "0"
    ]
    sentences = [
        f"UCDP type_of_violence {code}, {CODES[code]}.",
        f"Where, by UCDP: {where.rstrip('.')}." if where else "",
    ]
    sentences.append(f"Deaths by UCDP’s count: {', '.join(counts)}." if counts else "")
    sentences.append(
        "The source counts several incidents together." if cells.one_of("event_clarity", CLARITIES) else ""
    )
    text = " ".join(filter(None, sentences))
    return text if len(text) <= 2000 else f"{text[:1999]}…"


_DEATHS = {"deaths_a": "side A", "deaths_b": "side B", "deaths_civilians": "civilians", "deaths_unknown": "unknown"}


def _sources(cells: Cells) -> tuple[Source, ...]:
    """Return one source for each article of the cell, `"Office,YYYY-MM-DD,Headline";"..."`. What is not of that form is
    cited as it appears, from the data set itself."""
    original = cells.text("source_original")
    note = f"Original source by UCDP: {original}"[:500] if original else ""
    articles = _BETWEEN_ARTICLES.split(cells.lines("source_article").strip('"'))
    sources = [_source(" ".join(article.split()), note) for article in articles if any(map(str.isalnum, article))]
    return tuple(dict.fromkeys(sources))


def _source(article: str, note: str) -> Source:
    if (parts := _ARTICLE.fullmatch(article)) and any(map(str.isalnum, headline := parts["headline"].strip())):
        return Source(
            quote=headline[:5000],
            title=headline if len(headline) <= 300 else f"{headline[:299]}…",
            publisher=NamedActor(parts["office"].strip()),
            **_days(parts["day"]),
            note=note,
        )
    return Source(quote=article[:5000], note=note)


def _days(day: str) -> dict[str, str]:
    """Return the day of a source, unknown where it lies before 1800 or ahead, as UCDP's 1753-01-01 for a day not known."""
    try:
        known = is_source_day(dt.date.fromisoformat(day))
    except ValueError:
        known = True  # no day at all: refused with the rest
    return {"published": day} if known else {"listed_day": day}


YEARS = range(1000, 9999)


def day_range(first: dt.date, last: dt.date) -> str:
    """Return "some day from first to last": a month or a year where the range is just that, else a set."""
    if first == last:
        return first.isoformat()
    if (first.year, first.day, last.year) == (last.year, 1, first.year):
        if (first.month, last.month, last.day) == (1, 12, 31):
            return f"{first.year:04d}"
        if first.month == last.month and last.day == days_in(last):
            return f"{first:%Y-%m}"
    return f"[{first}..{last}]"


def unit_around(day: dt.date, unit: str) -> str:
    """Return the week (Monday to Sunday), month or year in which the day lies."""
    if unit == "week":
        monday = day - dt.timedelta(days=day.weekday())
        return day_range(monday, monday + dt.timedelta(days=6))
    return f"{day:%Y-%m}" if unit == "month" else f"{day.year:04d}"


def days_in(day: dt.date) -> int:
    """Return how many days the month has."""
    return calendar.monthrange(day.year, day.month)[1]
