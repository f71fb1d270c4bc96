"""A place within a place: a filter by the one finds what lies within it, in every output, at any depth."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from timeline.facets import facets
from timeline.index import EventIndex
from timeline.models import Event, Place, PlaceAncestor

from .clients import csv_rows, page_ids
from .constraints import problems, refused_by
from .desk_client import editor, errors, send
from .filter_hits import filter_of, hits, messages
from .hypothesis_examples import examples
from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@made_once
def nested():
    """An oblast with a district with a village, each with an event, and a town elsewhere."""
    oblast = make.place("Oblast", slug="oblast")
    district = make.place("District", slug="district", parent=oblast)
    places = [oblast, district, make.place("Village", slug="village", parent=district), make.place("Town", slug="town")]
    for place in places:
        make.published(f"At {place}", place=place)
    make.published("Nowhere")


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("place=oblast", ["At Oblast", "At District", "At Village"]),
        ("place=district", ["At District", "At Village"]),
        ("place=village", ["At Village"]),
        ("place=town&place=village", ["At Village", "At Town"]),
        ("place__not=district", ["At Oblast", "At Town", "Nowhere"]),
        ("place=oblast&place__not=village", ["At Oblast", "At District"]),
    ],
)
def test_filter_finds_what_lies_within(nested, query, titles):
    assert hits(query) == titles


def test_wrong_place_is_refused_with_the_nearest(nested):
    assert messages("place=oblst") == {"place": ["“oblst” is not known here. Did you mean oblast?"]}


def test_list_page_facet_index_export_and_api_agree(nested, client):
    event_filter = filter_of("place=oblast")
    ids = [event.public_id for event in event_filter.events]

    assert page_ids(client, "place=oblast") == page_ids(client, path="/places/oblast/") == ids
    assert [row["public_id"] for row in csv_rows(client, "place=oblast")] == ids
    answer = json.loads(client.get("/api/v1/events/?place=oblast").content)
    assert [event["public_id"] for event in answer["events"]] == ids
    assert EventIndex().matching(event_filter).sum() == len(ids) == 3
    [facet] = facets(filter_of(), everything="place")
    assert [(value.value, value.count, value.level) for value in facet.values] == [
        ("oblast", 3, 0),
        ("district", 2, 1),
        ("village", 1, 2),
        ("town", 1, 0),
    ]
    listed = client.get("/api/v1/places/").json()["places"]
    assert [(place["slug"], place["event_count"]) for place in listed] == [
        ("district", 2),
        ("oblast", 3),
        ("town", 1),
        ("village", 1),
    ]


def test_page_names_what_it_lies_within_and_what_lies_within_it(nested, client):
    html = client.get("/places/district/").content.decode()

    assert '<dt>Within</dt><dd><a href="/places/oblast/">Oblast</a>' in html
    assert '<dt>Includes</dt><dd><a href="/places/village/">Village</a>' in html


def test_circle_is_refused_by_model_and_form():
    top = make.place("Top")
    below = make.place("Below", parent=make.place("Middle", parent=top))
    refusal = "Below lies within Top already; choose another."

    top.parent = below
    assert problems(top) == {"parent": [refusal]}
    with pytest.raises(Exception, match="lies within"):
        top.save()
    answer = send(editor(), f"/admin/timeline/place/{top.pk}/change/", parent=below.pk)
    assert (errors(answer), Place.objects.get(pk=top.pk).parent) == ([refusal], None)
    with refused_by("place_parent_not_itself"):
        Place.objects.filter(pk=top.pk).update(parent=top.pk)


trees = st.lists(st.integers(-1, 6), min_size=7, max_size=7)


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(trees, trees)
def test_whatever_lies_where_filter_and_facet_find_the_same(places, first, then):
    for parents in (first, then):
        for number, parent in enumerate(parents):  # only upwards, so that there is no circle
            place = places[number]
            place.parent = places[parent] if -1 < parent < number else None
            place.save()
    above = {place.slug: place.parent.slug if place.parent else None for place in places}
    within = {slug: {slug} for slug in above}
    for slug in above:
        upper = above[slug]
        while upper:
            within[upper].add(slug)
            upper = above[upper]

    [facet] = facets(filter_of(), everything="place")

    assert {value.value: value.count for value in facet.values} == {slug: len(slugs) for slug, slugs in within.items()}
    assert {slug: {event.place.slug for event in filter_of(f"place={slug}").events} for slug in above} == within
    stored = set(PlaceAncestor.objects.values_list("ancestor__slug", "place__slug"))
    assert stored == {(slug, lower) for slug, below in within.items() for lower in below}


@pytest.fixture
def places():
    rows = [make.place() for _ in range(7)]
    for place in rows:
        make.published(place=place)
    return rows


def test_ancestors_follow_writes_in_bulk():
    first, second = Place.objects.bulk_create([Place(slug="a", name="A"), Place(slug="b", name="B")])
    Place.objects.filter(pk=second.pk).update(parent=first)

    assert set(PlaceAncestor.objects.values_list("ancestor__slug", "place__slug")) == {
        ("a", "a"),
        ("a", "b"),
        ("b", "b"),
    }
    assert str(PlaceAncestor.objects.get(place=first)) == f"{first.pk} within {first.pk}"
    assert Event.objects.count() == 0
