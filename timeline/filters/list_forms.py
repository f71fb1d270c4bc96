"""The forms of the lists of actors, places, conflicts and sources, and of the search over all. As with events, a name that is not
known is refused: it would show more than was meant."""

from timeline.models import Actor
from timeline.models.actor import ActorKind
from timeline.models.briefing import BriefingKind

from .event_filter_form import EventFilterForm
from .filter_fields import AnyOfField, CountriesField, OneOfField, PeriodField, SlugChoiceField, TermsField

BY_NAME, BY_EVENTS = "name", "events"


class ListForm(EventFilterForm):
    also = frozenset({"page"})

    @property
    def narrows(self) -> bool:
        """Return whether it leaves something out, or has an order of its own."""
        return any(bool(wanted) and wanted != BY_NAME for wanted in self.cleaned_data.values())


class SiteSearch(EventFilterForm):
    """Words in events, sources and names."""

    q = TermsField(required=False, label="Search events, sources and names")


class NameSearch(ListForm):
    """Words in the names of conflicts, and their order."""

    q = TermsField(required=False, label="Search by name")
    order = OneOfField(required=False, label="Order", choices=[(BY_NAME, "By name"), (BY_EVENTS, "Most events first")])


class PlaceSearch(NameSearch):
    country = CountriesField(required=False, label="Country")


class ActorSearch(PlaceSearch):
    kind = AnyOfField(required=False, label="Kind", choices=ActorKind.choices)


class SourceSearch(ListForm):
    """Words, kinds, publishers and days of publication of sources."""

    q = TermsField(required=False, label="Words in title or text")
    kind = AnyOfField(required=False, label="Kind", choices=BriefingKind.choices)
    publisher = SlugChoiceField(required=False, label="Publisher", queryset=Actor.objects.publishing())


SourceSearch.base_fields |= {  # "from" is a word of Python
    "from": PeriodField(required=False, label="From"),
    "to": PeriodField(required=False, label="To"),
}
