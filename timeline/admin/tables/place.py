from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.urls import path

from timeline.admin.forms.place_form import ExternalIdForm, ExternalIdFormSet, PlaceForm, preview, read_back
from timeline.admin.lists.lookup_whitelist import OfferedFilter
from timeline.admin.merge_tables import PlaceMergePages
from timeline.admin.permissions import PublicRows
from timeline.admin.pickers.quick_add import QuickAddPages
from timeline.admin.record_admin import RecordAdmin, RowInline
from timeline.history import Part
from timeline.imports.events.event_record import NamedPlace
from timeline.imports.events.plausibility import NEARER, is_far_from_country
from timeline.models import Place, PlaceExternalId
from timeline.text.coordinates import Point


class MergedFilter(OfferedFilter):
    title = "merging"
    parameter_name = "merged"
    offers = {"no": "Places of their own", "yes": "Merged into another"}

    def queryset(self, request, queryset):
        return queryset.filter(merged_into__isnull=self.value() == "no") if self.value() else queryset


class ExternalIdInline(RowInline, admin.TabularInline):
    model = PlaceExternalId
    form = ExternalIdForm
    formset = ExternalIdFormSet
    verbose_name = "id elsewhere"
    verbose_name_plural = (
        "Ids elsewhere: GeoNames, Wikidata, OpenStreetMap, P-codes, and those by which imports find it"
    )


@admin.register(Place)
class PlaceAdmin(PlaceMergePages, QuickAddPages, PublicRows, RecordAdmin):
    form = PlaceForm
    fieldsets = [
        ("Where", {"fields": ["name", "slug", "country", "parent"]}),
        (
            "On the map",
            {
                "fields": ["coordinates", ("latitude", "longitude")],
                "description": "One point for one real place. Each event says how precisely its place is known.",
            },
        ),
        ("More", {"fields": ["description"]}),
    ]
    quick_fields = ["name", "country"]
    inlines = [ExternalIdInline]
    list_display = ["name", "country", "parent", "latitude", "longitude", "slug", "part_of"]
    list_filter = [MergedFilter]
    list_select_related = ["parent", "merged_into"]
    named_by = "name"
    names_as_searched = "search_text"
    search_fields = ["search_text", "slug", "country"]
    search_is_folded = True
    search_help_text = "Name, slug or country code"
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["parent"]
    history_parts = [Part(PlaceExternalId, "place", ("scheme", "value"))]

    def get_urls(self):
        name = "timeline_place_coordinates"
        urls = [path("coordinates/", self.admin_site.admin_view(self.coordinates_view), name=name)]
        return urls + super().get_urls()

    def coordinates_view(self, request: HttpRequest) -> JsonResponse:
        """Return what is understood of the parameter `text`."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        return JsonResponse(preview(request.GET.get("text", "")))

    def offer_detail(self, obj: Place) -> str:
        return f"within {obj.parent}" if obj.parent else obj.country_name

    @admin.display(description="merged into", empty_value="")
    def part_of(self, obj: Place) -> str | None:
        """Return the name, which is often the same, and the slug."""
        return f"{obj.merged_into} ({obj.merged_into.slug})" if obj.merged_into else None

    def view_on_site(self, obj: Place) -> str | None:
        return obj.get_absolute_url() if Place.objects.public().contains(obj) else None

    def has_change_permission(self, request, obj: Place | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.merged_into_id is None)

    def has_delete_permission(self, request, obj: Place | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.merged_into_id is None)

    def notices(self, request, obj: Place) -> list[str]:
        if obj.merged_into_id:
            return [f"This place became part of “{obj.merged_into}”: change that one."]
        return super().notices(request, obj)

    def save_model(self, request, obj: Place, form, change):
        super().save_model(request, obj, form, change)
        if obj.point and {"latitude", "longitude"} & set(form.changed_data):
            messages.info(request, read_back(Point(*obj.point), but=obj.pk))
        if obj.point and is_far_from_country(NamedPlace(obj.name, obj.country, *map(str, obj.point))):
            messages.warning(request, NEARER)
