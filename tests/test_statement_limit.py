"""A statement that takes a public page too long is ended, and the page says how to narrow it; the desk has no limit."""

import time

import pytest
from django.db import connection, transaction

from tests.desk_client import editor
from timeline.database.faults import TOO_SLOW
from timeline.models import Place

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.database]

COUNTING = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {most}) SELECT count(*) FROM n"
ENDLESS, SHORT = 10**9, 200_000  # the second takes some hundredths of a second


def count_to(most: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(COUNTING.format(most=most))
        return cursor.fetchone()[0]


@pytest.fixture
def counting(monkeypatch, settings):
    """Return what lets two public views, and one of the desk, count so far before they answer, or within a transaction."""
    settings.STATEMENT_SECONDS = 0.001

    def have_views_count(most: int, *, in_transaction: bool = False) -> None:
        def render(*arguments, **named):
            if in_transaction:
                with transaction.atomic():
                    count_to(most)
            raise AssertionError(count_to(most))

        for view in ("timeline.views.subject_lists.render", "timeline.views.export_page.requested_export"):
            monkeypatch.setattr(view, render)

    return have_views_count


@pytest.mark.parametrize("in_transaction", [False, True])
def test_page_and_json_say_how_to_narrow(client, counting, caplog, in_transaction):
    counting(ENDLESS, in_transaction=in_transaction)
    since = time.monotonic()
    page, file = client.get("/places/"), client.get("/events.csv")

    assert time.monotonic() - since < 60  # a billion takes minutes
    assert (page.status_code, page.headers["Cache-Control"], "Retry-After" in page.headers) == (503, "no-store", False)
    assert '<h1 class="title">This took too long</h1>' in page.text
    assert f"<p>{TOO_SLOW.words}</p>" in page.text
    assert (file.status_code, file.json()) == (503, {"errors": {"database": [TOO_SLOW.words]}, "status": 503})
    assert [(record.levelname, bool(record.exc_info)) for record in caplog.records] == [("WARNING", False)] * 2


def test_what_comes_after_a_page_has_no_limit(client, counting):
    counting(ENDLESS)
    client.get("/places/")
    client.get("/about/")

    assert count_to(SHORT) == SHORT


@pytest.mark.parametrize("seconds", [0, 60])
def test_there_may_be_more_time_or_no_limit(client, counting, settings, seconds):
    counting(SHORT)
    settings.STATEMENT_SECONDS = seconds

    with pytest.raises(AssertionError, match=str(SHORT)):
        client.get("/places/")


def test_desk_has_no_limit(counting, monkeypatch):
    def get_queryset(*arguments):
        assert count_to(SHORT) == SHORT
        return Place.objects.all()

    monkeypatch.setattr("timeline.admin.tables.place.PlaceAdmin.get_queryset", get_queryset)

    assert editor().get("/admin/timeline/place/").status_code == 200
