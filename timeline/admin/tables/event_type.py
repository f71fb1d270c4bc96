"""The codebook beside the type of an event: the entry of each type, and which act supports it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import admin
from django.template.loader import render_to_string

from timeline.admin.permissions import PublicRows
from timeline.admin.record_admin import RecordAdmin
from timeline.evidence.choices import Act
from timeline.evidence.support import Actuality, Support, acts_that
from timeline.models import Event, EventType

PARTS = ("include", "exclude", "boundary", "example", "counter_example")


@dataclass(frozen=True, slots=True)
class SupportLine:
    """Which acts do what for a type, where its event has this actuality."""

    actuality: Actuality
    supporting: str  # "confirms, reports"
    presupposing: str


def render_entries(event: Event) -> str:
    """Return the entries of all types, those of other types than the event's hidden: a script shows that of the type that is
    chosen. One query."""
    lines = {}
    types = list(EventType.objects.order_by("name"))
    for event_type in types:
        event_type.parts = [
            (EventType._meta.get_field(name).verbose_name, text)
            for name in PARTS
            if (text := getattr(event_type, name))
        ]
        if event_type.claim not in lines:
            lines[event_type.claim] = [_support_line(event_type.claim, actuality) for actuality in Actuality]
        event_type.support_lines = lines[event_type.claim]
    context = {"types": types, "selected": event.event_type_id, "actuality": event.actuality if event.pk else ""}
    return render_to_string("admin/timeline/event/codebook.html", context)


def _support_line(claim: str, actuality: Actuality) -> SupportLine:
    supporting, presupposing = (
        acts_that(support, claim, actuality) for support in (Support.SUPPORTS, Support.PRESUPPOSES)
    )
    return SupportLine(actuality, _labels(supporting), _labels(presupposing))


def _labels(acts: Iterable[Act]) -> str:
    return ", ".join(act.label for act in acts)


@admin.register(EventType)
class EventTypeAdmin(PublicRows, RecordAdmin):
    fieldsets = [
        ("Type", {"fields": ["name", "slug", "category"]}),
        (
            "In the codebook",
            {
                "fields": ["claim", "description", "include", "exclude", "boundary", "example", "counter_example"],
                "description": "Coders read it beside the type of an event. What it claims decides which act supports it.",
            },
        ),
        (
            "In PLOVER",
            {
                "fields": [("plover_event", "plover_mode"), "quad"],
                "description": "What the type is called in the PLOVER code book, for those who compare data sets.",
            },
        ),
    ]
    list_display = ["name", "category", "claim", "plover_event", "plover_mode", "quad", "slug"]
    list_filter = ["category", "claim", "quad"]
    named_by = "name"
    search_fields = ["name", "slug", "description"]
    search_help_text = "Name, slug or description"
    prepopulated_fields = {"slug": ["name"]}

    def is_met(self, obj: EventType) -> bool:
        return Event.objects.public().filter(event_type=obj).exists()
