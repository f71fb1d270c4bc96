from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from timeline import dates
from timeline.exports import FORMATS
from timeline.filters import EventFilter
from timeline.models import Conflict, Event, Place
from timeline.pages.page_metadata import of_withheld

from .listing import page_of
from .timeline import PAGE_MARKS, timeline_context


def subject_page(request: HttpRequest, parameter: str, subject: Model, context: dict) -> HttpResponse:
    """Show one actor, place or conflict with its events, as the timeline shows them for this parameter.

    A wrong filter is a 400 with the messages and no events.
    """
    parameters = request.GET.copy()
    parameters.setlist(parameter, [subject.slug])
    event_filter = EventFilter(parameters, Event.objects.public(), also=PAGE_MARKS)
    wrong = event_filter.messages | refusal(request, parameter, subject)
    context |= {
        "event_filter": event_filter,
        "form": event_filter.form,
        "formats": FORMATS.values(),
        "preset": parameter,
    }
    if not wrong:
        try:
            context |= timeline_context(event_filter, request, preset=parameter)
            context |= metadata_context(subject, context)
        except ValidationError as error:
            wrong = {"page": error.messages}
    template = f"timeline/{parameter}_detail.html"
    return render(request, template, context | {"wrong": wrong}, status=400 if wrong else 200)


def metadata_context(subject: Model, context: dict) -> dict:
    """Return what the page tells other sites: nothing of a subject known by withheld events alone. One query where none of
    the events on the page may leave the site."""
    rows = type(subject).objects.public().slugged([subject.slug])
    if any(event.is_redistributable for event in context["page"].events) or rows.redistributable().exists():
        return {"meta": replace(context["meta"], title=f"{subject}: {context['sentence']}")}
    return {"meta": of_withheld(context["permalink"]), "feeds": [], "embed_code": ""}


def refusal(request: HttpRequest, parameter: str, subject: Model) -> dict[str, list[str]]:
    """Return the message to an address that asks this page for another subject than its own."""
    if parameter not in request.GET:
        return {}
    return {parameter: [f"This page is about {subject} alone. Take “{parameter}” out of the address."]}


def place_list(request: HttpRequest) -> HttpResponse:
    page = page_of(request, Place.objects.public().with_event_count())
    return render(request, "timeline/place_list.html", {"page": page, "current": "places"})


def place_detail(request: HttpRequest, slug: str) -> HttpResponse:
    place = get_object_or_404(Place.objects.public(), slug=slug)
    context = {"place": place, "coordinates": coordinates(place), "current": "places"}
    return subject_page(request, "place", place, context)


def coordinates(place: Place) -> str:
    """Return "39.815° N, 46.752° E"; empty where they are not known."""
    if place.latitude is None:
        return ""
    north, east = ("N", "S")[place.latitude < 0], ("E", "W")[place.longitude < 0]
    return f"{abs(place.latitude).normalize():f}° {north}, {abs(place.longitude).normalize():f}° {east}"


def conflict_list(request: HttpRequest) -> HttpResponse:
    page = page_of(request, Conflict.objects.public().with_event_count().with_span())
    rows = [(conflict, words(conflict.first_edtf), words(conflict.latest_edtf)) for conflict in page]
    return render(request, "timeline/conflict_list.html", {"page": page, "rows": rows, "current": "conflicts"})


def conflict_detail(request: HttpRequest, slug: str) -> HttpResponse:
    conflict = get_object_or_404(Conflict.objects.public(), slug=slug)
    return subject_page(request, "conflict", conflict, {"conflict": conflict, "current": "conflicts"})


def words(edtf: str | None) -> str:
    return dates.parse(edtf).display if edtf else "not stated"
