"""While an event is entered: those that are there already and may be the same, with their dates and words."""

import re

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from timeline import dates
from timeline.dates import reader
from timeline.models import Citation, Event
from timeline.text import source_text

from .lists.lookup_whitelist import ROW_ID

MOST_SHOWN = 5
MOST_ACTORS = 50
_ACTOR = re.compile(r"participations-\d+-actor", re.ASCII)
_BRIEFING = re.compile(r"citations-\d+-briefing", re.ASCII)


def similar_events(event_type: str, date: str, actors: list[str]) -> list[Event]:
    """Return events of this type (primary key) that may have gone on at this date, in EDTF or words, with one of these
    actors (primary keys), last entered first, each with its citations; none where one of the three is missing or not
    understood. At most two queries."""
    actor_ids = [int(actor) for actor in actors if ROW_ID.fullmatch(actor)][:MOST_ACTORS]
    if not (actor_ids and date and ROW_ID.fullmatch(event_type)):
        return []
    try:
        day = dates.parse(reader.read(date))
    except ValueError:
        return []
    events = Event.objects.possible_duplicates(int(event_type), day.start_earliest, day.end_latest, actor_ids)
    return list(events.order_by("-pk").prefetch_related("citations")[:MOST_SHOWN])


def events_citing_the_same(form_input) -> list[Event]:
    """Return events of the type in a form that cite the same words of the same source as it does. At most two queries."""
    event_type = form_input.get("event_type", "")
    if not ROW_ID.fullmatch(event_type):
        return []
    cited = Q()
    for name, briefing in form_input.items():
        if _BRIEFING.fullmatch(name) and ROW_ID.fullmatch(briefing) and f"{name[:-8]}DELETE" not in form_input:
            quote = source_text.normalise(form_input.get(f"{name[:-8]}quote", "")).strip()
            cited |= Q(briefing=int(briefing), quote=quote) if quote else Q()
    if not cited:
        return []
    citations = Citation.objects.filter(cited).order_by()
    events = Event.objects.citable().filter(event_type=int(event_type), pk__in=citations.values("event"))
    return list(events.order_by("-pk").prefetch_related("citations")[:MOST_SHOWN])


def events_similar_to(form_input) -> list[Event]:
    """Return the events that a form which is sent in may enter a second time. At most four queries."""
    actors = [
        value for name, value in form_input.items() if _ACTOR.fullmatch(name) and f"{name[:-5]}DELETE" not in form_input
    ]
    similar = similar_events(form_input.get("event_type", ""), form_input.get("edtf", ""), actors)
    return list(dict.fromkeys([*events_citing_the_same(form_input), *similar]))[:MOST_SHOWN]


class DuplicateCheckForm:
    """Mixin for the event's form: a new event is saved only after its editor has seen the similar ones."""

    def clean(self) -> dict:
        cleaned = super().clean()
        if self.instance.pk is None and not self.conflict:
            self.similar_events = events_similar_to(self.data)
            seen = set(self.data.getlist("alike"))
            if any(str(event.pk) not in seen for event in self.similar_events):
                raise ValidationError(
                    "Nothing is saved yet: a similar event already exists, see below. If it is the same event, add to "
                    "that one; if not, save again.",
                    code="alike",
                )
        return cleaned


class DuplicateCheckPages:
    """For the admin of events: the check that runs while somebody types."""

    def get_urls(self):
        return [
            path("alike/", self.admin_site.admin_view(self.alike_view), name="timeline_event_alike"),
            *super().get_urls(),
        ]

    def alike_view(self, request: HttpRequest) -> HttpResponse:
        """Return a fragment of the page: events similar to the parameters `event_type`, `edtf` and `actor`. Empty: none."""
        if not (self.has_add_permission(request) and self.has_view_or_change_permission(request)):
            raise PermissionDenied
        params = request.GET
        events = similar_events(params.get("event_type", ""), params.get("edtf", ""), params.getlist("actor"))
        return render(request, "admin/timeline/event/_similar_events.html", {"alike": events})
