"""The pages that other sites may show in a frame. No other page may be framed.

The description of an address of ours, for a site that embeds it. Source: oEmbed 1.0, https://oembed.com.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from csp.decorators import csp_replace
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.clickjacking import xframe_options_exempt

from timeline.absolute_urls import (
    EVENT_HEIGHT,
    HEIGHT,
    WIDTH,
    absolute_url,
    embed_event_url,
    embed_list_url,
    iframe,
)
from timeline.charts.marks.chart_view import PARAMETERS as VIEW
from timeline.charts.overview import overview
from timeline.exports.export_header import LeftOut, redistributable
from timeline.filters import EventFilter
from timeline.filters.first_page import with_first_order, with_query
from timeline.filters.sentence import sentence
from timeline.models import Citation, Event
from timeline.pages.entry_html import entry_html
from timeline.pages.entry_rows import read_rows
from timeline.pages.page_metadata import dated_title

from .list_pages import PAGE_MARKS
from .timeline import timeline_context, with_period_of_view

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
    context["permalink"] = absolute_url("/" if wrong else with_query(reverse("event-list"), event_filter.query))
    return render(request, "timeline/embed.html", context, status=400 if wrong else 200)


def list_context(event_filter: EventFilter, left_out: tuple[LeftOut, ...], request: HttpRequest) -> dict:
    context = timeline_context(event_filter, request) | {"event_filter": event_filter, "left_out": left_out}
    return context | {"title": context["sentence"], "overview": overview(event_filter)}


@framed
def embed_event(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one event; a withdrawn one by the reason alone. One that may not leave the site is a 403 with the address."""
    events = Event.objects.addressable()
    if into := events.successor_of(public_id):
        return redirect("embed-event", into.public_id, permanent=True)
    event = get_object_or_404(events.select_related("data_set"), public_id=public_id)
    context = {"embedded": True, "permalink": absolute_url(event.get_absolute_url())}
    if not event.is_redistributable:
        context |= {"withheld": event.data_set, "title": "Shown elsewhere"}
        return render(request, "timeline/embed.html", context, status=403)
    rows = read_rows(Event.objects.public().named([public_id]), Citation.objects.public_source())
    entry = entry_html(rows[event.pk], heading="h1") if event.pk in rows else ""
    return render(
        request, "timeline/embed.html", context | {"event": event, "entry": entry, "title": dated_title(event)}
    )


NOT_HERE = "There is nothing to embed at this address. Give the address of the timeline or of a published event."


def oembed(request: HttpRequest) -> HttpResponse:
    """Answer 404 for whatever is no timeline and no published event of this site, 400 for another format than JSON."""
    if request.GET.get("format", "json") != "json":
        return JsonResponse({"error": "The only format is json.", "status": 400}, status=400)
    try:
        address, title, usual = embeddable(request.GET.get("url", ""))
        width, height = at_most(request, "maxwidth", WIDTH), at_most(request, "maxheight", usual)
    except ValueError as error:
        return JsonResponse({"error": str(error), "status": 400}, status=400)
    except Http404 as error:
        return JsonResponse({"error": str(error), "status": 404}, status=404)
    answer = JsonResponse(description(address, title, width, height))
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def at_most(request: HttpRequest, name: str, usual: int) -> int:
    """Return the usual size, or the given one where it is smaller. Raises ValueError with what would be right."""
    text = request.GET.get(name) or str(usual)
    digits = text.lstrip("0")
    if not (digits.isascii() and digits.isdigit()):
        raise ValueError(f"{name}: write a whole number of pixels, like {usual}.")
    return usual if len(digits) > len(str(usual)) else min(usual, int(digits))


def embeddable(url: str) -> tuple[str, str, int]:
    """Return what to put into a frame for a public address of ours: address, title, height. Raises Http404."""
    try:
        parts = urlsplit(url)
        match = resolve(parts.path or "/")
    except (ValueError, Resolver404):
        raise Http404(NOT_HERE) from None
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != urlsplit(settings.SITE_URL).netloc.lower():
        raise Http404(NOT_HERE)
    if match.url_name == "event-list":
        return of_list(parts.query)
    if match.url_name == "event-detail":
        return of_event(match.kwargs["public_id"])
    raise Http404(NOT_HERE)


def of_list(query: str) -> tuple[str, str, int]:
    parameters = with_first_order(QueryDict(query))
    parameters = with_period_of_view(parameters) or parameters
    event_filter = EventFilter(parameters, Event.objects.public(), also=PAGE_MARKS | VIEW)
    if event_filter.messages:
        raise Http404(" ".join(message for messages in event_filter.messages.values() for message in messages))
    narrowed, _ = redistributable(event_filter)
    total = narrowed.events.count()
    words = sentence(narrowed, total, narrowed.count_only_possible(total))
    return embed_list_url(event_filter.query), words, HEIGHT


def of_event(public_id: str) -> tuple[str, str, int]:
    events = Event.objects.public()
    event = events.filter(public_id=public_id).first() or events.successor_of(public_id)
    if event is None:
        raise Http404(NOT_HERE)
    if not event.is_redistributable:
        raise Http404(f"The licence of {event.data_set} ({event.data_set.licence}) forbids redistribution.")
    return embed_event_url(event.public_id), dated_title(event), EVENT_HEIGHT


def description(address: str, title: str, width: int, height: int) -> dict:
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": settings.SITE_NAME,
        "provider_url": settings.SITE_URL,
        "html": iframe(address, title, width, height),
        "width": width,
        "height": height,
    }
