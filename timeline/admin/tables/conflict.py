from django.contrib import admin

from timeline.admin.permissions import PublicRows
from timeline.admin.record_admin import RecordAdmin
from timeline.models import Conflict


@admin.register(Conflict)
class ConflictAdmin(PublicRows, RecordAdmin):
    fieldsets = [("Conflict", {"fields": ["name", "slug", "description"]})]
    list_display = ["name", "slug"]
    named_by = "name"
    names_as_searched = "search_text"
    search_fields = ["search_text", "slug"]
    search_is_folded = True
    search_help_text = "Name or slug"
    prepopulated_fields = {"slug": ["name"]}

    def view_on_site(self, obj: Conflict) -> str | None:
        return obj.get_absolute_url() if Conflict.objects.public().contains(obj) else None
