import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import make
from timeline.models import Event, EventType

from .constraints import force, problems, refused_by
from .hypothesis_examples import examples

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FIRST, LAST = dt.date.min, dt.date.max


def new_event(**changes) -> Event:
    return Event(**{"title": "A call", "edtf": "2022-03-24", "event_type": EventType.objects.first()} | changes)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def bounds(event: Event) -> tuple[dt.date, dt.date, dt.date, dt.date]:
    return event.start_earliest, event.start_latest, event.end_earliest, event.end_latest


# Rules


def test_event_date_is_edtf():
    message = (
        '"2022-02-30" does not exist: February 2022 has 28 days. '
        "Write a day from 2022-02-01 to 2022-02-28, or 2022-02 if the day is not known."
    )

    assert problems(new_event(edtf="2022-02-30")) == {"edtf": [message]}
    with pytest.raises(ValueError, match="2022-02-30"):
        new_event(edtf="2022-02-30").save()


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        ({"start_earliest": day("2022-03-22")}, "event_start_ordered"),
        ({"end_earliest": day("2022-03-25")}, "event_end_ordered"),
        ({"start_earliest": day("2022-03-26"), "start_latest": day("2022-03-27")}, "event_ends_after_start"),
    ],
)
def test_event_bounds_are_in_order(values, constraint):
    with refused_by(constraint):
        force(make.event(edtf="2022-03-21/2022-03-24"), **values)


@pytest.mark.parametrize("values", [{"time_of_day": dt.time(10)}, {"time_zone": "Asia/Yerevan"}])
def test_event_has_clock_and_zone_or_neither(values):
    assert problems(new_event(**values)) == {
        "time_zone": ["A clock time needs its time zone, and a time zone its clock time."]
    }
    with refused_by("event_clock_complete"):
        force(make.event(), **values)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2022-03", "March 2022"),
        ("2022-03-24~", "about 24 March 2022"),
        ("2022-03-24/2022-03-25", "24 to 25 March 2022"),
        ("", "date not entered"),
    ],
)
def test_event_clock_needs_a_known_day(edtf, words):
    event = new_event(edtf=edtf, time_of_day=dt.time(10), time_zone="Asia/Yerevan")

    assert problems(event) == {"time_of_day": [f"A clock time needs a day that is known. The date: {words}."]}


@pytest.mark.parametrize("edtf", ["2022-03", ""])
def test_event_clock_on_an_unknown_day_is_refused_by_the_database(edtf):
    with refused_by("event_clock_on_known_day"):
        force(make.event(edtf=edtf), time_of_day=dt.time(10), time_zone="Asia/Yerevan")


def test_event_clock_may_come_with_the_day_it_needs():
    event = make.event(edtf="2022-03")
    event.edtf, event.time_of_day, event.time_zone = "2022-03-24", dt.time(10), "Asia/Yerevan"

    assert problems(event) == {}


def test_event_time_zone_is_an_iana_name():
    assert problems(new_event(time_of_day=dt.time(10), time_zone="MSK")) == {
        "time_zone": ["“MSK” is not a time zone. Use an IANA name, like Asia/Yerevan or Europe/Moscow."]
    }


def test_event_public_id_stands_once():
    with pytest.raises(IntegrityError), transaction.atomic():
        force(make.event(), public_id=make.event().public_id)


# What is derived


@pytest.mark.parametrize(
    ("edtf", "expected", "qualifier", "sort_on"),
    [
        ("2022-03-24", ("2022-03-24",) * 4, "", "2022-03-24"),
        ("2020-11", ("2020-11-01", "2020-11-30") * 2, "", "2020-11-01"),
        ("2022-03-21/2022-03-24", ("2022-03-21", "2022-03-21", "2022-03-24", "2022-03-24"), "", "2022-03-21"),
        ("[2022-03-21,2022-03-22]", ("2022-03-21", "2022-03-22") * 2, "", "2022-03-21"),
        ("2020-11-10/..", ("2020-11-10", "2020-11-10", "2020-11-10", "9999-12-31"), "", "2020-11-10"),
        ("2022-03-24?", ("2022-03-24",) * 4, "?", "2022-03-24"),
        ("2022-03~", ("2022-02-01", "2022-04-30") * 2, "~", "2022-02-01"),
        ("2022%", ("2021-01-01", "2023-12-31") * 2, "%", "2021-01-01"),
        ("[..2022-03-25]", ("0001-01-01", "2022-03-25") * 2, "", "9999-12-31"),
        ("", ("0001-01-01", "9999-12-31") * 2, "", "9999-12-31"),
    ],
)
def test_event_derives_its_bounds(edtf, expected, qualifier, sort_on):
    event = Event.objects.get(pk=make.event(edtf=edtf).pk)

    assert bounds(event) == tuple(map(day, expected))
    assert (event.date_qualifier, event.sort_on) == (qualifier, day(sort_on))


def test_event_of_an_upper_limit_has_no_known_start():
    assert (make.event(edtf="[..2022-03-25]").has_known_start, make.event(edtf="2022").has_known_start) == (False, True)


def test_event_without_known_start_comes_last():
    unknown, late, early = make.event(edtf="[..2022-03-25]"), make.event(edtf="2023"), make.event(edtf="2022")

    assert list(Event.objects.all()) == [early, late, unknown]


@pytest.mark.parametrize(("edtf", "words"), [("2020-11", "November 2020"), ("", "date not entered")])
def test_event_date_in_words(edtf, words):
    assert make.event(edtf=edtf).date_display == words


def test_event_without_date_has_none():
    assert make.event(edtf="").date is None


def test_event_takes_its_country_from_its_place():
    event = make.event(place=make.place(country="AZ"))
    there = event.country

    event.place = None
    event.save()

    assert (there, event.country) == ("AZ", "")


def test_event_is_searched_by_title_and_summary():
    assert make.event("İki çağrı", summary="Ateşkes.").search_text == " iki cagri § ateskes § ateske "


def test_event_updated_by_name_of_a_column_derives_the_rest():
    event = make.event("Old", edtf="2022-03-24")

    Event.objects.update_or_create(pk=event.pk, defaults={"edtf": "2021", "title": "New"})

    event.refresh_from_db()
    assert bounds(event) == (day("2021-01-01"), day("2021-12-31")) * 2
    assert (event.sort_on, event.search_text) == (day("2021-01-01"), " new ")


@pytest.mark.parametrize(
    ("clock", "zone", "instant"),
    [
        (dt.time(0, 0), "Europe/Moscow", dt.datetime(2020, 11, 9, 21, 0, tzinfo=dt.UTC)),
        (dt.time(1, 0), "Asia/Yerevan", dt.datetime(2020, 11, 9, 21, 0, tzinfo=dt.UTC)),
        (None, "", None),
    ],
)
def test_event_instant_is_in_utc(clock, zone, instant):
    assert make.event(edtf="2020-11-10", time_of_day=clock, time_zone=zone).instant == instant


def test_event_saved_from_an_older_copy_keeps_the_evidence_counted_since():
    event = make.published()
    make.citation(event, make.briefing(published_on=day("2022-03-20")))

    event.title = "Another title"
    event.save()

    stored = Event.objects.get(pk=event.pk)
    assert (stored.supporting_count, stored.first_reported_on) == (2, day("2022-03-20"))


# Properties

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)).map(str)
POINTS = st.builds(
    lambda day, length, mark: day[:length] + mark, DAYS, st.sampled_from([4, 7, 10]), st.sampled_from("?~% ")
)
PLAIN = POINTS.map(lambda point: point.rstrip("?~% "))


def in_order(first: str, last: str, form: str) -> str:
    return form.format(*sorted([first, last]))


DATES = st.one_of(
    POINTS.map(str.strip),
    st.builds(in_order, DAYS, DAYS, st.sampled_from(["{}/{}", "[{}..{}]", "[{},{}]", "{{{},{}}}", "{{{}..{}}}"])),
    st.builds("{}/..".format, PLAIN),
    st.builds("../{}".format, PLAIN),
    st.builds("{}/".format, PLAIN),
    st.builds("/{}".format, PLAIN),
    st.builds("[..{}]".format, PLAIN),
    st.builds("[{}..]".format, PLAIN),
    st.just(""),
)


@settings(max_examples=examples(30), deadline=None)
@given(edtf=DATES)
def test_event_bounds_are_in_order_whatever_the_date(edtf):
    with transaction.atomic():
        try:
            event = make.event(edtf=edtf)
        except ValueError:  # the same day twice
            event = make.event()
        event = Event.objects.get(pk=event.pk)
        transaction.set_rollback(True)

    assert event.start_earliest <= event.start_latest
    assert event.end_earliest <= event.end_latest
    assert event.start_earliest <= event.end_latest
    assert event.sort_on == (event.start_earliest if event.start_earliest != FIRST else LAST)
