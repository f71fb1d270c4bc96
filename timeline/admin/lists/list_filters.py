"""What the lists of events, sources and citations can be narrowed by with a link, beside columns with choices."""

from django.contrib.admin import ChoicesFieldListFilter

from .lookup_whitelist import OfferedFilter


class LacksFilter(OfferedFilter):
    title = "what is missing"
    parameter_name = "lacks"
    offers = {
        "citation": "A citation",
        "verified": "A matched quote",
        "support": "Support by the codebook",
        "date": "A date",
        "start": "A known start",
        "actor": "An actor",
        "place": "A place",
    }

    def queryset(self, request, queryset):
        return queryset.lacking(self.value()) if self.value() else queryset


class EventQuoteFilter(OfferedFilter):
    title = "quotes"
    parameter_name = "quote"
    offers = {
        "missing": "A quote is missing from its text",
        "ambiguous": "A quote occurs more than once",
        "moved": "A quote has moved",
    }

    def queryset(self, request, queryset):
        return queryset.with_quote(self.value()) if self.value() else queryset


class MineFilter(OfferedFilter):
    title = "my work"
    parameter_name = "mine"
    offers = {"entered": "Entered by me", "drafts": "My drafts", "returned": "Returned to me"}

    def queryset(self, request, queryset):
        meaning = {"entered": queryset.entered_by, "drafts": queryset.drafts_of, "returned": queryset.returned_to}
        return meaning[self.value()](request.user) if self.value() else queryset


class TextFilter(OfferedFilter):
    title = "text"
    parameter_name = "text"
    offers = {"stored": "Stored", "none": "Address only"}

    def queryset(self, request, queryset):
        return queryset.with_text(self.value() == "stored") if self.value() else queryset


class CodedFilter(OfferedFilter):
    title = "events entered"
    parameter_name = "coded"
    offers = {"no": "None yet, though it has a text", "partly": "Some not yet published", "yes": "All have been public"}

    def queryset(self, request, queryset):
        return queryset.coded(self.value()) if self.value() else queryset


class BriefingQuoteFilter(OfferedFilter):
    title = "quotes"
    parameter_name = "quote"
    offers = {"missing": "A quote is missing from its text", "ambiguous": "A quote occurs more than once"}

    def queryset(self, request, queryset):
        return queryset.with_quote(self.value()) if self.value() else queryset


def titled_filter(title: str) -> type[ChoicesFieldListFilter]:
    """Return the filter of a field with choices under this title: two tables may have fields of one name."""

    class Named(ChoicesFieldListFilter):
        def __init__(self, *args, **kwargs):
            super().__init__(*args, **kwargs)
            self.title = title

    return Named


class VersionFilter(OfferedFilter):
    """Citations by the text that has their words."""

    title = "text that has the words"
    parameter_name = "version"
    offers = {"now": "Current text, or none stored", "past": "Earlier text only"}

    def queryset(self, request, queryset):
        return queryset.of_past_texts(self.value() == "past") if self.value() else queryset
