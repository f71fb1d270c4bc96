import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from timeline.history.corrections import corrections
from timeline.http.absolute_urls import absolute_url
from timeline.http.embed_code import EVENT_HEIGHT, embed_event_url, iframe, oembed_url
from timeline.models import Citation, Event
from timeline.models.event import Status
from timeline.pages.page_metadata import dated_title, of_event, of_withdrawn

from .share_links import data_sets


def event_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one event with its evidence; a withdrawn one as a tombstone with the reason; a merged one leads on."""
    found = Event.objects.addressable().filter(public_id=public_id)
    event = found.for_timeline(Citation.objects.public_source()).first()
    if event is None:
        if into := Event.objects.addressable().successor_of(public_id):
            return redirect(into, permanent=True)
        raise Http404("There is no public event at this address.")
    if event.status == Status.WITHDRAWN:
        told = {"event": event, "withdrawn_at": withdrawn_at(event), "current": "timeline"}
        told["meta"] = of_withdrawn(event)
        return render(request, "timeline/event_withdrawn.html", told)
    return render(request, "timeline/event_detail.html", context(event))


def context(event: Event) -> dict:
    cited, permalink = event.visible_citations, absolute_url(event.get_absolute_url())
    return {
        "event": event,
        "citations": cited,
        "participations": event.participations.all(),
        "relations": event.public_relations(),
        "accounts": accounts(event),
        "only_in_questions": event.is_known_only_from_questions(cited),
        "corrections": corrections(event),
        "permalink": permalink,
        "data_sets": data_sets([event]),
        "meta": of_event(event, cited),
        "current": "timeline",
        **(embedding(event, permalink) if event.is_redistributable else {}),
    }


def embedding(event: Event, permalink: str) -> dict[str, str]:
    """Return what another site needs to show the event."""
    url = embed_event_url(event.public_id)
    code = iframe(url, dated_title(event), height=EVENT_HEIGHT)
    return {"embed_url": url, "embed_code": code, "oembed_url": oembed_url(permalink)}


def withdrawn_at(event: Event) -> dt.datetime | None:
    """Return when the event was last withdrawn, in UTC; None where its history does not tell."""
    return next((one.at for one in corrections(event) if one.after == Status.WITHDRAWN.label), None)


def accounts(event: Event) -> list[Citation]:
    """Return the citations that date the event otherwise, or deny or dispute it: shown side by side."""
    return [one for one in event.visible_citations if (one.edtf and one.edtf != event.edtf) or not one.supports]
