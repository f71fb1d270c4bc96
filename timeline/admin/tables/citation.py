from django.contrib import admin
from django.utils.html import format_html

from timeline.admin.lists.list_filters import VersionFilter, titled_filter
from timeline.admin.lists.typed_filters import CitationFields
from timeline.admin.record_admin import RecordAdmin
from timeline.models import Citation


@admin.register(Citation)
class CitationAdmin(RecordAdmin):
    """Citations are read here, and entered with their event."""

    fieldsets = [
        ("Words", {"fields": ["quote", "state", "where", "turn_kind"]}),
        ("For", {"fields": ["event_link", "act", "support", "basis", "speaker", "rating", "note"]}),
        (
            "What this source says",
            {"fields": ["date_as_stated", "date", "place", ("deaths_low", "deaths_best", "deaths_high")]},
        ),
        ("In", {"fields": ["briefing", "prefix", "suffix"]}),
    ]
    readonly_fields = ["where", "event_link", "date", "rating"]
    list_display = ["__str__", "quote_state", "act", "support", "event", "briefing", "speaker"]
    show_full_result_count = False  # a count of all beside that of those listed
    ordering = ["-pk"]  # newest first: a position says something within its event only
    list_filter = [
        *(
            CitationFields,
            VersionFilter,
            ("state", titled_filter("quote")),
            ("event__status", titled_filter("status of the event")),
        ),
        *("act", "support", "basis", ("turn_kind", titled_filter("where it was said")), "reliability"),
    ]
    list_select_related = ["event", "briefing", "speaker"]
    search_fields = ["quote_search", "briefing__title", "event__title"]
    search_method = "search"
    search_help_text = "Words of the quote or of the event's title and summary, or the source's title"
    autocomplete_fields = ["event", "briefing", "speaker"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).for_admin_list()

    def offer_detail(self, obj: Citation) -> str:
        return f"{obj.event}, by {obj.briefing}"

    @admin.display(description="quote", ordering="state")
    def quote_state(self, obj: Citation) -> str:
        return obj.get_state_display()

    @admin.display(description="Place in the text")
    def where(self, obj: Citation) -> str:
        return "not in the text" if obj.start is None else f"characters {obj.start + 1:,} to {obj.end:,}"

    @admin.display(description="Date by this source", empty_value="none")
    def date(self, obj: Citation) -> str | None:
        return obj.date_display or None

    @admin.display(description="Event")
    def event_link(self, obj: Citation) -> str:
        return format_html('<a href="../../../event/{}/change/">{}</a>', obj.event_id, obj.event)

    def view_on_site(self, obj: Citation) -> str | None:
        public = obj.event.is_public and obj.briefing.status == "published"
        return obj.get_absolute_url() if public else None
