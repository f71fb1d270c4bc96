import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from timeline.absolute_urls import EVENT_HEIGHT, absolute_url, embed_event_url, iframe, oembed_url
from timeline.evidence.support import Support
from timeline.exports import references
from timeline.history.corrections import corrections
from timeline.models import Citation, EarlierQuote, Event, PublicRevision, Release
from timeline.models.event import Status
from timeline.models.relation import public_relations
from timeline.pages.page_metadata import dated_title, of_event, of_withdrawn
from timeline.pages.source_values import how_known, source_values

from .before_and_after import list_context
from .share_links import data_sets


def event_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show one event with its evidence; a withdrawn one as a tombstone with the reason; a merged one leads on."""
    rows = Event.objects.addressable().filter(public_id=public_id)
    event = rows.for_timeline(Citation.objects.public_source()).first()
    if event is None:
        if into := Event.objects.addressable().successor_of(public_id):
            return redirect(into, permanent=True)
        raise Http404("There is no public event at this address.")
    if event.status == Status.WITHDRAWN:
        context = {"event": event, "withdrawn_at": withdrawn_at(event), "current": "timeline"}
        context["meta"] = of_withdrawn(event)
        return render(request, "timeline/event_withdrawn.html", context)
    return render(request, "timeline/event_detail.html", event_context(event) | list_context(request, event))


def event_context(event: Event) -> dict:
    citations, permalink = event.visible_citations, absolute_url(event.get_absolute_url())
    EarlierQuote.objects.give_to(citations)
    return {
        "event": event,
        "citations": citations,
        "participations": event.participations.all(),
        "relations": public_relations(event),
        "source_values": source_values(event, citations),
        "accounts": accounts(event),
        "known": how_known(event, citations),
        "recorded_date": recorded_date(event),
        "is_dated_by_period": is_dated_by_period(event, citations),
        "words_gone": sum(citation.earlier_text_id is not None for citation in citations),
        "corrections": corrections(event),
        "permalink": permalink,
        "data_sets": data_sets([event]),
        "meta": of_event(event, citations),
        "current": "timeline",
        **(embedding(event, permalink) if event.is_redistributable else {}),
    }


def is_dated_by_period(event: Event, citations: list[Citation]) -> bool:
    """Return whether the day by which it was first reported is the end of the month or year of a source. No query."""
    first = event.first_reported_on
    return first is not None and all(citation.briefing.published_on != first for citation in citations)


def recorded_date(event: Event) -> str:
    """Return the date, as EDTF, that its data set had when it was last imported; empty where it was entered here. One
    query for an imported event."""
    imported = getattr(event, "imported", None) if event.data_set else None
    return imported.recorded_date if imported else ""


def embedding(event: Event, permalink: str) -> dict[str, str]:
    """Return what another site needs to show the event."""
    url = embed_event_url(event.public_id)
    code = iframe(url, dated_title(event), height=EVENT_HEIGHT)
    return {"embed_url": url, "embed_code": code, "oembed_url": oembed_url(permalink)}


def withdrawn_at(event: Event) -> dt.datetime | None:
    """Return when the event was last withdrawn, in UTC; None where its history does not tell."""
    return next(
        (correction.at for correction in corrections(event) if correction.after == Status.WITHDRAWN.label), None
    )


def accounts(event: Event) -> list[Citation]:
    """Return the citations that speak against the event: shown beside it."""
    return [citation for citation in event.visible_citations if citation.support == Support.AGAINST]


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
    release = Release.objects.holding(event) if event.is_redistributable else None
    quotes = [(citation, references.quote_reference(citation, revision)) for citation in citations]
    context = {
        "event": event,
        "cite": references.event_reference(event, revision, release),
        "quotes": quotes,
        "current": "timeline",
    }
    return render(request, "timeline/cite.html", context)
