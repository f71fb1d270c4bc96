from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from timeline.facets.facet_panels import sheet
from timeline.filters import EventFilter
from timeline.filters.sentence import sentence
from timeline.models import Event

PAGE_MARKS = frozenset({"find"})


def facet(request: HttpRequest, name: str) -> HttpResponse:
    """Show all values of one facet of a filter, with their counts. A wrong filter is a 400 with the messages."""
    event_filter = EventFilter(request.GET, Event.objects.public(), also=PAGE_MARKS)
    back = reverse("event-list") + (f"?{event_filter.query}" if event_filter.query else "")
    context = {"event_filter": event_filter, "back": back, "current": "timeline"}
    if event_filter.messages:
        return render(request, "timeline/facet.html", context | {"wrong": event_filter.messages}, status=400)
    find = request.GET.get("find", "").strip()[:100]
    if (facet_sheet := sheet(event_filter, name, find)) is None:
        raise Http404(f"There is no facet “{name}”.")
    total = event_filter.events.count()
    words = sentence(event_filter, total, event_filter.count_only_possible(total))
    context |= {"find": find, "sheet": facet_sheet, "sentence": words}
    return render(request, "timeline/facet.html", context)
