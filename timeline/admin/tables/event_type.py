"""The codebook beside the type of an event: the entry of each type, and which act supports it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from timeline.admin.permissions import PublicRows
from timeline.admin.record_admin import RecordAdmin
from timeline.evidence.choices import Act
from timeline.evidence.support import Actuality, Claim, Support, acts_that
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
    actuality = event.actuality if event.pk else ""
    types = EventType.objects.order_by("name").values_list("pk", "name", "claim", "description", *PARTS)
    entries = [(pk, _render_entry(actuality, *columns)) for pk, *columns in types]
    context = {"entries": entries, "selected": event.event_type_id}
    return render_to_string("admin/timeline/event/codebook.html", context)


@lru_cache(maxsize=1_000)  # types change rarely, and each event form has them all
def _render_entry(actuality: str, name: str, claim: str, description: str, *parts: str) -> SafeString:
    """Return the entry of a type from its columns, of its lines that of this actuality shown; "": all."""
    labels = [EventType._meta.get_field(part).verbose_name for part in PARTS]
    context = {
        "name": name,
        "claim": Claim(claim).label,
        "description": description,
        "parts": [(label, text) for label, text in zip(labels, parts, strict=True) if text],
        "support_lines": [_support_line(claim, actuality) for actuality in Actuality],
        "actuality": actuality,
    }
    return render_to_string("admin/timeline/event/codebook_entry.html", context)


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
        ("Type", {"fields": ["name", "synonyms", "slug", "category"]}),
        (
            "In the codebook",
            {
                "fields": ["claim", "description", "include", "exclude", "boundary", "example", "counter_example"],
                "description": "Shown to coders beside the type. What a type claims decides which acts support it.",
            },
        ),
        (
            "In PLOVER",
            {
                "fields": [("plover_event", "plover_mode"), "quad"],
                "description": "The name of the type in the PLOVER codebook, for comparison with other data sets.",
            },
        ),
    ]
    list_display = ["name", "category", "claim", "plover_event", "plover_mode", "quad", "slug"]
    list_filter = ["category", "claim", "quad"]
    named_by = "name"
    names_as_searched = "known_as"
    search_fields = ["known_as", "slug", "description"]
    search_help_text = "Name, other words for it, slug or description"
    prepopulated_fields = {"slug": ["name"]}

    def offer_detail(self, obj: EventType) -> str:
        return obj.get_category_display()

    def is_met(self, obj: EventType) -> bool:
        return Event.objects.public().filter(event_type=obj).exists()
