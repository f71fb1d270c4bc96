"""What a citation is for its event."""

import datetime as dt

import pytest

from tests import make
from timeline.models import Citation, Event

from .constraints import refused_by

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def evidence(event: Event) -> tuple[int, dt.date | None]:
    return Event.objects.values_list("supporting_count", "first_reported_on").get(pk=event.pk)


@pytest.mark.parametrize(
    ("act", "count"),
    [
        ("announces", 1),
        ("confirms", 1),
        ("reports", 1),
        ("calls_for", 1),
        ("condemns", 1),
        ("mentions", 1),
        ("denies", 0),
        ("disputes", 0),
    ],
)
def test_citation_supports_its_event_unless_it_denies(act, count):
    event = make.event()

    citation = make.citation(event, act=act)

    assert (citation.supports, evidence(event)) == (bool(count), (count, dt.date(2022, 3, 25)))


@pytest.mark.parametrize(
    ("quote", "actuality", "count"),
    [
        ("They did not meet.", "did_not_occur", 1),
        ("They did not meet, did they?", "did_not_occur", 0),
        ("They did not meet.", "announced", 0),
        ("They did not meet.", "unclear", 0),
    ],
)
def test_denial_supports_that_something_did_not_happen_unless_it_is_asked(quote, actuality, count):
    event = make.event(type="meeting", actuality=actuality)
    briefing = make.briefing("MR X: They did not meet.\n\nQUESTION: They did not meet, did they?")

    citation = make.citation(event, briefing, quote=quote, act="denies")

    assert (citation.supports, evidence(event)[0]) == (bool(count), count)


def test_event_that_did_not_happen_is_published_on_a_denial_and_keeps_it():
    event = make.published(type="meeting", actuality="did_not_occur", cited={"act": "denies"})

    assert (event.status, evidence(event)[0]) == ("published", 1)
    event.actuality = "occurred"
    with refused_by("event_published_with_evidence"):
        event.save()


def test_citation_of_a_draft_briefing_is_no_support():
    event = make.event()

    make.citation(event, make.briefing(status="draft"))

    assert evidence(event) == (0, None)


def test_event_was_first_reported_on_the_earliest_day():
    event = make.event()
    for day in (25, 22, 28):
        make.citation(event, make.briefing(published_on=dt.date(2022, 3, day)))

    assert evidence(event) == (3, dt.date(2022, 3, 22))


def test_citation_changed_to_a_denial_is_no_support_any_more():
    citation = make.citation(make.event())

    citation.act = "denies"
    citation.save()

    assert evidence(citation.event)[0] == 0


def test_citation_moved_to_another_event_leaves_the_first_without_it():
    first, second = make.event(), make.event()
    citation = make.citation(first)

    citation.event = second
    citation.save()

    assert (evidence(first), evidence(second)) == ((0, None), (1, dt.date(2022, 3, 25)))


def test_citation_deleted_takes_its_evidence_away():
    event = make.event()
    make.citation(event, make.briefing(published_on=dt.date(2022, 3, 22))).delete()
    make.citation(event)

    assert evidence(event) == (1, dt.date(2022, 3, 25))


def test_citations_deleted_together_take_their_evidence_away():
    first, second = make.event(), make.event()
    for event in (first, second):
        make.citation(event)

    Citation.objects.all().delete()

    assert (evidence(first), evidence(second)) == ((0, None), (0, None))


def test_citations_are_not_deleted_without_being_asked_for():
    assert not hasattr(Citation.objects, "delete")


# The last support of a published event


def last_support() -> Citation:
    return make.published().citations.get()


@pytest.mark.parametrize(
    "lose",
    [
        Citation.delete,
        lambda citation: Citation.objects.filter(pk=citation.pk).delete(),
        lambda citation: Citation.objects.update_or_create(pk=citation.pk, defaults={"act": "denies"}),
        lambda citation: Citation.objects.update_or_create(pk=citation.pk, defaults={"event": make.event()}),
        lambda citation: Citation.objects.update_or_create(
            pk=citation.pk, defaults={"briefing": make.briefing(status="draft")}
        ),
    ],
    ids=["deleted", "deleted by query", "made a denial", "moved to another event", "moved to a draft briefing"],
)
def test_last_support_of_a_published_event_stays(lose):
    citation = last_support()
    stored = Citation.objects.filter(pk=citation.pk)
    before = list(stored.values())

    with refused_by("event_published_with_evidence"):
        lose(citation)

    assert list(stored.values()) == before
    assert evidence(citation.event) == (1, dt.date(2022, 3, 25))


def test_support_beside_another_may_go():
    event = make.published()
    make.citation(event, make.briefing())

    event.citations.first().delete()

    assert evidence(event) == (1, dt.date(2022, 3, 25))
