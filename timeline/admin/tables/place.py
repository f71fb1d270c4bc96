from django.contrib import admin

from timeline.admin.forms.record_form import CountryForm
from timeline.admin.permissions import PublicRows
from timeline.admin.record_admin import RecordAdmin
from timeline.models import Place


@admin.register(Place)
class PlaceAdmin(PublicRows, RecordAdmin):
    form = CountryForm
    fieldsets = [
        ("Where", {"fields": ["name", "slug", "country"]}),
        (
            "On the map",
            {
                "fields": [("latitude", "longitude"), "precision"],
                "description": "Say with the precision what the point stands for: the middle of a province is no exact place.",
            },
        ),
        ("More", {"fields": ["description"]}),
    ]
    list_display = ["name", "country", "precision", "latitude", "longitude", "slug"]
    list_filter = ["precision"]
    named_by = "name"
    search_fields = ["name", "slug", "country"]
    search_help_text = "Name, slug or country code"
    prepopulated_fields = {"slug": ["name"]}

    def view_on_site(self, obj: Place) -> str | None:
        return obj.get_absolute_url() if Place.objects.public().contains(obj) else None
