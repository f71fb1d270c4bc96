from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django_countries import countries

from timeline.charts.marks.chart_view import read_view
from timeline.charts.overview import overview
from timeline.exports import FORMATS
from timeline.facets.counting import count_citations, counts_by_value
from timeline.filters import EventFilter
from timeline.models import Actor, Conflict, Event, Place
from timeline.pages.page_metadata import of_withheld

from .chart_marks import MOST_AT_ONCE, lanes_context
from .list_pages import PAGE_MARKS
from .subject_summary import leading_parameter, subject_summary
from .timeline import timeline_context


def subject_page(request: HttpRequest, parameter: str, subject: Model, context: dict, kind: str = "") -> HttpResponse:
    """Show one actor, place or conflict with its events, as the timeline shows them for this parameter.

    A wrong filter is a 400 with the messages and no events. `kind`: of page, where it is not named as the parameter.
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
            context |= metadata_context(subject, context) | _at_a_glance(event_filter, subject, context["page"].total)
        except ValidationError as error:
            wrong = {"page": error.messages}
    template = f"timeline/{kind or parameter}_detail.html"
    return render(request, template, context | {"wrong": wrong}, status=400 if wrong else 200)


def _at_a_glance(event_filter: EventFilter, subject: Model, total: int) -> dict:
    """Return the charts and the summary above the list; neither where the filter finds nothing."""
    view = read_view(QueryDict("" if total > MOST_AT_ONCE else "lanes=category"))
    return {
        "overview": overview(event_filter),
        "chart_path": reverse("event-list"),
        "summary": subject_summary(event_filter, subject if isinstance(subject, Actor) else None),
        **lanes_context(event_filter, view, total),
    }


def metadata_context(subject: Model, context: dict) -> dict:
    """Return what the page declares to other sites: nothing of a subject known by withheld events alone. One query where none of
    the events on the page may leave the site."""
    rows = type(subject).objects
    if any(event.is_redistributable for event in context["page"].events) or (
        rows.public().slugged([subject.slug]).redistributable().exists()
    ):
        return {"meta": replace(context["meta"], title=f"{subject}: {context['sentence']}")}
    return {"meta": of_withheld(context["permalink"]), "feeds": [], "embed_code": ""}


def refusal(request: HttpRequest, parameter: str, subject: Model) -> dict[str, list[str]]:
    """Return the message to an address that asks this page for another subject than its own."""
    if parameter not in request.GET:
        return {}
    return {parameter: [f"This page is about {subject} alone. Remove “{parameter}” from the address."]}


def place_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one place; one that was merged into another leads there."""
    place = Place.objects.public().for_page().filter(slug=slug).first()
    if place is None:
        if into := Place.objects.public().successor_of(slug):
            return redirect(into, permanent=True)
        raise Http404("There is no public place at this address.")
    context = {"place": place, "coordinates": coordinates(place), "current": "places"}
    return subject_page(request, "place", place, context)


def coordinates(place: Place) -> str:
    """Return "39.815° N, 46.752° E"; empty where they are not known."""
    if place.latitude is None:
        return ""
    north, east = ("N", "S")[place.latitude < 0], ("E", "W")[place.longitude < 0]
    return f"{abs(place.latitude).normalize():f}° {north}, {abs(place.longitude).normalize():f}° {east}"


def conflict_detail(request: HttpRequest, slug: str) -> HttpResponse:
    conflict = get_object_or_404(Conflict.objects.public(), slug=slug)
    return subject_page(request, "conflict", conflict, {"conflict": conflict, "current": "conflicts"})


def actor_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one actor; one that was merged into another leads there."""
    actor = Actor.objects.public().for_page().filter(slug=slug).first()
    if actor is None:
        if into := Actor.objects.public().successor_of(slug):
            return redirect(into, permanent=True)
        raise Http404("There is no public actor at this address.")
    context = {"actor": actor, "country": countries.name(actor.country), "current": "actors"}
    events = EventFilter(QueryDict(), Event.objects.public())
    actor.speaking_count = count_citations(events, "speaker", actor.pk)
    parameter = leading_parameter(actor, counts_by_value(events, "actor"))
    return subject_page(request, parameter, actor, context, "actor")
