import datetime as dt

import pytest
from django.db.models import Prefetch

from tests import make
from tests.test_parity import world  # noqa: F401
from timeline.evidence.axes import AXES
from timeline.models import Actor, ActorAlias, Citation, Event
from timeline.text.search_query import parse

pytestmark = [pytest.mark.django_db, pytest.mark.database]


day = dt.date.fromisoformat


def titles(events) -> list[str]:
    return [event.title for event in events]


def test_events_are_public_once_published():
    published, withdrawn = make.published("published"), make.published("withdrawn")
    withdrawn.withdraw("Wrong day.")
    make.event("draft")
    make.event("review").submit()

    assert titles(Event.objects.public()) == [published.title]
    assert titles(Event.objects.addressable().order_by("pk")) == ["published", "withdrawn"]


@pytest.mark.parametrize(
    ("edtf", "possibly", "certainly"),
    [
        ("2022-03-24", True, True),
        ("2022-03-20", True, True),
        ("2022-03-31", True, True),
        ("2022-03-19", False, False),
        ("2022-04-01", False, False),
        ("2022-03", True, False),
        ("2022-03-24?", True, False),
        ("2022-03-01/2022-04-30", True, True),
        ("[2022-03-19,2022-03-20]", True, False),
        ("[2022-03-21..2022-03-24]", True, True),
        ("2020-11-10/..", True, False),
        ("2020-11-10/", True, False),
        ("[..2022-03-25]", True, False),
        ("[..2022-03-19]", False, False),
        ("", True, False),
    ],
)
def test_events_overlap_a_window(edtf, possibly, certainly):
    make.event(edtf=edtf)
    first, last = day("2022-03-20"), day("2022-03-31")

    counts = [Event.objects.overlapping(first, last, certainly=sure).count() for sure in (False, True)]
    assert counts == [possibly, certainly]


def test_events_known_by_a_day():
    known, later = make.event("known"), make.event("later")
    make.citation(known, make.briefing(published_on=day("2022-03-25")))
    make.citation(later, make.briefing(published_on=day("2022-03-26")))
    make.citation(make.event("undated"), make.briefing(published_on=None))
    make.event("uncited")

    assert titles(Event.objects.known_by(day("2022-03-25"))) == ["known"]


@pytest.mark.parametrize(
    ("query", "match_count"),
    [
        ("truce", True),
        ("TRUC", True),
        ("shelling", True),
        ("armenia", True),
        ("hayastan", True),
        ("holds", True),
        ("truce hayastan holds", True),
        ('"the ceasefire holds"', True),
        ('"ceasefire the holds"', False),
        ("truce absent", False),
        ("ruce", False),
    ],
)
def test_events_match_words_wherever_they_stand(query, match_count):
    event = make.event("A truce", summary="After shelling.")
    ActorAlias.objects.create(actor=make.participation(event, make.actor("Armenia")).actor, name="Hayastan")
    make.citation(event)
    make.event("Another event")

    assert titles(Event.objects.matching(parse(query), Citation.objects.all())) == ["A truce"] * match_count


def test_events_match_only_words_of_the_citations_given():
    make.citation(make.event("A truce"), make.briefing(status="draft"))

    assert titles(Event.objects.matching(parse("ceasefire"), Citation.objects.public_source())) == []


def test_events_with_a_participant_in_a_role():
    event, actor = make.event("Truce"), make.actor()
    make.participation(event, actor, "mediator")
    this = Actor.objects.filter(pk=actor.pk)

    assert titles(Event.objects.with_participant(this, ["mediator"])) == ["Truce"]
    assert titles(Event.objects.with_participant(this, ["initiator"])) == []
    assert titles(Event.objects.with_participant(None, ["mediator"])) == ["Truce"]


def test_events_cited_and_not_cited():
    citation = make.citation(make.event("cited"))
    make.event("uncited")
    these = Citation.objects.filter(pk=citation.pk)

    assert titles(Event.objects.cited_by(these)) == ["cited"]
    assert titles(Event.objects.not_cited_by(these)) == ["uncited"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("date", ["2020", "2021a", "2021b", "unknown"]),
        ("-date", ["2021b", "2021a", "2020", "unknown"]),
        ("-published", ["2021a", "unknown", "2021b", "2020"]),
        ("-recorded", ["2020", "unknown", "2021b", "2021a"]),
    ],
)
def test_events_stand_in_order(order, expected):
    for title, edtf, reported in (
        ("2021a", "2021", "2022-03-03"),
        ("2021b", "2021", "2022-03-01"),
        ("unknown", "[..2022]", "2022-03-02"),
        ("2020", "2020", None),
    ):
        make.citation(make.event(title, edtf=edtf), make.briefing(published_on=reported and day(reported)))

    assert titles(Event.objects.in_order(order)) == expected


@pytest.mark.parametrize("count", [1, 3])
def test_events_for_the_timeline_take_three_queries(count, django_assert_num_queries):
    for _ in range(count):
        event = make.published(place=make.place(), conflict=make.conflict(), cited={"speaker": make.actor()})
        make.participation(event, make.actor(parent=make.actor()))

    with django_assert_num_queries(3):
        for event in Event.objects.for_timeline(Citation.objects.public()):
            (taking_part,), (citation,) = event.participations.all(), event.visible_citations
            shown = [event.event_type, event.place, event.conflict, taking_part.actor.parent]
            shown += [citation.briefing.publisher, citation.speaker]
            assert None not in shown


def test_events_for_the_timeline_show_only_the_citations_given():
    event = make.published()
    make.citation(event, make.briefing(status="draft"))

    (shown,) = Event.objects.for_timeline(Citation.objects.public())
    assert shown.visible_citations == [event.citations.first()]


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        (["verified"], ["disputed", "verified"]),
        (["unverified"], ["at address", "denied", "missing", "uncited"]),
        (["disputed"], ["denied", "disputed"]),
        (["verified", "disputed"], ["denied", "disputed", "verified"]),
        ([], []),
    ],
)
def test_events_with_evidence_of_a_kind(kinds, expected):
    make.citation(make.event("verified"))
    make.citation(make.event("missing"), quote="Nobody said this.")
    make.citation(make.event("at address"), make.briefing("", url="https://example.org"))
    make.citation(make.event("denied"), act="denies")
    disputed = make.event("disputed")
    make.citation(disputed)
    make.citation(disputed, act="disputes")
    make.event("uncited")

    events = Event.objects.with_evidence(kinds, Citation.objects.all())
    assert sorted(titles(events)) == expected


def test_events_have_their_evidence_counted_in_one_query(django_assert_num_queries):
    for _ in range(3):
        make.citation(make.event())
    Event.objects.update(supporting_count=9, first_reported_on=None)

    with django_assert_num_queries(1):
        assert Event.objects.all().refresh_evidence() == 3

    assert set(Event.objects.values_list("supporting_count", "first_reported_on")) == {(1, day("2022-03-25"))}


def test_evidence_of_a_few_is_that_of_many(world):  # noqa: F811
    columns = ("pk", "first_reported_on", "supporting_count", "source_count", *AXES)
    Event.objects.all().refresh_evidence()
    of_many = list(Event.objects.order_by("pk").values_list(*columns))
    wrong = {axis: levels[0].reached for axis, (levels, _) in AXES.items()}
    Event.objects.update(supporting_count=9, source_count=9, first_reported_on=None, **wrong)

    Event.objects.refresh_evidence_of(pk for pk, *_ in of_many)

    assert list(Event.objects.order_by("pk").values_list(*columns)) == of_many
    assert len({row[3:] for row in of_many}) > 5


def test_events_prefetched_keep_their_order():
    event = make.event()
    last, first = make.citation(event, position=2), make.citation(event, position=1)

    (fetched,) = Event.objects.prefetch_related(Prefetch("citations"))
    assert list(fetched.citations.all()) == [first, last]
