"""What a list keeps of an event must never be older than the event."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import make
from timeline.models import Actor, Briefing, DataSet

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


def sql_of(client, path: str) -> list[str]:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in seen]


@pytest.mark.parametrize("path", ["/?order=-date", "/?q=talks", "/?known_by=2022-04-02"])
def test_entries_that_are_known_load_no_row(client, path):
    cited = make.briefing(published_on="2022-03-25")
    events = [make.published(f"Talks {number}", edtf="2022-03-20", briefing=cited) for number in range(3)]
    page(client, path)
    cache.clear()

    again = sql_of(client, path)
    events[0].summary = "Held in Geneva."
    events[0].save()
    after_write = sql_of(client, path)

    row = '"timeline_event"."summary"'
    assert [[query for query in queries if row in query] == [] for queries in (again, after_write)] == [True, False]


def test_few_events_are_not_searched_twice(client):
    for number in range(3):
        make.published(f"Talks {number}", edtf=f"2022-03-2{number}")
    make.published("Elsewhere")
    page(client, "/?q=talks")

    sql = sql_of(client, "/?q=talks&order=-date")

    shown = page(client, "/?q=talks&order=-date")
    assert [f"Talks {number}" in shown for number in range(3)] + ["Elsewhere" in shown] == [True, True, True, False]
    assert [query for query in sql if is_search(query)] == []


def is_search(sql: str) -> bool:
    sought = "timeline_citation_index" if connection.vendor == "sqlite" else "quote_search"
    return sought in sql.partition(" WHERE ")[2]


def test_event_beside_another_searches_no_word_again(client):
    events = [make.published(f"Talks {number}", edtf=f"2022-03-2{number}") for number in range(3)]
    page(client, "/?q=talks")

    address = f"{events[1].get_absolute_url()}?q=talks"
    assert [query for query in sql_of(client, address) if is_search(query)] == []
    assert [client.get(address).context[name].title for name in ("previous_event", "next_event")] == [
        "Talks 0",
        "Talks 2",
    ]


def test_entry_that_may_not_leave_the_site_any_more_leaves_its_frame(client):
    data_set = DataSet.objects.create(slug="set", name="Set", licence="CC0", attribution="Set")
    event = make.published("Talks", data_set=data_set)
    assert "Talks" in page(client, "/embed/")
    assert "Talks" in page(client)

    data_set.redistributable = False
    data_set.save()

    assert "Talks" not in page(client, "/embed/")
    assert event.get_absolute_url() in page(client)


def test_withdrawn_event_is_in_no_list(client):
    event = make.published("Agreement")
    assert "Agreement" in page(client)

    event.withdraw("Entered twice.")

    assert "Agreement" not in page(client)
