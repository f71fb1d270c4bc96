"""A day on which no source can have been put out is no day; a report of what had not happened is known later."""

import datetime as dt
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import timezone

from tests import make
from tests.clients import csv_rows, page_ids
from tests.desk_client import editor
from timeline.imports.events.formats import ucdp_ged
from timeline.imports.events.quote_anchoring import slug_of
from timeline.models import Briefing, Event
from timeline.models.source_day import source_day

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (dt.date(1799, 12, 31), "1799-12-31 lies before 1800"),
        (dt.date(1753, 1, 1), "1753-01-01 lies before 1800"),
        (dt.date(9999, 1, 1), "9999-01-01 lies in the future"),
    ],
)
def test_day_of_no_source_is_refused(day, message):
    with pytest.raises(ValidationError, match=message):
        source_day(day)


def test_day_of_a_source_may_be_tomorrow_where_it_is():
    source_day(dt.date(1800, 1, 1))
    source_day(timezone.now().date() + dt.timedelta(days=1))
    with pytest.raises(ValidationError):
        make.briefing(published_on=timezone.now().date() + dt.timedelta(days=2)).full_clean()


def test_day_that_a_data_set_knows_not_is_unknown_and_the_document_the_same():
    article = "Reuters,1753-01-01,Two killed"
    source = ucdp_ged._source(article, "")

    assert (source.published, source.listed_day, source.title) == ("", "1753-01-01", "Two killed")
    assert slug_of(source, None) == slug_of(source._replace(published="1753-01-01", listed_day=""), None)
    assert ucdp_ged._source("Reuters,2014-05-01,Two killed", "").published == "2014-05-01"


def test_stored_days_of_no_source_become_unknown_without_a_change():
    old = make.briefing(published_on=dt.date(1753, 1, 1), kind="data_record")
    event = make.published(briefing=old)
    make.citation(event, make.briefing(published_on=dt.date(2022, 3, 25)))
    only = make.published(briefing=make.briefing(published_on=dt.date(1753, 1, 1)))
    rows = old.history.count()

    import_module("timeline.migrations._source_days").forget_impossible_days(apps, None)

    days = dict(Event.objects.values_list("pk", "first_reported_on"))
    assert days == {event.pk: dt.date(2022, 3, 25), only.pk: None}
    assert Briefing.objects.filter(published_on__lt=dt.date(1800, 1, 1)).count() == 0
    assert [(row.published_on, old.history.count()) for row in old.history.all()] == [(None, rows)] * rows


# A report dated before its event


def reported_event(act: str, day: str, **changes) -> Event:
    """Return an event of 1 June 2022 of which a briefing of that day speaks."""
    briefing = make.briefing(published_on=day)
    return make.published(edtf="2022-06-01", briefing=briefing, cited={"act": act}, **changes)


def test_what_had_not_happened_was_not_known(client):
    days = ("2022-03-25", "2022-05-30", "2022-05-31")
    cases = [
        ("reports", "2022-03-25", "occurred", "2022-05-31"),
        ("confirms", "2022-03-25", "occurred", "2022-05-31"),
        ("reports", "2022-05-31", "occurred", "2022-05-31"),  # where it is already 1 June
        ("announces", "2022-03-25", "announced", "2022-03-25"),
        ("reports", "2022-03-25", "announced", "2022-03-25"),
        ("reports", "2022-03-25", "did_not_occur", "2022-03-25"),  # called off before
        ("reports", "2022-06-02", "occurred", "never"),
    ]
    known_since = {
        reported_event(act, day, actuality=actuality).public_id: since for act, day, actuality, since in cases
    }

    for day in days:
        known = {event for event, since in known_since.items() if since <= day}
        assert set(page_ids(client, f"known_by={day}")) == known, day
        assert {row["public_id"] for row in csv_rows(client, f"known_by={day}")} == known, day


def test_announcement_was_known_and_the_early_report_beside_it_was_not(client):
    event = reported_event("announces", "2022-03-25", type="statement")
    make.citation(event, make.briefing(published_on="2022-03-26"), quote="Troops moved.", position=1)

    (row,) = csv_rows(client, "known_by=2022-04-01")
    html = client.get("/?known_by=2022-04-01").content.decode()

    assert (row["citation_count"], row["values_as_of_today"]) == ("1", "true")
    assert "as known today; later sources are not shown" in html
    assert page_ids(client, "known_by=2022-04-01&act=reports") == []
    acts = {
        row["value"]: row["count"]
        for row in client.get("/api/v1/facets/act/?known_by=2022-04-01").json()["facet"]["values"]
    }
    assert acts.get("reports", 0) == 0
    (row,) = csv_rows(client, "known_by=2022-06-01")
    assert (row["citation_count"], row["values_as_of_today"]) == ("2", "false")


def test_early_report_is_flagged_on_the_page_and_on_the_desk(client):
    early, right = reported_event("reports", "2022-03-25"), reported_event("announces", "2022-03-25", type="statement")
    pages = [client.get(event.get_absolute_url()).content.decode() for event in (early, right)]
    notices = [
        editor(f"editor-{event.pk}").get(f"/admin/timeline/event/{event.pk}/change/").context["notices"]
        for event in (early, right)
    ]

    assert ["One of the two dates is wrong" in html for html in pages] == [True, False]
    assert [any("One of the two dates is wrong" in notice for notice in those) for those in notices] == [True, False]


@pytest.mark.parametrize("day", ["1800", "1753-01-01"])
def test_nothing_was_known_in_1800(client, day):
    make.published()

    assert page_ids(client, f"known_by={day}") == []
