from django.contrib import admin
from django_countries import countries

from timeline.admin.forms.record_form import CountryForm
from timeline.admin.forms.row_formset import RowForm, RowFormSet
from timeline.admin.merge_tables import ActorMergePages
from timeline.admin.permissions import PublicRows
from timeline.admin.pickers.quick_add import QuickAddPages
from timeline.admin.record_admin import RecordAdmin, RowInline
from timeline.history import Part
from timeline.models import Actor, ActorAlias
from timeline.suggest.actor_table import complete, entered_as, listed_as


class AliasForm(RowForm):
    parent = "actor"


class AliasFormSet(RowFormSet):
    once = ("name",)
    twice = "This name is listed twice. Delete one of the two."


class AliasInline(RowInline, admin.TabularInline):
    model = ActorAlias
    form = AliasForm
    formset = AliasFormSet
    verbose_name = "other name"
    verbose_name_plural = "Other names: spellings, former names, abbreviations"


@admin.register(Actor)
class ActorAdmin(ActorMergePages, QuickAddPages, PublicRows, RecordAdmin):
    form = CountryForm
    fieldsets = [
        ("Who", {"fields": ["name", "slug", "kind", "parent", "country"]}),
        ("More", {"fields": ["description", "time_zone"]}),
    ]
    quick_fields = ["name", "kind", "country"]
    inlines = [AliasInline]
    list_display = ["name", "kind", "parent", "country", "slug", "part_of"]
    list_filter = ["kind"]
    list_select_related = ["parent", "merged_into"]
    named_by = "name"
    names_as_searched = "search_text"
    search_fields = ["search_text", "slug"]  # name and other names, without case and accents
    search_is_folded = True
    search_help_text = "Name, other name or slug"
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["parent"]
    history_parts = [Part(ActorAlias, "actor", ("name",))]

    def quick_values(self, name: str) -> dict[str, str]:
        """Return name, kind and country as the table of states and organisations has them, where it has the name."""
        if listed := listed_as(name):
            return {"name": listed.name, "kind": listed.kind, "country": listed.country}
        return super().quick_values(name)

    def quick_known(self, name: str) -> list[Actor]:
        known = entered_as(listed) if (listed := listed_as(name)) else None
        return [known] if known else []

    def quick_added(self, row: Actor) -> None:
        if (listed := listed_as(row.name)) and (listed.kind, listed.country) == (row.kind, row.country):
            complete(row, listed)

    def offer_detail(self, obj: Actor) -> str:
        return ", ".join(filter(None, [obj.get_kind_display(), countries.name(obj.country)]))

    @admin.display(description="merged into", empty_value="")
    def part_of(self, obj: Actor) -> Actor | None:
        return obj.merged_into

    def view_on_site(self, obj: Actor) -> str | None:
        return obj.get_absolute_url() if Actor.objects.public().contains(obj) else None

    def has_change_permission(self, request, obj: Actor | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.merged_into_id is None)

    def has_delete_permission(self, request, obj: Actor | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.merged_into_id is None)

    def notices(self, request, obj: Actor) -> list[str]:
        if obj.merged_into_id:
            return [f"This actor became part of “{obj.merged_into}”: change that one."]
        return super().notices(request, obj)
