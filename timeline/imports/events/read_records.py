"""The events of a file in lots: each row checked by the rules, what is wrong reported and left out."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial
from itertools import islice

from django.core.exceptions import ValidationError
from django.db.models import Field

from timeline import dates
from timeline.imports.cell_values import Cells
from timeline.imports.doubts import advice, mark, marked
from timeline.imports.events.event_record import EventRecord, NamedActor, NamedPlace, Options, Source
from timeline.imports.events.import_summary import Summary
from timeline.imports.events.matching import Ambiguous, KnownRows
from timeline.imports.events.plausibility import Plausibility
from timeline.imports.events.quote_anchoring import QuoteAnchoring, address_of
from timeline.imports.file_bytes import Problem, line_count, shortened
from timeline.models import Actor, Briefing, Citation, Conflict, Event, ImportedEvent, Participation, Place
from timeline.models.source_day import SourceDate
from timeline.models.validators import words_of_source

# The rules of entered rows, for rows of a file: the validators and lengths of the models, asked once for each value.

BrokenRule = tuple[str, str, str]  # part of the event, value, what would be right

EVENT = ("title", "summary", "date_as_stated", "date_note", "time_zone")


def broken_rules(record: EventRecord) -> Iterator[BrokenRule]:
    """Yield what an editor could not have entered either."""
    yield from _broken_fields("external_id", ImportedEvent, external_id=record.external_id)
    values = {name: getattr(record, name) for name in EVENT}
    for name, value in values.items():
        yield from _broken_fields(name, Event, **{name: value})
    yield from _date(record)
    yield from _clock(record)
    if record.conflict:
        yield from _broken_fields("conflict", Conflict, name=record.conflict)
    if record.place:
        yield from _for_part("place", _place(record.place))
    for part in record.actors:
        yield from _for_part("actors", _actor(part.actor))
        yield from _broken_fields("actors", Participation, role=part.role, office=part.office)
    for source in record.sources:
        yield from _source(source)
    yield from _repeated(record)


def _broken_fields(part: str, model, **values) -> Iterator[BrokenRule]:
    for name, value in values.items():
        if message := _refusal(model, name, value):
            yield part, value, message


@lru_cache(maxsize=20_000)
def _refusal(model, name: str, value: str) -> str:
    """Return why the field does not take the value; empty: it does."""
    return _refusal_now(_field(model, name), value)


@cache
def _field(model, name: str) -> Field:
    return model._meta.get_field(name)


def _refusal_now(field: Field, value: str) -> str:
    if field.max_length and len(value) > field.max_length:
        return f"At most {field.max_length:,} characters; this has {len(value):,}."
    try:
        field.clean(value, None)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def _date(record: EventRecord) -> Iterator[BrokenRule]:
    if not record.edtf:
        return
    try:
        dates.parse(record.edtf)
    except ValueError as error:
        yield "edtf", record.edtf, str(error)


def _clock(record: EventRecord) -> Iterator[BrokenRule]:
    if (record.time_of_day == "") != (record.time_zone == ""):
        yield "time_zone", record.time_zone, "A clock time needs its time zone, and a time zone its clock time."
    if record.time_of_day:
        try:
            dt.time.fromisoformat(record.time_of_day)
        except ValueError:
            yield "time_of_day", record.time_of_day, "Write the clock time as HH:MM."
        if not _is_day(record.edtf):
            yield "time_of_day", record.time_of_day, "A clock time needs a day that is known."


def _is_day(edtf: str) -> bool:
    try:
        return bool(edtf) and dates.parse(edtf).is_exact_day
    except ValueError:
        return False


def _for_part(part: str, broken: tuple[tuple[str, str], ...]) -> Iterator[BrokenRule]:
    return ((part, value, message) for value, message in broken)


@lru_cache(maxsize=10_000)
def _place(place: NamedPlace) -> tuple[tuple[str, str], ...]:
    broken = [*_broken_fields("", Place, name=place.name), *_broken_fields("", Event, place_precision=place.precision)]
    if place.country:
        broken += _broken_fields("", Place, country=place.country)
    for value, limit in ((place.latitude, 90), (place.longitude, 180)):
        if value is not None and not abs(float(value)) <= limit:
            broken.append(("", value, f"Write degrees from -{limit} to {limit}."))
    if (place.latitude is None) != (place.longitude is None):
        broken.append(("", place.name, "Give latitude and longitude, or neither."))
    return tuple((value, message) for _, value, message in broken)


@lru_cache(maxsize=10_000)
def _actor(actor: NamedActor) -> tuple[tuple[str, str], ...]:
    return tuple((value, message) for _, value, message in _broken_fields("", Actor, name=actor.name, kind=actor.kind))


def _source(source: Source) -> Iterator[BrokenRule]:
    if message := _refusal_now(_field(Citation, "quote"), source.quote) or _quote(source.quote):
        yield "sources", source.quote, message
    yield from _broken_fields("sources", Citation, act=source.act, note=source.note)
    if source.publisher:
        yield from _for_part("sources", _actor(source.publisher))
    if source.title:
        yield from _broken_fields("sources", Briefing, title=source.title)
    if source.url:
        yield from _broken_fields("sources", Briefing, url=source.url)
    if source.published:
        yield from _for_part("sources", _day(source.published))


def _quote(quote: str) -> str:
    try:
        words_of_source(quote)
    except ValidationError as error:
        return " ".join(error.messages)
    return "" if any(map(str.isalnum, quote)) else "A quote needs at least one word."


@lru_cache(maxsize=10_000)
def _day(day: str) -> tuple[tuple[str, str], ...]:
    try:
        SourceDate.of(day).check()
    except ValueError:
        return ((day, "There is no such day. Write it as YYYY-MM-DD."),)
    except ValidationError as error:
        return ((day, " ".join(error.messages)),)
    return ()


def _repeated(record: EventRecord) -> Iterator[BrokenRule]:
    roles = [(part.actor, part.role) for part in record.actors]
    if len(set(roles)) < len(roles):
        yield "actors", "", "An actor is listed here twice in the same role."


LOT = 1_000


class RecordReader:
    """One pass over the file."""

    def __init__(self, options: Options, known: KnownRows, report: Callable[[Problem], None], summary: Summary):
        self.options, self.known, self.report, self.summary = options, known, report, summary
        self.columns: dict[str, str] = getattr(options.format, "columns", {})
        self.quoting, self.plausibility = QuoteAnchoring(), Plausibility(known.claims)
        self.obeys_rules = False  # known of the same bytes already: what depends on the file alone is not asked again
        self.lines = line_count(options.path)
        self.expected = 0  # rows of the file, as its lines so far let expect; 0: nothing is known of it
        self.seen: set[int] = set()  # marks of the external ids; eight bytes each, the ids themselves would be many

    def lots(self) -> Iterator[list[EventRecord]]:
        """Yield the events that are right. Raises FileRefused."""
        rows = iter(self.options.format.read(self.options.path, self.report, self.options.accept))
        while lot := list(islice(rows, LOT)):
            self.summary.rows += len(lot)
            for row in lot:
                if isinstance(row, EventRecord):
                    row.clean()
            right = [row for row in lot if isinstance(row, EventRecord) and self._is_right(row)]
            self.summary.count_marks(right)
            self.seen.update(self._mark_of(row) for row in lot if isinstance(row, Cells))
            self.summary.refused += len(lot) - len(right)
            self._expect(lot[-1])
            yield right

    def _expect(self, last: EventRecord | Cells | None) -> None:
        if last and last.row and self.lines:
            self.expected = max(self.summary.rows, round(self.summary.rows * self.lines / last.row))

    def _mark_of(self, cells: Cells) -> int:
        """Return the mark of a row that was refused: it is wrong, and not gone."""
        return hash(cells.values.get(self.columns.get("external_id", ""), "").strip())

    def _is_right(self, record: EventRecord) -> bool:
        is_right = True
        broken = () if self.obeys_rules else broken_rules(record)
        for part, value, right in (*broken, *self._unknown(record), *self._quoted(record), *self._twice(record)):
            self.report(Problem(record.row, self.columns.get(part, part), shortened(value), right))
            is_right = False
        return self._is_accepted(record) and is_right

    def _is_accepted(self, record: EventRecord) -> bool:
        """Return whether every doubt of the row is of an accepted kind; then the summary has the marks."""
        doubts = list(self.plausibility.doubts(record))
        if not doubts and not record.marks:
            return True
        accepted = [doubt for doubt in doubts if doubt[0] in self.options.accept]
        for kind, part, value, right in doubts:
            if kind not in self.options.accept:
                self.report(Problem(record.row, self.columns.get(part, part), shortened(value), advice(right, kind)))
        record.marks += tuple(mark(kind, self.columns.get(part, part), value) for kind, part, value, _ in accepted)
        record.summary = marked(record.summary, record.marks)
        if message := _refusal(Event, "summary", record.summary):
            self.report(Problem(record.row, self.columns.get("summary", "summary"), "", f"With its marks: {message}"))
        return len(accepted) == len(doubts) and not message

    def _unknown(self, record: EventRecord) -> Iterator[BrokenRule]:
        """Yield what names nothing that is known, or several."""
        if record.type not in self.known.types:
            yield "type", record.type, f"There is no such type. Known: {', '.join(sorted(self.known.types))}."
        for source in record.sources:
            if not source.briefing and not address_of(source, self.options.data_set):
                yield (
                    "sources",
                    source.quote,
                    "Give the source its address, or the data set one: there a reader finds it.",
                )
        actors = [part.actor for part in record.actors]
        actors += [source.publisher for source in record.sources if source.publisher]
        finds = [("actors", name.name, partial(self.known.actors.find, name)) for name in actors]
        if record.place:
            finds.append(("place", record.place.name, partial(self.known.places.find, record.place)))
        for part, name, find in finds:
            try:
                find()
            except Ambiguous as error:
                yield part, name, str(error)

    def _quoted(self, record: EventRecord) -> Iterator[BrokenRule]:
        """Put the words of stored texts as they appear there; yield those that do not."""
        if not any(source.briefing for source in record.sources):
            return
        sources = []
        for source in record.sources:
            try:
                sources.append(self.quoting.exactly(source) if source.briefing else source)
            except ValueError as error:
                yield "sources", source.quote, str(error)
        record.sources = tuple(sources)

    def _twice(self, record: EventRecord) -> Iterator[BrokenRule]:
        mark = hash(record.external_id)
        if mark in self.seen:
            yield "external_id", record.external_id, "This id occurs earlier in the file. Each event needs its own."
        self.seen.add(mark)
