"""What the lists of briefings and citations can be narrowed by."""

from django.contrib.admin import ChoicesFieldListFilter

from timeline.models import Actor, Briefing

from .lookup_whitelist import ROW_ID, OfferedFilter, PatternFilter


class TextFilter(OfferedFilter):
    title = "text"
    parameter_name = "text"
    offers = {"stored": "Stored", "none": "Address only"}

    def queryset(self, request, queryset):
        return queryset.with_text(self.value() == "stored") if self.value() else queryset


class CodedFilter(OfferedFilter):
    title = "events made of it"
    parameter_name = "coded"
    offers = {"no": "None yet, and it has a text", "partly": "Some wait for publication", "yes": "All have been public"}

    def queryset(self, request, queryset):
        return queryset.coded(self.value()) if self.value() else queryset


class QuoteFilter(OfferedFilter):
    title = "quotes"
    parameter_name = "quote"
    offers = {"missing": "One no longer in its text", "ambiguous": "One stands more than once"}

    def queryset(self, request, queryset):
        return queryset.with_quote(self.value()) if self.value() else queryset


class PublisherFilter(PatternFilter):
    title = "publisher"
    parameter_name = "publisher"
    pattern = ROW_ID

    def lookups(self, request, model_admin):
        return Actor.objects.with_briefings().order_by("name").values_list("pk", "name")

    def choices(self, changelist):
        selected = self.value()
        for value, words in [(None, "All"), *((str(pk), name) for pk, name in self.lookup_choices)]:
            link = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": selected == value, "query_string": link, "display": words}

    def queryset(self, request, queryset):
        return queryset.published_by(int(self.value())) if self.value() else queryset


class BriefingFilter(PatternFilter):
    """The citations of one briefing; its own list leads here."""

    title = "briefing"
    parameter_name = "briefing"
    pattern = ROW_ID

    def lookups(self, request, model_admin):
        briefing_id = request.GET.get(self.parameter_name, "")
        return Briefing.objects.titles([int(briefing_id)]) if ROW_ID.fullmatch(briefing_id) else []

    def queryset(self, request, queryset):
        return queryset.of_briefing(int(self.value())) if self.value() else queryset


def titled_filter(title: str) -> type[ChoicesFieldListFilter]:
    """Return the filter of a field with choices under this title: two tables may have fields of one name."""

    class Named(ChoicesFieldListFilter):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.title = title

    return Named
