"""Each parameter of the filter: a hit, a miss, a wrong value, a boundary."""

import datetime as dt

import pytest

from tests import make
from timeline.models import Event

from .filter_hits import filter_of, hits, messages
from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


# ---- period


@made_once
def ceasefire():
    return make.published("Ceasefire", edtf="2020-11")


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("from=2020-11-30", ["Ceasefire"]),
        ("from=2020-12-01", []),
        ("to=2020-11-01", ["Ceasefire"]),
        ("to=2020-10-31", []),
        ("from=2020-11-10&to=2020-11-10", ["Ceasefire"]),
        ("from=2020&to=2020", ["Ceasefire"]),
        ("from=2019&to=2019", []),
        ("from=2020-11&to=2020-11&when=certain", ["Ceasefire"]),
        ("from=2020-11-02&when=certain", []),
        ("to=2020-11-29&when=certain", []),
        ("when=certain", ["Ceasefire"]),
    ],
)
def test_period_finds_what_may_or_must_fall_in_it(ceasefire, query, titles):
    assert hits(query) == titles


@pytest.mark.parametrize("edtf", ["2020-11~", "2020-11?", "2020-11-10%"])
def test_qualified_date_is_never_certain(edtf):
    make.published("About then", edtf=edtf)

    assert hits("from=2020&to=2020") == ["About then"]
    assert hits("from=2020&to=2020&when=certain") == []
    assert hits("when=certain") == []


def test_ongoing_event_goes_on():
    make.published("Ongoing", edtf="2020-11-10/..")

    assert hits("from=2999&when=certain") == []
    assert hits("from=2020-11-10&to=2020-11-10&when=certain") == ["Ongoing"]
    assert hits("from=2999") == ["Ongoing"]
    assert hits("to=2020-11-09") == []


def test_upper_limit_alone_may_fall_in_any_earlier_period():
    make.published("Undated", edtf="[..2022-03-25]")

    assert hits("from=1950&to=1960") == ["Undated"]
    assert hits("from=2022-03-25") == ["Undated"]
    assert hits("from=2022-03-26") == []
    assert hits("from=1950&when=certain") == []


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("from=2022-02-30", {"from": ["“2022-02-30” does not exist: February 2022 has 28 days."]}),
        ("from=2022-00", {"from": ["“2022-00” has no such month. Months go from 01 to 12."]}),
        ("to=2022-12-00", {"to": ["“2022-12-00” does not exist: December 2022 has 31 days."]}),
        ("known_by=2022-00-10", {"known_by": ["“2022-00-10” has no such month. Months go from 01 to 12."]}),
        (
            "to=yesterday",
            {"to": ["“yesterday” is not a year, a month or a day. Write it like 2022, 2022-03 or 2022-03-25."]},
        ),
        ("from=2022&to=2021", {"to": ["The period ends (2021) before it begins (2022). Swap the two."]}),
        ("from=2022&from=2023", {"from": ["“from” is given more than once. Keep one."]}),
        ("when=maybe", {"when": ["“maybe” is not known here. Choose from: possible, certain."]}),
        ("frm=2022", {"frm": ["There is no filter “frm”. Did you mean “from”?"]}),
        ("zzzz=1", {"zzzz": ["There is no filter “zzzz”. Remove it from the address."]}),
        ("a[]=1", {"a[]": ["There is no filter “a[]”. Remove it from the address."]}),
        ("after=3dx2bh2j3x", {"after": ["There is no filter “after”. Remove it from the address."]}),
    ],
)
def test_wrong_filter_is_refused_by_name(ceasefire, query, expected):
    assert messages(query) == expected


def test_empty_parameters_and_tracking_marks_change_nothing(ceasefire):
    assert hits("q=&from=&to=&category=&actor=&known_by=&order=&when=&utm_source=x&fbclid=y") == ["Ceasefire"]


# ---- known by


def test_known_by_finds_what_had_been_said_on_that_day():
    make.published("Said", briefing=make.briefing(published_on=dt.date(2022, 3, 25)))
    make.published("Said on an unknown day", briefing=make.briefing(published_on=None))

    assert hits("known_by=2022-03-24") == []
    assert hits("known_by=2022-03-25") == ["Said"]
    assert hits("known_by=2022-03") == ["Said"]
    assert hits("known_by=2022-02") == []
    assert list(messages("known_by=soon")) == ["known_by"]


def test_known_by_hides_later_citations():
    event = make.published("Said twice", briefing=make.briefing(published_on=dt.date(2022, 3, 25)))
    later = make.citation(event, make.briefing(published_on=dt.date(2022, 4, 1)), act="denies")

    event_filter = filter_of("known_by=2022-03-31")

    assert [citation.event_id for citation in event_filter.source_citations] == [event.pk]
    assert hits("known_by=2022-03-31&act=denies") == []
    assert hits("known_by=2022-04-01&act=denies") == ["Said twice"]
    assert hits(f"known_by=2022-03-31&q={later.quote}&evidence=disputed") == []


# ---- kind and place


def test_category_and_type():
    make.published("Call", type="phone-call")
    make.published("Clash", type="clash")
    make.published("Strike", type="strike")

    assert hits("category=call") == ["Call"]
    assert hits("category=clash&category=call") == ["Call", "Clash", "Strike"]
    assert hits("category__not=clash") == ["Call"]
    assert hits("category=humanitarian") == []
    assert hits("type=strike") == ["Strike"]
    assert hits("type__not=strike&category=clash") == ["Clash"]
    assert messages("category=cal&category=call") == {
        "category": [
            "“cal”: not known here. Choose from: agreement, talks, call, statement, troops, clash, humanitarian, other."
        ]
    }
    assert messages("type=phone-cal") == {"type": ["“phone-cal” is not known here. Did you mean phone-call?"]}
    assert list(messages("type__not=x")) == ["type__not"]


def test_country_and_place():
    yerevan = make.place("Yerevan", slug="yerevan", country="AM")
    make.published("In Yerevan", place=yerevan)
    make.published("Nowhere")

    assert hits("country=AM") == ["In Yerevan"]
    assert hits("country=am") == ["In Yerevan"]
    assert hits("country=AZ") == []
    assert hits("country__not=AM") == ["Nowhere"]
    assert hits("place=yerevan") == ["In Yerevan"]
    assert hits("place__not=yerevan") == ["Nowhere"]
    assert messages("country=ZZ") == {"country": ["“ZZ”: no such country code. Use ISO 3166-1, like AM or AZ."]}
    assert messages("place=baku") == {"place": ["“baku” is not known here."]}


def test_place_moved_to_another_country_moves_its_events():
    place = make.place(country="AM")
    make.published("There", place=place)

    place.country = "AZ"
    place.save()

    assert (hits("country=AM"), hits("country=AZ")) == ([], ["There"])


def test_conflict():
    make.published("In it", conflict=make.conflict(slug="conflict"))
    make.published("Alone")

    assert hits("conflict=conflict") == ["In it"]
    assert hits("conflict__not=conflict") == ["Alone"]
    assert list(messages("conflict=none")) == ["conflict"]


# ---- order


def test_order():
    old = make.published("Old", edtf="2019", briefing=make.briefing(published_on=dt.date(2022, 1, 1)))
    make.published("New", edtf="2022-03-24", briefing=make.briefing(published_on=dt.date(2021, 1, 1)))
    make.published("Undated", edtf="[..2022]", briefing=make.briefing(published_on=None))
    Event.objects.filter(pk=old.pk).update(recorded_at=dt.datetime(2030, 1, 1, tzinfo=dt.UTC))

    assert hits("") == ["Old", "New", "Undated"]
    assert hits("order=date") == ["Old", "New", "Undated"]
    assert hits("order=-date") == ["New", "Old", "Undated"]
    assert hits("order=-published") == ["Old", "New", "Undated"]
    assert hits("order=-recorded") == ["Old", "Undated", "New"]
    assert list(messages("order=title")) == ["order"]
    assert list(messages("order=date&order=-date")) == ["order"]


CHOICES = ["type", "conflict", "place", "actor", "actor__all", "briefing", "publisher", "speaker"]
TYPED = ["q", "from", "to", "known_by", "when", "category", "country", "act", "role", "order"]


@pytest.mark.parametrize(
    "value", ["%00", "a%00b", "9" * 5000, "%ED%A0%80", "%FF%FE", "' OR 1=1 --", "../x", "%E2%80%AE"]
)
def test_nasty_value_is_refused_and_never_an_error(value):
    assert {name: list(messages(f"{name}={value}")) for name in CHOICES} == {name: [name] for name in CHOICES}


@pytest.mark.parametrize("value", ["%00", "a%00b%00", "9" * 5000, "%ED%A0%80", "NaN", "0000-00-00", "-1", "%E2%80%AE"])
def test_nasty_value_never_widens_the_list(value, ceasefire):
    filters = {name: filter_of(f"{name}={value}") for name in TYPED}

    assert {name: list(event_filter.events) for name, event_filter in filters.items()} == dict.fromkeys(TYPED, [])
    assert [name for name, event_filter in filters.items() if not event_filter.messages] in (["q"], [])


# ---- the filter as an address


def test_filter_with_other_values_has_another_address():
    event_filter = filter_of("category=call&when=certain&from=2020")
    assert event_filter.query == "category=call&from=2020&when=certain"

    assert event_filter.with_values(when="possible").query == "category=call&from=2020"
    assert event_filter.without("category").query == "from=2020&when=certain"


# ---- form


def test_forms_share_their_fields_and_offer_the_rows_of_now():
    field = filter_of().form.fields["place"]
    assert list(field.choices) == []
    place = make.place("Vienna")
    make.published(place=place)

    of_later = filter_of("place=" + place.slug).form.fields["place"]

    assert of_later is field
    assert list(of_later.choices) == [(place.slug, "Vienna")]
