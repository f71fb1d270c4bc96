"""What a site that embeds an address of ours is told. Source: oEmbed 1.0, https://oembed.com."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.urls import Resolver404, resolve

from timeline.charts.marks.chart_view import PARAMETERS as VIEW
from timeline.exports.redistribution import redistributable
from timeline.filters import EventFilter
from timeline.filters.sentence import sentence
from timeline.http.absolute_urls import EVENT_HEIGHT, HEIGHT, WIDTH, embed_event_url, embed_list_url, iframe
from timeline.models import Event
from timeline.pages.page_metadata import SITE_NAME, dated_title

from .timeline import PAGE_MARKS

NOT_HERE = "There is nothing to embed at this address. Give the address of the timeline or of a published event."


def oembed(request: HttpRequest) -> HttpResponse:
    """Answer 404 for whatever is no timeline and no published event of this site, 501 for another format than JSON."""
    if request.GET.get("format", "json") != "json":
        return JsonResponse({"error": "The only format is json.", "status": 501}, status=501)
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
    event_filter = EventFilter(QueryDict(query), Event.objects.public(), also=PAGE_MARKS | VIEW)
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
        "provider_name": SITE_NAME,
        "provider_url": settings.SITE_URL,
        "html": iframe(address, title, width, height),
        "width": width,
        "height": height,
    }
