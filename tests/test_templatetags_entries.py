"""What a list keeps of an event must never be older than the event."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from timeline.facets import counting as totals_module
from timeline.models import Actor, Briefing

pytestmark = pytest.mark.django_db


def page(client, path: str = "/") -> str:
    return client.get(path).content.decode()


def test_an_entry_follows_what_it_shows(client):
    publisher = make.actor("Department", kind="organisation")
    event = make.published("Talks", briefing=(briefing := make.briefing(publisher=publisher)))
    make.participation(event, actor := make.actor("Armenia"))
    assert "Armenia" in page(client)

    actor.name = "Republic of Armenia"
    actor.save()
    assert "Republic of Armenia" in page(client)

    Actor.objects.filter(pk=publisher.pk).update(name="Ministry")
    assert "Ministry, press briefing" in page(client)

    Briefing.objects.filter(pk=briefing.pk).update(kind="readout")
    assert "Ministry, readout" in page(client)

    make.citation(event, briefing, quote="Troops moved.")
    assert "2 citations" in page(client)


def test_an_entry_shows_what_was_known_and_what_the_order_is_about(client):
    event = make.published("Talks", briefing=make.briefing(published_on="2022-03-25"))
    make.citation(event, make.briefing(published_on="2022-04-02"))

    assert "2 citations" in page(client)
    assert "1 citation<" in page(client, "/?known_by=2022-03-31")
    assert "first reported by" not in page(client)
    assert "first reported by" in page(client, "/?order=-published")


@pytest.mark.parametrize("at_most", [1, 500])
def test_few_events_are_not_searched_twice(client, monkeypatch, at_most):
    monkeypatch.setattr(totals_module, "BATCH_SIZE", at_most)
    for number in range(3):
        make.published(f"Talks {number}", edtf=f"2022-03-2{number}")
    make.published("Elsewhere")
    page(client, "/?q=talks")

    with CaptureQueriesContext(connection) as seen:
        shown = page(client, "/?q=talks&order=-date")

    assert [f"Talks {number}" in shown for number in range(3)] + ["Elsewhere" in shown] == [True, True, True, False]
    sought = "timeline_citation_index" if connection.vendor == "sqlite" else "quote_search"
    searched = [query for query in seen if sought in query["sql"].partition(" WHERE ")[2] and "LIMIT" in query["sql"]]
    assert searched == []
