from django.contrib import admin

from timeline.admin.permissions import PublicRows
from timeline.admin.record_admin import RecordAdmin
from timeline.models import Event, EventType


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
