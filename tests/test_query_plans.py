"""A page is read off an index: no sorting of the whole table, on the engine whose planner can be read here."""

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models import Count

from tests import make
from timeline.admin.pickers.ranking import nearest_first
from timeline.database import keyset_paging
from timeline.models import Actor, Briefing, Event, Place

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="PostgreSQL reads small tables whole whatever their indexes"
    ),
    pytest.mark.database,
]


def plan(events) -> str:
    sql, parameters = events.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
        return " | ".join(row[3] for row in cursor.fetchall())


@pytest.mark.parametrize(
    ("order", "index"),
    [("date", "event_time"), ("-date", "event_newest"), ("-recorded", "event_recorded")],
)
def test_page_follows_its_index(order, index):
    make.published()
    event = Event.objects.get()
    events = Event.objects.public().in_order(order)

    for page in (
        events[:51],
        keyset_paging.beyond(events, order, keyset_paging.position_at(events, order, event.pk))[:51],
    ):
        assert f"USING INDEX {index} (status=?" in plan(page)
        assert "TEMP B-TREE" not in plan(page)


def test_count_is_read_off_an_index_alone():
    assert "USING COVERING INDEX" in plan(Event.objects.public().order_by().values("pk"))


def test_events_of_places_are_looked_up_by_place():
    for places in (Place.objects.public(), Place.objects.redistributable()):
        steps = plan(places[:100]).split(" | ")
        events = [step for step in steps if "event_" in step]
        assert events
        assert all("event_place (place_id=? AND status=?" in step for step in events)


def test_briefings_of_a_kind_are_counted_and_listed_off_an_index():
    public = Briefing.objects.public()

    assert "USING INDEX briefing_kind (status=? AND kind=?)" in plan(
        public.of_kinds(["data_record"]).newest_first()[:51]
    )
    assert "TEMP B-TREE" not in plan(public.of_kinds(["data_record"]).newest_first()[:51])
    assert "USING COVERING INDEX briefing_kind" in plan(public.order_by().values("kind").annotate(n=Count("pk")))


def test_nearest_actors_are_found_in_one_scan_of_actors():
    near = admin.site.get_model_admin(Actor).near_names("iran")

    steps = plan(nearest_first(Actor.objects.all(), near).values("pk")[:20]).split(" | ")

    assert steps == ["SCAN timeline_actor", "USE TEMP B-TREE FOR ORDER BY"]


def test_a_document_is_looked_up_off_indexes():
    make.briefing(url="https://example.gov/a", further_urls="https://example.gov/b")
    known = Briefing.objects.same_document(["https://example.gov/c"], "0" * 64).order_by()

    read = plan(known)
    assert [f"INDEX {name} (" in read for name in ("briefing_address", "briefing_text_hash")] == [True, True]
    assert "SCAN timeline_briefing" not in read
