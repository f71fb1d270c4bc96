from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from timeline.charts import marks
from timeline.charts.coverage import read_sources
from timeline.charts.drawing import Links, chart, reported_chart
from timeline.charts.marks.build_marks import Cell, events_of_cell
from timeline.charts.marks.chart_view import PARAMETERS, View, read_days, read_view
from timeline.charts.marks.lane_plan import differing_kind
from timeline.charts.marks.reporting_delay import reported
from timeline.charts.window import Window, full_extent
from timeline.filters import EventFilter
from timeline.index import index_for
from timeline.models import Event
from timeline.models.taxonomy import Category
from timeline.pages.entry_html import entry_html
from timeline.pages.entry_rows import rows_of_list
from timeline.versions.data_version import cached

REQUESTED = PARAMETERS | {"px"}
OF_CELL = REQUESTED | {"first", "last", "number"}
MOST_AT_ONCE = 20_000  # events drawn with the page
GONE = "Marks are no longer given as JSON. Use /api/v1/histogram/ with the same filter: it counts events over time."


def marks_drawing(request: HttpRequest) -> HttpResponseBase:
    """Answer with the drawing of a view. What is wrong is a 400 with the messages as JSON."""
    event_filter = EventFilter(request.GET, Event.objects.public(), also=REQUESTED)
    try:
        return HttpResponse(figure(event_filter, valid_view(event_filter, request)))
    except ValidationError as error:
        return refusal(error.message_dict)


def marks_gone(request: HttpRequest) -> JsonResponse:
    return refusal({"format": [GONE]}, status=410)


def refusal(messages: dict[str, list[str]], status: int = 400) -> JsonResponse:
    return JsonResponse({"errors": messages, "status": status}, status=status)


def valid_view(event_filter: EventFilter, request: HttpRequest) -> View:
    """Return the view that is asked for. Raises ValidationError where it, or the filter, is wrong."""
    if event_filter.messages:
        raise ValidationError(event_filter.messages)
    return read_view(request.GET)


def find_marks(event_filter: EventFilter, view: View) -> marks.Marks | None:
    return marks.marks(event_filter, view.lanes, view.lane, view.px)


def figure(event_filter: EventFilter, view: View) -> SafeString:
    """Return the drawing of a view, kept until something is written; empty where there is no event."""
    return cached(f"marks {view.but(event='')}", event_filter, lambda: draw_figure(event_filter, view.but(event="")))


def draw_figure(event_filter: EventFilter, view: View) -> SafeString:
    is_reported = view.axis == "reported"
    drawn_marks = reported(event_filter, view.px) if is_reported else find_marks(event_filter, view)
    if drawn_marks is None:
        return SafeString("")
    kind = "category" if is_reported else drawn_marks.kind
    links = Links(event_filter, view, drawn_marks.window, drawn_marks.whole, kind)
    if is_reported:
        return render_to_string("timeline/_reported_figure.html", {"chart": reported_chart(drawn_marks, links)})
    drawing = chart(drawn_marks, links, read_sources(event_filter))
    return render_to_string("timeline/_lanes_figure.html", {"chart": drawing})


def lanes_context(event_filter: EventFilter, view: View, total: int) -> dict:
    """Return what the lanes' part of the page shows. A drawing of very many events comes after the page, or when it is
    asked for."""
    is_late = total > MOST_AT_ONCE and not view.lanes
    return {
        "lanes": "" if is_late else figure(event_filter, view),
        "lanes_later": later_url(event_filter, view) if is_late else "",
        "selected": find_card(event_filter, view.event) if view.event else None,
        "hatched": [*Category.values, "none"],
    }


def later_url(event_filter: EventFilter, view: View) -> str:
    """Return the address that has the lanes drawn in any case."""
    window = full_extent(event_filter).window
    return Links(event_filter, view, window, window).to(lanes="category")


def find_card(event_filter: EventFilter, public_id: str) -> dict | None:
    """Return what the card of one event shows; None where the filter finds no such event."""
    for pk, rows in rows_of_list(event_filter, Event.objects.public().named([public_id])).items():
        index = index_for(event_filter)
        if index.is_among(index.matching(event_filter), pk):
            return {"event": rows.event, "entry": entry_html(rows, event_filter.order, anchor="card")}
    return None


def event_card(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Answer with the card of one event: what the list of this filter shows of it."""
    event_filter = EventFilter(request.GET, Event.objects.public(), also=REQUESTED)
    if event_filter.messages:
        return refusal(event_filter.messages)
    if (card := find_card(event_filter, public_id)) is None:
        raise Http404("No public event at this address is among those that the filter finds.")
    return render(request, "timeline/_lanes_card.html", {"card": card})


def cell_events(request: HttpRequest) -> HttpResponseBase:
    """Answer with the card of one cell of one lane: the events that possibly go on in it, at most 20 of them."""
    event_filter = EventFilter(request.GET, Event.objects.public(), also=OF_CELL)
    try:
        view = valid_view(event_filter, request)
        days = read_days(request.GET)
        cell = events_of_cell(event_filter, view, request.GET.get("number", ""), days)
    except ValidationError as error:
        return refusal(error.message_dict)
    return render(request, "timeline/_lanes_group.html", cell_context(cell, event_filter, view, days))


def cell_context(cell: Cell, event_filter: EventFilter, view: View, window: Window) -> dict:
    is_cut = cell.total > len(cell.events)
    links = Links(event_filter, view, window, window, view.lanes or differing_kind(event_filter))
    events = f"{cell.total:,} event{'' if cell.total == 1 else 's'}"
    return {
        "title": f"{cell.lane.label}, {date_format(window.first)}: {events}",
        "events": cell.events,
        "list_href": f"{links.on(window.first, window.last, cell.lane)}#list" if is_cut else "",
    }
