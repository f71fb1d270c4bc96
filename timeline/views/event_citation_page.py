from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from timeline.exports import references
from timeline.models import Citation, Event, PublicRevision


def event_cite(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show how to cite an event and each of its quotes; one that may not leave the site by its id alone."""
    rows = Event.objects.public().filter(public_id=public_id)
    event = rows.for_timeline(Citation.objects.public_source()).first()
    if event is None:
        if into := Event.objects.public().successor_of(public_id):
            return redirect("event-cite", into.public_id, permanent=True)
        raise Http404("There is no public event at this address.")
    revision, _ = PublicRevision.objects.current()
    citations = event.visible_citations if event.is_redistributable else []
    quotes = [(citation, references.quote_reference(citation, revision)) for citation in citations]
    context = {
        "event": event,
        "cite": references.event_reference(event, revision),
        "quotes": quotes,
        "current": "timeline",
    }
    return render(request, "timeline/cite.html", context)
