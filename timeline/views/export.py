from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from timeline import paging
from timeline.exports import FORMATS
from timeline.exports.about import About
from timeline.exports.rows import absolute, event_row
from timeline.filters import EventFilter
from timeline.filters.sentence import sentence
from timeline.models import Event


@require_safe
def event_export(request: HttpRequest, extension: str) -> HttpResponseBase:
    """Stream all events of the filter in one format. A wrong filter is a 400 with the messages as JSON."""
    if extension not in FORMATS:
        raise Http404(f"There is no format “{extension}”. Formats: {', '.join(FORMATS)}.")
    chosen = EventFilter(request.GET, Event.objects.public())
    if chosen.messages:
        answer = {"errors": chosen.messages, "status": 400}
        return JsonResponse(answer, status=400, json_dumps_params={"ensure_ascii": False})
    export = FORMATS[extension]
    about = describe(chosen)
    response = StreamingHttpResponse(export.render(rows(chosen), about), content_type=export.content_type)
    name = f"events-{timezone.now():%Y-%m-%d}.{extension}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Total-Count"] = str(about.total)
    return response


def describe(chosen: EventFilter) -> About:
    total = chosen.events.count()
    page = reverse("event-list") + (f"?{chosen.query}" if chosen.query else "")
    return About(chosen.query, sentence(chosen, total), total, absolute(page))


def rows(chosen: EventFilter) -> Iterator[dict]:
    for events in paging.chunks(chosen.for_timeline(), chosen.order):
        yield from map(event_row, events)
