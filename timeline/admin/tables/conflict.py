from django.contrib import admin

from timeline.admin.permissions import PublicRows
from timeline.admin.record_admin import RecordAdmin
from timeline.models import Conflict


@admin.register(Conflict)
class ConflictAdmin(PublicRows, RecordAdmin):
    fieldsets = [("Conflict", {"fields": ["name", "slug", "description"]})]
    list_display = ["name", "slug"]
    named_by = "name"
    search_fields = ["name", "slug"]
    search_help_text = "Name or slug"
    prepopulated_fields = {"slug": ["name"]}

    def view_on_site(self, obj: Conflict) -> str | None:
        return obj.get_absolute_url() if Conflict.objects.public().contains(obj) else None
