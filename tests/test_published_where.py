"""On which day a page came out that says when: the day that it was in the publisher's time zone."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import make
from timeline.imports.briefings.document import Document
from timeline.imports.briefings.document_fields import dated_where_published, parse_stamp
from timeline.models import Briefing
from timeline.models.source_day import SourceDate

from .hypothesis_examples import examples
from .test_import_briefings import run

STAMP = "2022-03-28T03:30:00Z"
PAGE = """<!doctype html><html lang="en"><head><title>Late note</title>
<meta property="article:published_time" content="{}">
<link rel="canonical" href="https://{}/late-note/"></head>
<body><article><h1>Late note</h1><p>March 27, 2022</p><p>The ministers spoke again.</p></article></body></html>"""


def stamped(value: str) -> Document:
    stamp = parse_stamp(value)
    return Document("a page", "Note", "Words.", published=SourceDate(stamp and stamp.date()), stamp=stamp)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (STAMP, dt.datetime(2022, 3, 28, 3, 30, tzinfo=dt.UTC)),
        ("2022-03-28 00:00:01+00:00", dt.datetime(2022, 3, 28, 0, 0, 1, tzinfo=dt.UTC)),
        ("2022-03-28T00:00:00Z", None),
        ("2022-03-28T03:30:00", None),
        ("2022-03-28", None),
        ("28 March 2022", None),
        ("", None),
    ],
)
def test_a_moment_has_a_clock_time_and_an_offset(value, moment):
    assert parse_stamp(value) == moment


@pytest.mark.parametrize(
    ("value", "zone", "day"),
    [
        (STAMP, "America/New_York", dt.date(2022, 3, 27)),
        (STAMP, "Asia/Yerevan", dt.date(2022, 3, 28)),
        ("2022-03-28T20:30:00Z", "Asia/Baku", dt.date(2022, 3, 29)),
        ("2022-03-28T03:59:59Z", "America/New_York", dt.date(2022, 3, 27)),
        ("2022-03-28T04:00:00Z", "America/New_York", dt.date(2022, 3, 28)),
        ("2022-03-27T23:30:00-04:00", "", dt.date(2022, 3, 27)),
        (STAMP, "", dt.date(2022, 3, 28)),
        ("0001-01-01T00:30:00Z", "America/New_York", dt.date(1, 1, 1)),
    ],
)
def test_the_day_is_that_of_the_publisher(value, zone, day):
    assert dated_where_published(stamped(value), zone).published.day == day


@settings(max_examples=examples(200))
@given(
    st.datetimes(dt.datetime(1900, 1, 2), dt.datetime(2100, 1, 1), timezones=st.just(dt.UTC)),
    st.sampled_from(["America/New_York", "Asia/Yerevan", "Pacific/Kiritimati", "Etc/GMT+12", ""]),
)
def test_the_day_is_at_most_one_from_that_of_the_stamp_and_a_change_is_noted(moment, zone):
    document = stamped(moment.isoformat())
    dated = dated_where_published(document, zone)
    if document.stamp is not None:
        assert abs((dated.published.day - document.published.day).days) <= 1
        assert bool(dated.notes) == (dated.published != document.published or not zone)


@pytest.mark.django_db
@pytest.mark.parametrize(("zone", "day"), [("America/New_York", 27), ("", 28)])
def test_import_dates_a_page_in_the_zone_of_the_nearest_above(tmp_path, zone, day):
    make.actor("Press office", parent=make.actor("Department of State", kind="organisation", time_zone=zone))
    (tmp_path / "note.html").write_text(PAGE.format(STAMP, "www.example.gov"))
    said = run(tmp_path, "--publisher", "Press office")[0]

    assert Briefing.objects.get().published_on == dt.date(2022, 3, day)
    assert Briefing.objects.get().slug.startswith(f"2022-03-{day}-")
    assert ("time zone is not known" in said, "the text itself is dated" in said) == (not zone, not zone)


@pytest.mark.django_db
def test_publisher_that_an_import_makes_has_the_zone_of_its_host(tmp_path):
    (tmp_path / "note.html").write_text(PAGE.format("2022-03-28T21:30:00Z", "www.mfa.am"))
    run(tmp_path)
    briefing = Briefing.objects.get()

    assert (briefing.publisher.time_zone, briefing.published_on) == ("Asia/Yerevan", dt.date(2022, 3, 29))
