from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from timeline.charts import marks
from timeline.charts.drawing import Links, chart, reported_chart
from timeline.charts.marks.cell_events import Cell, events_of_cell
from timeline.charts.marks.chart_view import PARAMETERS, View, read_view
from timeline.charts.marks.reporting_delay import reported
from timeline.filters import EventFilter
from timeline.models import Event
from timeline.models.taxonomy import Category
from timeline.versions.data_version import cached

REQUESTED = PARAMETERS | {"px"}
OF_CELL = REQUESTED | {"lane"}
MOST_AT_ONCE = 20_000  # events drawn with the page
GONE = "Marks are no longer given as JSON. Take /api/v1/histogram/ with the same filter: it counts events over time."


def marks_drawing(request: HttpRequest) -> HttpResponseBase:
    """Answer with the drawing of a view. What is wrong is a 400 with the messages as JSON."""
    chosen = EventFilter(request.GET, Event.objects.public(), also=REQUESTED)
    try:
        return HttpResponse(figure(chosen, checked(chosen, request)))
    except ValidationError as error:
        return refusal(error.message_dict)


def marks_gone(request: HttpRequest) -> JsonResponse:
    return refusal({"format": [GONE]}, status=410)


def refusal(messages: dict[str, list[str]], status: int = 400) -> JsonResponse:
    return JsonResponse({"errors": messages, "status": status}, status=status)


def checked(chosen: EventFilter, request: HttpRequest) -> View:
    """Return the view that is asked for. Raises ValidationError where it, or the filter, is wrong."""
    if chosen.messages:
        raise ValidationError(chosen.messages)
    return read_view(request.GET)


def found(chosen: EventFilter, wanted: View) -> marks.Marks | None:
    return marks.marks(chosen, wanted.lanes, *wanted.days, width=wanted.px)


def figure(chosen: EventFilter, wanted: View) -> SafeString:
    """Return the drawing of a view, kept until something is written; empty where there is no event."""
    return cached(f"marks {wanted.but(event='')}", chosen, lambda: drawn(chosen, wanted.but(event="")))


def drawn(chosen: EventFilter, wanted: View) -> SafeString:
    is_reported = wanted.axis == "reported"
    marked = reported(chosen, *wanted.days, width=wanted.px) if is_reported else found(chosen, wanted)
    if marked is None:
        return SafeString("")
    draw, template = (reported_chart, "_reported_figure") if is_reported else (chart, "_lanes_figure")
    made = draw(marked, Links(chosen, wanted, marked.window, marked.whole))
    return render_to_string(f"timeline/{template}.html", {"chart": made})


def lanes(chosen: EventFilter, wanted: View, total: int) -> dict:
    """Return what the lanes' part of the page shows. A drawing of very many events comes after the page, or when it is
    asked for."""
    is_late = total > MOST_AT_ONCE and wanted.window is None
    return {
        "lanes": "" if is_late else figure(chosen, wanted),
        "lanes_later": at_length(chosen, wanted) if is_late else "",
        "selected": card_of(chosen, wanted.event) if wanted.event else None,
        "hatched": [*Category.values, "none"],
    }


def at_length(chosen: EventFilter, wanted: View) -> str:
    """Return the address that has the whole extent drawn in any case."""
    window = marks.full_extent(chosen).window
    return Links(chosen, wanted, window, window).to(window=window)


def card_of(chosen: EventFilter, public_id: str) -> Event | None:
    return Event.objects.public().filter(public_id=public_id).for_timeline(chosen.source_citations).first()


def event_card(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Answer with the card of one event: what the list of this filter shows of it."""
    chosen = EventFilter(request.GET, Event.objects.public(), also=REQUESTED)
    if chosen.messages:
        return refusal(chosen.messages)
    if (event := card_of(chosen, public_id)) is None:
        raise Http404("There is no public event at this address.")
    return render(request, "timeline/_lanes_card.html", {"event": event, "event_filter": chosen})


def cell_events(request: HttpRequest) -> HttpResponseBase:
    """Answer with the card of one cell of one lane: the events that possibly go on in it, at most 20 of them."""
    chosen = EventFilter(request.GET, Event.objects.public(), also=OF_CELL)
    try:
        wanted = checked(chosen, request)
        cell = events_of_cell(chosen, wanted, request.GET.get("lane", ""))
    except ValidationError as error:
        return refusal(error.message_dict)
    return render(request, "timeline/_lanes_group.html", listed(cell, chosen, wanted))


def listed(cell: Cell, chosen: EventFilter, wanted: View) -> dict:
    window, is_cut = wanted.window, cell.total > len(cell.events)
    links = Links(chosen, View(), window, window)
    events = f"{cell.total:,} event{'' if cell.total == 1 else 's'}"
    return {
        "title": f"{cell.lane.label}, {date_format(window.first)}: {events}",
        "events": cell.events,
        "list_href": links.on_days(window.first, window.last) if is_cut else "",
    }
