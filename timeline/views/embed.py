"""The pages that other sites may show in a frame. No other page may be framed."""

from collections.abc import Callable

from csp.decorators import csp_replace
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.clickjacking import xframe_options_exempt

from timeline.charts.histogram import histogram
from timeline.charts.overview import overview
from timeline.exports.export_header import LeftOut
from timeline.exports.redistribution import redistributable
from timeline.filters import EventFilter
from timeline.http.absolute_urls import absolute_url
from timeline.models import Citation, Event
from timeline.pages.page_metadata import dated_title

from .timeline import timeline_context

IN_FRAME = frozenset({"after", "before"})  # a reader may turn the pages of the list inside the frame


def framed(view: Callable) -> Callable:
    return csp_replace({"frame-ancestors": ["*"]})(xframe_options_exempt(view))


@framed
def embed(request: HttpRequest) -> HttpResponse:
    """Show the list of a filter without the site around it. A wrong filter is a 400 with the messages and no events."""
    event_filter = EventFilter(request.GET, Event.objects.public(), also=IN_FRAME)
    context = {"embedded": True}
    wrong = event_filter.messages
    if not wrong:
        try:
            context |= list_context(*redistributable(event_filter), request)
        except ValidationError as error:
            wrong = {"page": error.messages}
    context["wrong"] = wrong
    context["permalink"] = absolute_url(f"/?{event_filter.query}" if event_filter.query and not wrong else "/")
    return render(request, "timeline/embed.html", context, status=400 if wrong else 200)


def list_context(event_filter: EventFilter, left_out: tuple[LeftOut, ...], request: HttpRequest) -> dict:
    context = timeline_context(event_filter, request) | {"event_filter": event_filter, "left_out": left_out}
    return context | {"title": context["sentence"], "overview": overview(histogram(event_filter), event_filter)}


@framed
def embed_event(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one event; a withdrawn one by the reason alone. One that may not leave the site is a 403 with the address."""
    events = Event.objects.addressable().for_timeline(Citation.objects.public_source())
    if into := Event.objects.addressable().successor_of(public_id):
        return redirect("embed-event", into.public_id, permanent=True)
    event = get_object_or_404(events, public_id=public_id)
    context = {"embedded": True, "permalink": absolute_url(event.get_absolute_url())}
    if not event.is_redistributable:
        context |= {"withheld": event.data_set, "title": "Shown elsewhere"}
        return render(request, "timeline/embed.html", context, status=403)
    return render(request, "timeline/embed.html", context | {"event": event, "title": dated_title(event)})
