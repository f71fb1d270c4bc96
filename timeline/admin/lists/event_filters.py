"""What the list of events can be narrowed by, beside state, category and dossier."""

import re

from timeline.models import EventType

from .lookup_whitelist import OfferedFilter, PatternFilter


class TypeFilter(PatternFilter):
    """The types of the selected category; all types at once would fill the page."""

    title = "type"
    parameter_name = "type"
    pattern = re.compile("[a-z0-9-]{1,60}", re.ASCII)

    def lookups(self, request, model_admin):
        category = request.GET.get("event_type__category__exact", "")
        return (
            [(event_type.slug, event_type.name) for event_type in EventType.objects.in_category(category)]
            if category
            else []
        )

    def queryset(self, request, queryset):
        return queryset.of_type(self.value()) if self.value() else queryset


class LacksFilter(OfferedFilter):
    title = "what is missing"
    parameter_name = "lacks"
    offers = {
        "citation": "A citation",
        "verified": "A matched quote for it",
        "support": "Support by the codebook",
        "date": "A date",
        "actor": "An actor",
        "place": "A place",
    }

    def queryset(self, request, queryset):
        return queryset.lacking(self.value()) if self.value() else queryset


class QuoteFilter(OfferedFilter):
    title = "quotes"
    parameter_name = "quote"
    offers = {
        "missing": "One no longer in its text",
        "ambiguous": "One stands more than once",
        "moved": "One has moved",
    }

    def queryset(self, request, queryset):
        return queryset.with_quote(self.value()) if self.value() else queryset


class MineFilter(OfferedFilter):
    title = "whose work"
    parameter_name = "mine"
    offers = {"entered": "Entered by me", "drafts": "My drafts", "returned": "Returned to me"}

    def queryset(self, request, queryset):
        meaning = {"entered": queryset.entered_by, "drafts": queryset.drafts_of, "returned": queryset.returned_to}
        return meaning[self.value()](request.user) if self.value() else queryset


class ReportedFilter(PatternFilter):
    title = "year first reported"
    parameter_name = "reported"
    pattern = re.compile("[1-9][0-9]{3}", re.ASCII)

    def lookups(self, request, model_admin):
        return [(str(year), str(year)) for year in model_admin.model.objects.years_reported()]

    def queryset(self, request, queryset):
        return queryset.reported_in(int(self.value())) if self.value() else queryset
