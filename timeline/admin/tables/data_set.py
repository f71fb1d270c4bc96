from django.contrib import admin

from timeline.admin.permissions import PublicRows
from timeline.admin.record_admin import RecordAdmin
from timeline.models import DataSet


@admin.register(DataSet)
class DataSetAdmin(PublicRows, RecordAdmin):
    fieldsets = [
        ("Data set", {"fields": ["name", "slug", "publisher", "url"]}),
        ("Terms", {"fields": ["licence", "licence_url", "attribution", "redistributable", "leads_only", "desk_only"]}),
    ]
    list_display = ["name", "slug", "licence", "redistributable"]
    search_fields = ["name", "slug"]
    search_help_text = "Name or slug"
    prepopulated_fields = {"slug": ["name"]}
