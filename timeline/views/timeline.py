import datetime as dt
import math
from dataclasses import replace
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.paginator import InvalidPage, Paginator
from django.core.paginator import Page as RowPage
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from timeline.absolute_urls import absolute_url, oembed_url
from timeline.charts.coverage import between, count_words, read_sources
from timeline.charts.marks.chart_view import LAYOUT, View, read_days, read_view
from timeline.charts.marks.chart_view import PARAMETERS as VIEW
from timeline.charts.overview import overview
from timeline.charts.window import FOLDED_SHARE, full_extent
from timeline.database.keyset_paging import Page
from timeline.exports import FORMATS
from timeline.facets.counting import totals
from timeline.facets.facet_panels import matched_words, panels, sheet
from timeline.facets.freshness import freshness
from timeline.filters import EventFilter
from timeline.filters.carried_fields import fields_carried_by_page, refused_parameters
from timeline.filters.first_page import with_first_order, with_query
from timeline.filters.parameters import DEFAULTS
from timeline.filters.sentence import clauses, sentence
from timeline.filters.wider_filters import wider_filters
from timeline.index.list_order import BY_DATE
from timeline.models import Event
from timeline.pages import event_groups
from timeline.pages.list_entry import ListEntry

from .chart_marks import lanes_context
from .list_pages import ALL, MOST_TOGETHER, PAGE_MARKS, last_page, list_page, years_of_list
from .share_links import sharing


def event_list(request: HttpRequest) -> HttpResponse:
    """Show the timeline. A wrong filter is a 400 with the messages and no events."""
    if (query := with_period_of_view(request.GET)) is not None:
        return redirect(with_query(request.path, query.urlencode()))
    parameters = with_first_order(request.GET)
    event_filter = EventFilter(parameters, Event.objects.public(), also=PAGE_MARKS | VIEW | {"px"})
    context = {
        "event_filter": event_filter,
        "form": event_filter.form,
        "formats": FORMATS.values(),
        "current": "timeline",
    }
    context |= {"carried": fields_carried_by_page(event_filter), "refused": refused_parameters(event_filter)}
    wrong = event_filter.messages
    if not wrong:
        try:
            view = read_view(request.GET)
            context |= (
                timeline_context(event_filter, request) | chart_context(event_filter, view) | view_context(request)
            )
            context |= lanes_context(event_filter, view, context["page"].total)
            context["fresh"] = freshness(event_filter)
            context["oembed_url"] = oembed_url(context["permalink"])
        except ValidationError as error:
            wrong = error.message_dict if hasattr(error, "error_dict") else {"page": error.messages}
    return render(request, "timeline/event_list.html", context | {"wrong": wrong}, status=400 if wrong else 200)


def with_period_of_view(query: QueryDict) -> QueryDict | None:
    """Return the query of an address of old, whose lanes had days of their own, with these days as its period; None
    where it has none."""
    try:
        days = read_days(query)
    except ValidationError:
        return None
    changed = query.copy()
    for old, name, day in (("first", "from", days.first), ("last", "to", days.last)):
        del changed[old]
        changed[name] = day.isoformat()
    return changed


def chart_context(event_filter: EventFilter, view: View) -> dict:
    """Return what is around the list: the events over time, and what narrows them."""
    by_root = view.is_by_root
    with_deaths = view.measure == "deaths"
    other_view = view.but(event="", measure="events" if with_deaths else "deaths").query
    query = "&".join(filter(None, [event_filter.query, other_view]))
    return {
        "overview": overview(event_filter, by_root=by_root, with_deaths=with_deaths),
        "by_root": by_root,
        "with_deaths": with_deaths,
        "deaths_url": with_query(reverse("event-list"), query),
        "panels": panels(event_filter),
    }


def view_context(request: HttpRequest) -> dict:
    """Return what links and forms that change the filter keep of the view: how the chart is laid out."""
    pairs = [(name, text) for name in LAYOUT for text in request.GET.getlist(name) if text]
    return {"view_pairs": pairs, "view_query": f"{urlencode(pairs)}&" if pairs else ""}


def timeline_context(event_filter: EventFilter, request: HttpRequest, preset: str = "") -> dict:
    """Return what the timeline partial shows: a page of events under headings, counts, sentence and links.

    `preset` names a parameter that the page's own path stands for. Raises ValidationError where the page mark is no
    public event.
    """
    counts = totals(event_filter)
    page, covered = list_page(event_filter, request.GET, counts)
    page_gaps = gaps(event_filter, page, covered)
    words = sentence(event_filter, page.total, 0 if event_filter.certainly else counts.only_possible)
    permalink = absolute_url(with_query(request.path, event_filter.query_without(preset)))
    return {
        "page": page,
        "numbers": page_links(request, event_filter, page, preset),
        "years": headings(event_filter, page, page_gaps),
        "gap_after": page_gaps.get(event_groups.AFTER_PAGE),
        "undated": undated(event_filter, page),
        "has_loose": any(event_groups.is_loose(event) for event in page.events),
        "clauses": clauses(event_filter, preset),
        "sentence": words,
        "count_certain": counts.certain,
        "on_quotes": matched_words(page.total, counts.on_quotes),
        "count_possible": counts.possible,
        "count_only_possible": counts.only_possible,
        "other_order": other_order(request, event_filter, preset),
        "permalink": permalink,
        "next_url": mark_url(request, event_filter, preset, after=page.after),
        "previous_url": mark_url(request, event_filter, preset, before=page.before),
        "offers": [] if page.total else wider_filters(event_filter, preset),
        **sharing(event_filter, page, words, permalink, preset),
    }


def other_order(request: HttpRequest, event_filter: EventFilter, preset: str) -> dict[str, str]:
    """Return the name and the address of the same list the other way round by date."""
    order, label = ("-date", "Newest first") if event_filter.order == "date" else ("date", "Oldest first")
    pairs = [pair for pair in event_filter.parameters if pair[0] not in ("order", preset)]
    query = urlencode(sorted([*pairs, *([("order", order)] if order != DEFAULTS["order"] else [])]))
    return {"label": label, "url": with_query(request.path, query)}


def mark_url(request: HttpRequest, event_filter: EventFilter, preset: str, **mark: str) -> str:
    """Return the address of the page that begins at this mark; empty where there is none."""
    query = "&".join(filter(None, [event_filter.query_without(preset), urlencode(mark)]))
    return with_query(request.path, query) if any(mark.values()) else ""


def page_links(request: HttpRequest, event_filter: EventFilter, page: Page, preset: str) -> dict:
    """Return the addresses of the first and the last page, and what a form that goes to a page by its number carries on."""
    last, first_url = last_page(page.total), with_query(request.path, event_filter.query_without(preset))
    return {
        "last": last,
        "current": max(1, math.ceil(page.first / settings.EVENTS_PER_PAGE)),
        "first_url": first_url,
        "years": year_links(request, event_filter, page, preset, first_url),
        "last_url": mark_url(request, event_filter, preset, page=str(last)),
        "all_url": mark_url(request, event_filter, preset, page=ALL) if page.total <= MOST_TOGETHER else "",
        "action": request.path,
        "fields": [pair for pair in event_filter.parameters if pair[0] != preset],
    }


def year_links(
    request: HttpRequest, event_filter: EventFilter, page: Page, preset: str, first_url: str
) -> list[tuple[int, int, str]]:
    """Return (year, how many events, address of its heading) of each year of the list; none where there is but one."""
    years = years_of_list(event_filter)
    links = []
    for year, place, count in years if len(years) > 1 else ():
        number = place // settings.EVENTS_PER_PAGE + 1
        url = first_url if number == 1 else mark_url(request, event_filter, preset, page=str(number))
        links.append((year, count, f"{'' if page.is_whole else url}#y-{year}"))
    return links


def headings(event_filter: EventFilter, page: Page, page_gaps: dict[str, event_groups.Gap]) -> list[event_groups.Year]:
    if event_filter.order == "-published":
        return event_groups.by_day(page.events, lambda event: event.first_reported_on)
    if event_filter.order == "-recorded":
        return event_groups.by_day(page.events, lambda event: event.recorded_at.date())
    return event_groups.by_start(dated(page), page_gaps)


def undated(event_filter: EventFilter, page: Page) -> list[ListEntry]:
    return [event for event in page.events if not event.has_known_start] if event_filter.order in BY_DATE else []


def dated(page: Page) -> list[ListEntry]:
    return [event for event in page.events if event.has_known_start]


def gaps(event_filter: EventFilter, page: Page, covered: dt.date | None) -> dict[str, event_groups.Gap]:
    """Return the gaps on this page that are longer than a sixth of the window, as what the chart folds is; `covered` is the
    last day that older events on other pages reach to."""
    if event_filter.order not in BY_DATE:
        return {}
    gaps_of_page = event_groups.find_gaps(dated(page), covered, newest_first=BY_DATE[event_filter.order])
    extent = full_extent(event_filter) if gaps_of_page else None
    said = {key: gap for key, gap in gaps_of_page.items() if extent and gap.days * FOLDED_SHARE > extent.window.days}
    sources = read_sources(event_filter) if said else ()
    return {
        public_id: replace(gap, read=count_words(between(sources, gap.first, gap.last)))
        for public_id, gap in said.items()
    }


FACET_MARKS = frozenset({"find"})


def facet(request: HttpRequest, name: str) -> HttpResponse:
    """Show all values of one facet of a filter, with their counts. A wrong filter is a 400 with the messages."""
    event_filter = EventFilter(request.GET, Event.objects.public(), also=FACET_MARKS)
    back = with_query(reverse("event-list"), event_filter.query)
    context = {"event_filter": event_filter, "back": back, "current": "timeline"}
    if event_filter.messages:
        return render(request, "timeline/facet.html", context | {"wrong": event_filter.messages}, status=400)
    find = request.GET.get("find", "").strip()[:100]
    if (facet_sheet := sheet(event_filter, name, find)) is None:
        raise Http404(f"There is no facet “{name}”.")
    counts = totals(event_filter)
    words = sentence(event_filter, counts.matching, 0 if event_filter.certainly else counts.only_possible)
    context |= {"find": find, "sheet": facet_sheet, "sentence": words}
    return render(request, "timeline/facet.html", context)


ROWS_PER_PAGE = 100


def page_of(request: HttpRequest, rows: QuerySet | list) -> RowPage:
    """Return the page of a list that `?page=` asks for, the first without it. Raises Http404 where there is none."""
    try:
        return Paginator(rows, ROWS_PER_PAGE).page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404("The list has no such page. Start from its first page.") from None
