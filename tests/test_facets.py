"""Facets agree with the list to the event."""

from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings

from tests import make
from tests.test_parity import queries, world  # noqa: F401
from timeline.facets import facets
from timeline.facets.facet import KINDS

from .filter_hits import filter_of
from .hypothesis_examples import examples

pytestmark = pytest.mark.database

FACET_PARAMETERS = {"actor": ("actor", "actor__all", "role"), "year": ("from", "to")}


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(queries())
def test_each_count_is_what_the_filter_finds(world, query):  # noqa: F811
    event_filter = filter_of(query)
    if event_filter.messages:
        return
    for kind in KINDS:
        (facet,) = facets(event_filter, everything=kind.name)
        for value in facet.values:
            others = [
                pair
                for pair in event_filter.parameters
                if pair[0] not in FACET_PARAMETERS.get(facet.name, (facet.name,))
            ]
            pairs = (
                [("from", value.value), ("to", value.value)] if facet.name == "year" else [(facet.name, value.value)]
            )
            alone = filter_of(urlencode(others + pairs))
            assert (facet.name, value.value, value.count) == (facet.name, value.value, alone.events.count())


def counts(name: str, query: str) -> dict[str, int]:
    (facet,) = facets(filter_of(query), everything=name)
    return {value.value: value.count for value in facet.values}


@pytest.mark.django_db
def test_role_is_counted_where_all_actors_of_the_filter_have_it():
    both = [make.actor(slug=slug) for slug in ("ada", "bela")]
    with_roles, alike = make.published(), make.published()
    for actor, role in zip(both, ("initiator", "recipient"), strict=True):
        make.participation(with_roles, actor, role)
        make.participation(alike, actor)

    assert counts("role", "actor__all=ada&actor__all=bela") == {"participant": 1}


@pytest.mark.django_db
def test_event_counts_once_on_an_axis_by_the_best_citation_of_the_day():
    event = make.published(cited={"basis": "hearsay"})
    make.citation(event, quote="Troops moved.", basis="first_hand")

    assert counts("assertion", "known_by=2022-03-25") == {"first_hand": 1}


@pytest.mark.django_db
def test_values_of_citations_beside_the_one_that_is_filtered_are_counted():
    event = make.published(cited={"act": "reports"})
    make.citation(event, quote="Troops moved.", act="denies")

    assert counts("act", "act=reports") == {"denies": 1, "reports": 1}
