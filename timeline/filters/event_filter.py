import datetime as dt
from collections import OrderedDict
from collections.abc import Iterator
from copy import copy
from functools import cache, cached_property
from typing import cast

import django_filters
from django.db.models import Q, QuerySet
from django.http import QueryDict

from timeline.models import Actor, Briefing, Citation, Event, PlaceAncestor
from timeline.querysets import BriefingQuerySet, CitationQuerySet, EventQuerySet
from timeline.querysets.event import axis_condition
from timeline.querysets.event_ranges import first_reported, has_deaths, is_in_box, is_without

from .event_filter_form import EventFilterForm
from .filter_fields import SlugChoiceField
from .first_page import query_text
from .parameter_types import Parameter
from .parameters import BY_NAME, CITED, DEFAULTS, PARAMETERS

# What is computed from the cleaned values, once
DERIVED = ("citations", "events", "in_any_period", "matching_citations", "parameters", "query", "source_citations")


class EventFilter(django_filters.FilterSet):
    """The filter that a request asks for. Every output shows its `events`, and with each of them its `citations`.

    The `qs` of django-filter drops wrong values and ignores unknown names, so nothing reads it.
    """

    class Meta:
        model = Event
        fields: list[str] = []
        form = EventFilterForm

    data: QueryDict
    queryset: EventQuerySet

    def __init__(self, data: QueryDict, queryset: EventQuerySet, *, also: frozenset[str] = frozenset()):
        # not super(): it copies all filters, with their choices, and no request changes one
        self.data, self.queryset, self.also = data or QueryDict(), queryset, also
        self.is_bound, self.form_prefix, self.filters = True, None, self.base_filters

    @classmethod
    def get_filters(cls) -> OrderedDict[str, django_filters.Filter]:
        return OrderedDict((parameter.name, parameter.make_filter()) for parameter in PARAMETERS)

    def get_form_class(self) -> type:
        return _form_class(self.also)

    @cached_property
    def base_sql(self) -> str:
        """Return SQL of the events that this filter selects from: it identifies them in a cache key."""
        return str(self.queryset.order_by().values("pk").query)  # to write all columns out takes longer

    @cached_property
    def wanted(self) -> dict:
        """Return the cleaned value of each parameter; an empty value where it is missing."""
        if not self.data:
            return _of_no_parameter()
        self.form.is_valid()
        return self.form.cleaned_data

    def without(self, *names: str) -> "EventFilter":
        """Return the same filter without some of its parameters. No query: nothing is cleaned again."""
        return self.with_values(**{name: self._empty(name) for name in names})

    def with_values(self, **wanted) -> "EventFilter":
        """Return the same filter with other cleaned values of some parameters. No query: nothing is cleaned again."""
        other = copy(self)
        for derived in DERIVED:
            other.__dict__.pop(derived, None)
        other.wanted = self.wanted | wanted
        return other

    def with_events(self, events: EventQuerySet) -> "EventFilter":
        """Return a copy of the filter that finds only these of its events, and shows only these citations of them."""
        other = self.with_values()
        other.events = events
        return other

    def _empty(self, name: str):
        field = self.filters[name].field
        return field.no_rows() if isinstance(field, SlugChoiceField) else field.to_python("")

    @cached_property
    def citations(self) -> CitationQuerySet:
        """Return the citations the reader may see: public, and published by `known_by` if it is set."""
        return self.source_citations.public()

    @property
    def briefings(self) -> BriefingQuerySet:
        """Return the briefings the reader may see cited: public, and published by `known_by` if it is set."""
        day = self.wanted.get("known_by")
        return Briefing.objects.public().published_in(None, day.last if day else None)

    @cached_property
    def source_citations(self) -> CitationQuerySet:
        """Return the citations that decide whether an event matches. They include citations of draft events: never show them."""
        readable = Citation.objects.public_source()
        day = self.wanted.get("known_by")
        return readable.known_by(day.last) if day else readable

    @cached_property
    def matching_citations(self) -> CitationQuerySet:
        """Return the `source_citations` that meet all of briefing, publisher, speaker and act."""
        lookups = {BY_NAME[name].lookup: keys for name in CITED if (keys := self.keys_of(name))}
        return self.source_citations.filter(**lookups)

    @cached_property
    def events(self) -> EventQuerySet:
        """Return the matching events in order; none at all if any parameter is wrong."""
        return self.in_period(certainly=self.certainly).in_order(self.order)

    @property
    def certainly(self) -> bool:
        return self.wanted.get("when") == "certain"

    @property
    def order(self) -> str:
        return self.wanted.get("order") or DEFAULTS["order"]

    @property
    def has_period(self) -> bool:
        return bool(self.wanted.get("from") or self.wanted.get("to"))

    def in_period(self, *, certainly: bool) -> EventQuerySet:
        """Return the events that possibly, or certainly, fall in the period; all other parameters hold."""
        first, last = self.wanted.get("from"), self.wanted.get("to")
        return self.in_any_period.in_period(first and first.first, last and last.last, certainly=certainly)

    def count_only_possible(self, total: int) -> int:
        """Return how many of `events`, which are so many, fall in the period only possibly; 0 without one, and where certain
        ones are asked for. One query for a period."""
        is_counted = self.has_period and not self.certainly and total
        return total - self.in_period(certainly=True).order_by().count() if is_counted else 0

    def count_without_source_day(self) -> int:
        """Return how many events the filter finds in today's record that are known on no day; 0 without `known_by`, which
        alone leaves them out. One query for a day."""
        return self.without("known_by").events.without_source_day().order_by().count() if self.wanted["known_by"] else 0

    @cached_property
    def in_any_period(self) -> EventQuerySet:
        """Return the events that match all parameters but the period."""
        if not self.form.is_valid():
            return self.queryset.none()
        return self._by_evidence(self._by_citation(self._by_actor(self._by_kind(self._by_words(self.queryset)))))

    def _by_words(self, events: EventQuerySet) -> EventQuerySet:
        if day := self.wanted["known_by"]:
            events = events.known_by(day.last)
        return events.matching(self.wanted["q"], self.source_citations)

    def _by_kind(self, events: EventQuerySet) -> EventQuerySet:
        for parameter in PARAMETERS:
            if parameter.table == "events" and (keys := self.keys_of(parameter.name)):
                narrow = events.exclude if parameter.excludes else events.filter
                events = narrow(self._condition(parameter, keys))
        if minimum := self.wanted["sources_min"]:
            events = events.with_sources(minimum, self.source_citations if self.wanted["known_by"] else None)
        return events.filter(*self._ranges())

    def _ranges(self) -> Iterator[Q]:
        """Yield the conditions of what is measured, and of what is not set."""
        first, last = self.wanted["reported_from"], self.wanted["reported_to"]
        if first or last:
            yield first_reported(first.first if first else dt.date.min, last.last if last else dt.date.max)
        if minimum := self.wanted["deaths_min"]:
            yield has_deaths(minimum)
        if box := self.wanted["bbox"]:
            yield is_in_box(*box)
        yield from map(is_without, self.wanted["unset"])

    def _condition(self, parameter: Parameter, keys: list) -> Q:
        """Return the condition that an event has one of these values. How an event is known is in its row as of today."""
        if parameter.is_axis and self.wanted["known_by"]:
            return axis_condition(parameter.path, keys, self.source_citations)
        if parameter.path == "place":
            return Q(place__in=PlaceAncestor.objects.within(keys))
        return Q(**{parameter.lookup: keys})

    def _by_actor(self, events: EventQuerySet) -> EventQuerySet:
        roles = self.wanted["role"]  # narrows `actor` and `actor__all`; an excluded actor is excluded in every role
        if anyone := self.keys_of("actor"):
            events = events.with_participant(Actor.objects.within(anyone), roles)
        for each in (everyone := self.keys_of("actor__all")):
            events = events.with_participant(Actor.objects.within([each]), roles)
        if roles and not anyone and not everyone:
            events = events.with_participant(None, roles)
        if nobody := self.keys_of("actor__not"):
            events = events.without_participant(Actor.objects.within(nobody))
        return events

    def _by_citation(self, events: EventQuerySet) -> EventQuerySet:
        if any(self.keys_of(name) for name in CITED):
            events = events.cited_by(self.matching_citations)
        for name in CITED:
            if keys := self.keys_of(f"{name}__not"):
                events = events.not_cited_by(self.source_citations.filter(**{BY_NAME[name].lookup: keys}))
        return events

    def _by_evidence(self, events: EventQuerySet) -> EventQuerySet:
        kinds = self.wanted["evidence"]
        return events.with_evidence(kinds, self.source_citations) if kinds else events

    def keys_of(self, name: str) -> list:
        """Return a parameter's values as the database compares them: codes, or primary keys."""
        value = self.wanted[name]
        return [row.pk for row in value] if isinstance(value, QuerySet) else list(value)

    def labelled(self, name: str) -> list[tuple[str, str]]:
        """Return a parameter's values as an address has them, each with what it is called."""
        values = self.wanted.get(name) or []
        texts = [row.slug for row in values] if isinstance(values, QuerySet) else values
        return list(zip(texts, BY_NAME[name].names(values), strict=True))

    # ---- the filter as an address

    @cached_property
    def parameters(self) -> list[tuple[str, str]]:
        """Return the parameters in force in their one canonical order, without empty and default ones."""
        pairs = []
        for name in sorted(self.filters):
            pairs += [(name, value) for value in sorted(self._texts(name)) if value != DEFAULTS.get(name)]
        return pairs

    def _texts(self, name: str) -> list[str]:
        value = self.wanted.get(name)
        if not value:
            return []
        if isinstance(value, QuerySet):
            return [row.slug for row in value]
        if name == "q":
            return [str(self.data["q"]).strip()]
        return value if isinstance(value, list) else [str(getattr(value, "text", value))]

    @cached_property
    def query(self) -> str:
        """Return the canonical query string, without "?"; empty where nothing is filtered."""
        return query_text(self.parameters)

    def query_without(self, *names: str) -> str:
        return query_text((name, value) for name, value in self.parameters if name not in names)

    def query_with(self, **changes: str) -> str:
        """Return the query with single parameters replaced; canonical again."""
        unchanged = [(name, value) for name, value in self.parameters if name not in changes]
        added = [(name, value) for name, value in changes.items() if value != DEFAULTS.get(name)]
        return query_text(sorted(unchanged + added))

    @property
    def messages(self) -> dict[str, list[str]]:
        """Return the errors by parameter; empty where the filter is valid."""
        return {name: list(map(str, errors)) for name, errors in self.form.errors.items()}


@cache
def _form_class(also: frozenset[str]) -> type[EventFilterForm]:
    """Return the form of all parameters."""
    fields = {name: filter_.field for name, filter_ in EventFilter.base_filters.items()}
    form_class = cast(type[EventFilterForm], type("BoundFilterForm", (EventFilterForm,), {**fields, "also": also}))
    form_class.base_fields = SharedFields(form_class.base_fields)
    return form_class


@cache
def _of_no_parameter() -> dict:
    """Return the cleaned values of a filter without parameters, which cost as much as those of any. Do not change them."""
    form = _form_class(frozenset())(QueryDict())
    form.is_valid()
    return form.cleaned_data


class SharedFields(dict):
    """The fields of a form that no form changes: to copy them takes longer than to clean them all."""

    def __deepcopy__(self, memo: dict) -> dict:
        return dict(self)
