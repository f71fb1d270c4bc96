from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from timeline.exports import FORMATS
from timeline.filters import EventFilter
from timeline.models import Event

from .timeline import PAGE_MARKS, timeline


def subject_page(request: HttpRequest, parameter: str, subject: Model, context: dict) -> HttpResponse:
    """Show one actor, place or conflict with its events, as the timeline shows them for this parameter.

    A wrong filter is a 400 with the messages and no events.
    """
    data = request.GET.copy()
    data.setlist(parameter, [subject.slug])
    chosen = EventFilter(data, Event.objects.public(), also=PAGE_MARKS)
    wrong = chosen.messages | refusal(request, parameter, subject)
    context |= {"chosen": chosen, "form": chosen.form, "formats": FORMATS.values(), "preset": parameter}
    if not wrong:
        try:
            context |= timeline(chosen, request, preset=parameter)
            context["meta"] = replace(context["meta"], title=f"{subject}: {context['sentence']}")
        except ValidationError as error:
            wrong = {"page": error.messages}
    template = f"timeline/{parameter}_detail.html"
    return render(request, template, context | {"wrong": wrong}, status=400 if wrong else 200)


def refusal(request: HttpRequest, parameter: str, subject: Model) -> dict[str, list[str]]:
    """Return the message to an address that asks this page for another subject than its own."""
    if parameter not in request.GET:
        return {}
    return {parameter: [f"This page is about {subject} alone. Take “{parameter}” out of the address."]}
