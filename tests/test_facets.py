"""Facets agree with the list to the event."""

from urllib.parse import urlencode

from django.http import QueryDict
from hypothesis import HealthCheck, given, settings

from tests.test_parity import queries, world  # noqa: F401
from timeline.facets import facets
from timeline.facets.facet import KINDS
from timeline.filters import EventFilter
from timeline.models import Event

from .hypothesis_examples import examples

OWN = {"actor": ("actor", "actor__all", "role"), "year": ("from", "to")}


def chosen(query: str = "") -> EventFilter:
    return EventFilter(QueryDict(query), Event.objects.public())


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(queries())
def test_each_count_is_what_the_filter_finds(world, query):  # noqa: F811
    asked = chosen(query)
    if asked.messages:
        return
    for kind in KINDS:
        (facet,) = facets(asked, everything=kind.name)
        for value in facet.values:
            kept = [pair for pair in asked.parameters if pair[0] not in OWN.get(facet.name, (facet.name,))]
            own = [("from", value.value), ("to", value.value)] if facet.name == "year" else [(facet.name, value.value)]
            alone = chosen(urlencode(kept + own))
            assert (facet.name, value.value, value.count) == (facet.name, value.value, alone.events.count())
