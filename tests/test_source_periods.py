"""Sources of which a month or a year is known: stored, shown, exported and counted so, by SQL, index and list alike."""

import datetime as dt
import json
from calendar import monthrange

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from timeline.dates import reader
from timeline.imports.briefings.document import Refused
from timeline.imports.events.event_import import check, run
from timeline.imports.events.event_record import Options
from timeline.imports.events.formats import FORMATS
from timeline.imports.events.undo_batch import undo
from timeline.models import Briefing, Event, ImportBatch
from timeline.models.source_day import SourceDate

from .beside import SHARED
from .clients import body
from .desk_client import reviewer
from .hypothesis_examples import examples
from .import_files import brought_in, counts, looked_at, table, wrong
from .read_documents import read_document

pytestmark = [pytest.mark.django_db, pytest.mark.database]
OFTEN = settings(max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

ROW = {"id": "1", "title": "Fighting goes on", "type": "clash", "date": "2022-03", "quotes": "It went on."}
ROW |= {"source_titles": "Monthly report", "source_publishers": "Example Watch", "source_urls": "https://example.org/r"}


def month_source(within: str = "2022-03", **changes) -> Briefing:
    return make.briefing(published_on=None, published_within=within, **changes)


def event_of(briefing: Briefing, edtf: str = "2022-03-01") -> Event:
    event = make.event(edtf=edtf)
    make.citation(event, briefing)
    event.publish()
    return event


def listed(query: str) -> list[str]:
    answer = json.loads(body(Client().get(f"/events.json?{query}")))
    return sorted(event["public_id"] for event in answer["events"])


@pytest.mark.parametrize(
    ("edtf", "latest"),
    [
        ("2022-03-25", dt.date(2022, 3, 25)),
        ("2022-03", dt.date(2022, 3, 31)),
        ("2024-02", dt.date(2024, 2, 29)),
        ("2022", dt.date(2022, 12, 31)),
        ("", None),
    ],
)
def test_latest_day_of_a_source_is_the_end_of_what_is_known(edtf, latest):
    date = SourceDate.of(edtf)

    assert (date.edtf, date.latest) == (edtf, latest)


@pytest.mark.parametrize("edtf", ["2022-13", "2022-00", "0000", "202", "2022-03-32", "2022-03~", "2022/2023", "March"])
def test_what_is_no_day_month_or_year_is_no_date_of_a_source(edtf):
    with pytest.raises(ValueError, match="month|day|year|Invalid"):
        SourceDate.of(edtf)


@pytest.mark.parametrize(
    ("words", "edtf"),
    [("2022-03", "2022-03"), ("March 2022", "2022-03"), ("2022", "2022"), ("25 March 2022", "2022-03-25")],
)
def test_date_of_a_source_is_read_from_words(words, edtf):
    assert reader.read_source_date(words) == edtf


@pytest.mark.parametrize("within", ["2022-13", "x", "1799", "1799-12", "9000-01"])
def test_wrong_month_is_refused_by_the_model(within):
    with pytest.raises(ValidationError):
        Briefing(published_within=within).clean_fields(
            exclude=["slug", "title", "kind", "publisher", "published_until"]
        )


def test_day_and_month_exclude_each_other():
    with pytest.raises(ValidationError, match="not both"):
        make.briefing().__class__(published_on=dt.date(2022, 3, 25), published_within="2022-03", text="x").clean()
    briefing = month_source()
    with pytest.raises(IntegrityError), transaction.atomic():
        Briefing.objects.filter(pk=briefing.pk).update(published_on=dt.date(2022, 3, 25))


def test_source_of_a_month_is_shown_and_exported_so(client):
    event = event_of(briefing := month_source())

    shown = client.get(briefing.get_absolute_url()).content.decode()
    record = json.loads(body(client.get("/events.json")))["events"][0]["citations"][0]["briefing"]
    api = client.get(f"/api/v1/briefings/{briefing.slug}/").json()["briefing"]
    rows = body(client.get("/events.citations.csv")).decode()
    assert "Published in March 2022" in shown
    assert "March 2022" in client.get(event.get_absolute_url()).content.decode()
    assert "March 2022" in client.get("/briefings/").content.decode()
    for source in (record, api):
        assert (source["published_on"], source["published_edtf"]) == (None, "2022-03")
    assert ",,2022-03," in rows
    assert '"issued":{"date-parts":[[2022,3]]}' in body(client.get("/events.csl.json")).decode()
    bib = body(client.get("/events.bib")).decode()
    assert ("year = {2022}" in bib, "month = {3}" in bib, "day = " in bib) == (True, True, False)
    assert "DA  - 2022/03/\r\n" in body(client.get("/events.ris")).decode()


def test_known_by_counts_a_month_from_its_end(client):
    event = event_of(month_source())

    assert (listed("known_by=2022-03-30"), listed("known_by=2022-03-31")) == ([], [event.public_id])
    assert listed("known_by=2022-03") == [event.public_id]
    assert Event.objects.get().first_reported_on == dt.date(2022, 3, 31)
    assert "<dd>By 31 March 2022</dd>" in client.get(event.get_absolute_url()).content.decode()
    make.citation(event, make.briefing(published_on=dt.date(2022, 3, 25)))
    assert "<dd>25 March 2022</dd>" in client.get(event.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("query", "is_met"),
    [
        ("from=2022-03-15&to=2022-03-20", True),
        ("from=2022-04", False),
        ("to=2022-02", False),
        ("to=2022-03-01", True),
        ("from=2022-03-31", True),
        ("from=2022&to=2022", True),
    ],
)
def test_briefings_of_a_period_are_those_that_can_have_been_put_out_then(client, query, is_met):
    month_source()

    assert len(client.get(f"/api/v1/briefings/?{query}").json()["briefings"]) == is_met


DAYS = st.dates(dt.date(2021, 11, 1), dt.date(2022, 4, 30))
PUBLISHED = st.one_of(
    DAYS.map(lambda day: SourceDate(day)),
    DAYS.map(lambda day: SourceDate(within=f"{day:%Y-%m}")),
    DAYS.map(lambda day: SourceDate(within=f"{day:%Y}")),
    st.just(SourceDate()),
)


def latest_of(published: SourceDate) -> dt.date | None:
    """Return the latest day, reckoned apart from the code."""
    if published.day or not published.within:
        return published.day
    year, _, month = published.within.partition("-")
    return dt.date(int(year), int(month or 12), monthrange(int(year), int(month or 12))[1])


@OFTEN
@given(st.lists(st.lists(PUBLISHED, min_size=1, max_size=3), min_size=1, max_size=4), DAYS)
def test_known_by_is_the_same_in_sql_index_and_list(sources, day):
    with transaction.atomic():
        expected = []
        for published in sources:
            event = make.event(edtf="2021-10-01")
            for date in published:
                make.citation(event, make.briefing(published_on=date.day, published_within=date.within))
            event.publish()
            latest = [known for date in published if (known := latest_of(date))]
            if latest and min(latest) <= day:
                expected.append(event.public_id)
        by_sql = Event.objects.public().known_by(day).values_list("public_id", flat=True)
        answer = Client().get(f"/api/v1/events/?known_by={day}").json()
        counted = Client().get(f"/?known_by={day}").context["page"].total
        assert sorted(by_sql) == sorted(expected) == listed(f"known_by={day}")
        assert (answer["total"], counted) == (len(expected), len(expected))
        transaction.set_rollback(True)


def test_table_takes_months_and_years_of_sources(tmp_path):
    row = ROW | {"source_dates": "2022-03"}
    file = table(row, ROW | {"id": "2", "source_dates": "2022", "source_urls": "https://example.org/2"})
    batch = brought_in(tmp_path, file, "csv", data_set="ours", publish=True)

    columns = ("published_on", "published_within", "published_until")
    assert list(Briefing.objects.order_by("pk").values_list(*columns)) == [
        (None, "2022-03", dt.date(2022, 3, 31)),
        (None, "2022", dt.date(2022, 12, 31)),
    ]
    assert Event.objects.get(imported__external_id="1").first_reported_on == dt.date(2022, 3, 31)
    assert counts(brought_in(tmp_path, file, "csv", data_set="ours")) == (0, 0, 2, 0)
    undo(batch)
    assert not Briefing.objects.exists()


@pytest.mark.parametrize(
    ("words", "date", "act", "is_refused"),
    [
        ("2022-02", "2022-03-25", "reports", True),
        ("2022-03", "2022-03-25", "reports", False),
        ("2022", "2022-03-25", "reports", False),
        ("2022-04", "2022-03-25", "announces", True),
        ("2022-03", "2022-03-25", "announces", False),
        ("2022-13", "2022-03-25", "reports", True),
        ("spring 2022", "2022-03-25", "reports", True),
    ],
)
def test_month_of_a_source_is_held_against_its_event(tmp_path, words, date, act, is_refused):
    summary = looked_at(
        tmp_path, table(ROW | {"source_dates": words, "date": date, "acts": act}), "csv", data_set="ours"
    )

    assert wrong(summary) == [(2, "source_dates")] * is_refused


@pytest.mark.beside("cases")
def test_case_of_a_source_known_by_its_month(tmp_path):
    brought_in(tmp_path, (SHARED / "cases/source-known-by-its-month.csv").read_bytes(), "csv", data_set="ours")

    assert list(Briefing.objects.values_list("published_within", flat=True)) == ["2022-03", "2022-03"]


@pytest.mark.parametrize("words", ["2022-03", "March 2022"])
def test_front_matter_takes_a_month(words):
    document = read_document(f"---\ntitle: T\npublished_on: {words}\n---\nWords".encode(), "f.md")

    assert (document.published, document.notes) == (SourceDate(within="2022-03"), ())


def test_front_matter_takes_a_year_and_refuses_a_season():
    assert read_document(b"---\ntitle: T\ndate: 2022\n---\nWords", "f.md").published == SourceDate(within="2022")
    with pytest.raises(Refused, match="The day of publication"):
        read_document(b"---\ntitle: T\npublished_on: spring 2022\n---\nWords", "f.md")


def test_form_takes_a_month_in_words_and_refuses_it_beside_a_day():
    publisher = make.actor(kind="organisation")
    form = {
        "title": "T",
        "slug": "t",
        "kind": "report",
        "publisher": publisher.pk,
        "language": "en",
        "text": "MR X: Yes.",
    }
    form |= {"status": "published", "published_within": "March 2022", "change_reason": ""}
    form |= {"speakers-TOTAL_FORMS": 0, "speakers-INITIAL_FORMS": 0}
    misplaced = reviewer("third").post("/admin/timeline/briefing/add/", form | {"published_on": "March 2022"})
    both = reviewer("first").post("/admin/timeline/briefing/add/", form | {"published_on": "2022-03-25"})
    saved = reviewer("second").post("/admin/timeline/briefing/add/", form)

    assert "maxlength" not in both.context["adminform"].form["published_within"].field.widget.attrs
    assert both.context["adminform"].form.errors["published_within"] == [
        "Give the day, or the month or year, not both."
    ]
    assert "under “Published in”" in misplaced.context["adminform"].form.errors["published_on"][0]
    assert saved.status_code == 302, saved.context["adminform"].form.errors
    assert Briefing.objects.get().published == SourceDate(within="2022-03")


def test_package_carries_the_month_of_a_source(tmp_path):
    event_of(month_source())
    content = body(Client().get("/events.zip"))
    Event.objects.all().delete()
    Briefing.objects.all().delete()
    (tmp_path / "events.zip").write_bytes(content)
    file = Options(tmp_path / "events.zip", "events.zip", FORMATS["datapackage"], None, publish=True)
    run(file, check(file))

    assert Briefing.objects.get().published == SourceDate(within="2022-03")
    assert (Event.objects.get().first_reported_on, ImportBatch.objects.count()) == (dt.date(2022, 3, 31), 1)
