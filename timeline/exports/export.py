"""One export: a filter, the options of the file, and the records that go into it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import QueryDict

from timeline.absolute_urls import absolute_page_url
from timeline.database.keyset_paging import BY_CHANGE, change_position, further
from timeline.facets.counting import count_exported
from timeline.filters import EventFilter
from timeline.models import Briefing, DataSet, Event, PublicRevision
from timeline.models.briefing import BriefingKind
from timeline.models.source_day import SourceDate
from timeline.querysets import BriefingQuerySet, CitationQuerySet, EventQuerySet
from timeline.text.track import pages_of
from timeline.versions.data_version import names_changed

from .columns import Column
from .event_records import Record, read_records
from .export_header import About, export_header

FLAGS = ("hxl", "raw", "bom")  # options that are 1, or left out
OPTIONS = frozenset({"fields", "changed_before", *FLAGS})
PAGE_SIZE = 100  # entries of a feed
BRIEFINGS_AT_ONCE = 500
BRIEFING_FIELDS: tuple[str, ...] = (
    "slug",
    "title",
    "kind",
    "publisher__name",
    "publisher__kind",
    "published_on",
    "published_within",
    "captured_on",
    "url",
)
BRIEFING_FIELDS += ("archive_url", "language", "data_set")
CHANGED = "The data changed while this file was written. Request it again."


class ExportBroken(Exception):
    """The data changed while the file was written. Raised in the stream, so that the transfer breaks."""


@dataclass(frozen=True, slots=True)
class Options:
    fields: tuple[str, ...] = ()  # names of columns, in their order; empty: all
    hxl: bool = False  # a row of HXL hashtags below the header
    raw: bool = False  # text cells exactly as they are, whatever a spreadsheet makes of them
    bom: bool = False  # CSV begins with a byte-order mark, without which Excel takes UTF-8 for another encoding
    changed_before: str = ""  # of a feed: the mark of the change behind which the page begins; empty: the first page

    @property
    def query(self) -> str:
        """Return the options as they appear in an address; empty where none is chosen."""
        pairs = [("fields", ",".join(self.fields)), ("hxl", self.hxl and "1"), ("raw", self.raw and "1")]
        pairs += [("bom", self.bom and "1"), ("changed_before", self.changed_before)]
        return "&".join(f"{name}={value}" for name, value in pairs if value)

    def columns(self, offered: Iterable[Column]) -> list[Column]:
        by_name = {column.name: column for column in offered}
        return [by_name[name] for name in self.fields] if self.fields else list(by_name.values())


def read_options(query: QueryDict, format: "Format") -> Options:
    """Return the options of an address. Raises ValidationError, by parameter, for what the format does not offer."""
    names = [column.name for column in format.columns]
    errors: dict[str, list[str]] = {}
    fields = tuple(dict.fromkeys(name for text in query.getlist("fields") for name in text.split(",") if name))
    if unknown := [name for name in fields if name not in names]:
        offers = f"Columns: {', '.join(names)}." if names else "This format has no columns to choose."
        errors["fields"] = [f"There is no column “{'”, “'.join(unknown)}”. {offers}"]
    for name in FLAGS:
        if query.getlist(name) not in ([], ["1"]):
            errors[name] = [f"“{name}” is 1, or left out."]
        elif query.get(name) and not names:
            errors[name] = [f"This format has no “{name}”: it is for tables."]
    if "changed_before" in query and (reason := _why_no_page(query.getlist("changed_before"), format)):
        errors["changed_before"] = [reason]
    if errors:
        raise ValidationError(errors)
    flags = {name: name in query for name in FLAGS}
    return Options(fields, **flags, changed_before=query.get("changed_before", ""))


def _why_no_page(marks: list[str], format: "Format") -> str:
    """Return why a page of a feed cannot begin there; empty: it can. One query for a mark."""
    if not format.is_feed:
        return "This format is one file: only feeds have pages."
    try:
        (mark,) = marks
        change_position(Event.objects.ever_public(), mark)
    except ValueError:
        return "No page of the feed begins there. Follow “next” from the first page, without “changed_before”."
    return ""


def date_parts(edtf: str) -> tuple[str, str, str]:
    """Return year, month and day of a source's date; empty: not known."""
    year, month, day = [*edtf.split("-"), "", ""][:3]
    return year, month, day


def make_source(briefing: Record, data_set: DataSet | None, speakers: list[str], locators: list[str]) -> Record:
    """Return a briefing as reference managers take it; its `note` names who is quoted, and at which times, its `pages` those
    that are quoted ("3, 5–6"). What a data set lists is a newspaper
    article, recorded by the data set; the page where that data set can be fetched is no `address` of it."""
    is_listed = briefing["kind"] == BriefingKind.DATA_RECORD and briefing["slug"] != getattr(data_set, "slug", "import")
    here = absolute_page_url("briefing-detail", briefing["slug"])
    quoted = f"Speaker{'s' if len(speakers) > 1 else ''} quoted: {'; '.join(speakers)}" if speakers else ""
    pages = dict.fromkeys(filter(None, map(pages_of, locators)))
    times = dict.fromkeys(locator for locator in locators if not pages_of(locator))
    quoted = "; ".join(filter(None, [quoted, f"quoted at {', '.join(times)}" if times else ""]))
    published = SourceDate(briefing["published_on"], briefing["published_within"]).edtf
    source = briefing | {"address": briefing["url"] or here, "note": quoted, "published_edtf": published}
    source["pages"] = ", ".join(pages)
    if is_listed:
        source["kind"] = BriefingKind.NEWS_ITEM.value
    if is_listed and data_set:
        source["note"] = "; ".join(filter(None, [quoted, f"recorded by {data_set.name}"]))
        source["address"] = "" if briefing["url"] == data_set.url else briefing["url"]
    return source


@dataclass(frozen=True, slots=True)
class Export:
    event_filter: EventFilter
    about: About
    options: Options = field(default_factory=Options)

    @classmethod
    def of(cls, event_filter: EventFilter, wanted: Options | None = None, *, use_index: bool = True) -> "Export":
        return cls(event_filter, export_header(event_filter, use_index=use_index), wanted or Options())

    @property
    def events(self) -> EventQuerySet:
        """Return the events that go into a file, in order: those of the filter that may leave the site."""
        return self.event_filter.events.redistributable()

    @property
    def briefings(self) -> BriefingQuerySet:
        """Return the public briefings that they cite."""
        return Briefing.objects.public().cited_in(self.event_filter.citations, self.events)

    @property
    def citations(self) -> CitationQuerySet:
        """Return the citations that go into a file."""
        return self.event_filter.citations.of_events(self.events)

    def records(self) -> Iterator[Record]:
        """Yield the events, read again at each call. Raises ExportBroken where they are not those that were announced."""
        count = 0
        for count, record in enumerate(read_records(self.event_filter), 1):  # noqa: B007 (the last number counts)
            yield record
        self._check(count)

    def records_of(self, public_ids: list[str]) -> list[Record]:
        """Return these events of it in this order. Raises ExportBroken where one is no longer public."""
        events = Event.objects.public().named(public_ids).in_order(self.event_filter.order)
        records = {record["public_id"]: record for record in read_records(self.event_filter.with_events(events))}
        if len(records) < len(public_ids):
            raise ExportBroken(CHANGED)
        return [records[public_id] for public_id in public_ids]

    def page_rows(self) -> list[tuple[str, datetime | None]]:
        """Return public id and last change of the entries of a feed's page, the last changed first, and of one more where
        there is a next page. One query, two behind the first page."""
        events, mark = self.events, self.options.changed_before
        if mark:
            events = further(events, BY_CHANGE, True, change_position(Event.objects.ever_public(), mark))
        return list(events.last_changed_first().values_list("public_id", BY_CHANGE)[: PAGE_SIZE + 1])

    def cited_briefings(self) -> Iterator[Record]:
        """Yield the cited briefings by slug, each once, for reference managers. Three queries for each 500, four where
        they are listed by data sets. Raises ExportBroken where the data changed meanwhile."""
        for chunk in self.briefings.with_data_set().by_slug(BRIEFINGS_AT_ONCE, *BRIEFING_FIELDS):
            data_sets = DataSet.objects.in_bulk({briefing["data_set"] for briefing in chunk} - {None})
            slugs = [briefing["slug"] for briefing in chunk]
            speakers, locators = defaultdict(list), defaultdict(list)
            for slug, name in self.citations.speakers_in(slugs):
                speakers[slug].append(name)
            for slug, locator in self.citations.locators_in(slugs):
                locators[slug].append(locator)
            for briefing in chunk:
                data_set, slug = data_sets.get(briefing["data_set"]), briefing["slug"]
                yield make_source(briefing, data_set, speakers[slug], locators[slug])
        self.confirm()

    def confirm(self) -> None:
        """Raise ExportBroken where the file may mix two states of the data. One query where the public saw no change."""
        number, _ = PublicRevision.objects.current()
        if number != self.about.revision and self._has_changed():
            raise ExportBroken(CHANGED)

    def _check(self, count: int) -> None:
        if count != self.about.total:
            raise ExportBroken(CHANGED)
        self.confirm()

    def _has_changed(self) -> bool:
        """Return whether what changed can be in the file: an event of the filter, or any name that events share. Edits
        of other events let it live."""
        return (
            names_changed(self.event_filter)
            or self.event_filter.events.revised_after(self.about.revision).exists()
            or self.events.order_by().count() != self.about.total
        )


EVENT_ROWS, CITATION_ROWS, BRIEFING_ROWS = "event", "citation", "briefing"  # what a row of a file is


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write an export. Each module `to_*` declares its own; timeline.exports lists them all."""

    extension: str
    content_type: str
    label: str
    opens_in: str
    render: Callable[[Export], Iterator[str | bytes]]
    columns: tuple[Column, ...] = ()  # that a reader can choose from; empty: it is no table
    row_kind: str = EVENT_ROWS
    is_feed: bool = False  # by pages, the last changed first; else one file in the order of the filter
    refusal: Callable[[Export], str] = lambda export: ""  # why it cannot hold an export; empty: it can

    def row_count(self, export: Export) -> int:
        """Return the rows of an export, of a feed those of the page, before it is written. At most one query, cached until
        something is written; of a feed's page two."""
        if self.is_feed:
            rest = len(export.page_rows()) if export.options.changed_before else export.about.total
            return min(rest, PAGE_SIZE)
        if self.row_kind == EVENT_ROWS:
            return export.about.total
        citations, briefings = count_exported(export.event_filter)
        return citations if self.row_kind == CITATION_ROWS else briefings
