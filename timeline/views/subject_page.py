from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from timeline.exports import FORMATS
from timeline.filters import EventFilter
from timeline.models import Event
from timeline.pages.page_metadata import of_withheld

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
