import datetime as dt
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from simple_history.models import HistoricalRecords

from tests import make
from timeline.history import Part, rows_as_of, version
from timeline.models import Actor, ActorAlias, BriefingSpeaker, Citation, Event, EventRelation, EventType, Participation

pytestmark = pytest.mark.django_db


def make_type() -> EventType:
    return EventType.objects.create(slug="parade", name="Parade", category="other")


def make_alias() -> ActorAlias:
    return ActorAlias.objects.create(actor=make.actor(), name="Hayastan")


def make_speaker() -> BriefingSpeaker:
    return BriefingSpeaker.objects.create(briefing=make.briefing(), label="MS PORTER", actor=make.actor())


def make_relation() -> EventRelation:
    return EventRelation.objects.create(from_event=make.event(), kind="follows", to_event=make.event())


ROWS = {
    "actor": (make.actor, "name"),
    "alias": (make_alias, "name"),
    "briefing": (make.briefing, "title"),
    "speaker": (make_speaker, "office"),
    "conflict": (make.conflict, "name"),
    "place": (make.place, "name"),
    "event type": (make_type, "name"),
    "event": (make.event, "title"),
    "citation": (lambda: make.citation(make.event()), "note"),
    "participation": (lambda: make.participation(make.event()), "office"),
    "relation": (make_relation, "note"),
}


@pytest.fixture
def ada(monkeypatch):
    """Return the user on whose request the test runs."""
    user = get_user_model().objects.create_user("ada")
    monkeypatch.setattr(HistoricalRecords.context, "request", SimpleNamespace(user=user), raising=False)
    return user


def lines(model, pk: int) -> list[tuple]:
    rows = model.history.filter(id=pk).order_by("history_id")
    return list(rows.values_list("history_type", "history_user__username", "history_change_reason"))


@pytest.mark.parametrize(("create", "field"), ROWS.values(), ids=ROWS)
def test_history_has_who_and_why_of_each_change(create, field, ada):
    row = create()
    setattr(row, field, "Changed")
    row._change_reason = "It was wrong."
    row.save()
    pk = row.pk
    row._change_reason = "It was not needed."
    row.delete()

    assert lines(type(row), pk) == [
        ("+", "ada", None),
        ("~", "ada", "It was wrong."),
        ("-", "ada", "It was not needed."),
    ]


@pytest.mark.parametrize(("create", "field"), ROWS.values(), ids=ROWS)
def test_history_keeps_the_values_of_each_change(create, field):
    row = create()
    before = getattr(row, field)
    setattr(row, field, "Changed")
    row.save()

    assert list(row.history.order_by("history_id").values_list(field, flat=True)) == [before, "Changed"]


def test_history_without_a_request_has_no_user():
    event = make.event()

    assert lines(Event, event.pk) == [("+", None, None)]


def test_history_has_a_reason_of_any_length():
    event = make.event()
    event._change_reason = "x" * 2000
    event.save()

    assert lines(Event, event.pk)[1] == ("~", None, "x" * 2000)


def test_history_has_every_state_of_an_event():
    event = make.event()
    make.citation(event)
    event.submit()
    event.return_to_draft()
    event.publish()
    event.withdraw("Wrong day.")
    event.publish()

    rows = event.history.order_by("history_id").values_list("status", "withdrawal_reason", "history_change_reason")
    assert list(rows) == [
        ("draft", "", None),
        ("review", "", None),
        ("draft", "", None),
        ("published", "", None),
        ("withdrawn", "Wrong day.", "Wrong day."),
        ("published", "", None),
    ]


def test_history_has_what_went_with_a_deleted_event(ada):
    event = make.event()
    citation, taking_part = make.citation(event), make.participation(event)

    event.delete()

    assert [lines(Citation, citation.pk)[-1], lines(Participation, taking_part.pk)[-1]] == [("-", "ada", None)] * 2


def test_history_has_citations_deleted_by_query(ada):
    citation = make.citation(make.event())

    Citation.objects.filter(pk=citation.pk).delete()

    assert lines(Citation, citation.pk) == [("+", "ada", None), ("-", "ada", None)]


def test_history_has_quotes_that_a_changed_text_moved(ada):
    citation = make.citation(make.event())
    citation.briefing.text = f"Good afternoon.\n\n{citation.briefing.text}"
    citation.briefing.save()

    states = citation.history.order_by("history_id").values_list("state", "history_user__username")
    assert list(states) == [("verified", "ada"), ("moved", "ada")]


def test_history_has_no_line_for_counted_evidence():
    event = make.published()
    make.citation(event, make.briefing())

    assert event.history.count() == 2


def test_history_outlives_its_user(ada):
    event = make.event()
    ada.delete()

    assert lines(Event, event.pk) == [("+", None, None)]


def test_history_of_a_place_says_nothing_new_when_its_events_take_its_country():
    event = make.event(place=make.place(country="AM"))
    event.place.country = "AZ"
    event.place.save()

    assert event.history.count() == 1


def test_class_of_a_history_s_managers_is_made_once_a_table():
    managers = [type(owner.history) for owner in (Event, Event, Event(), Actor)]

    assert len(set(managers)) == 1
    assert [owner.history.model._meta.object_name for owner in (Event, Actor)] == ["HistoricalEvent", "HistoricalActor"]


def test_state_at_a_moment_is_the_last_of_those_written_at_it():
    event = make.event("First")
    for title in ("Second", "Third"):
        event.title = title
        event.save()
    at = timezone.now()
    event.history.update(history_date=at)

    [row] = rows_as_of(Part(Event, "id", ()), event.pk, at)
    assert row.title == "Third"
    assert rows_as_of(Part(Event, "id", ()), event.pk, at - dt.timedelta(seconds=1)) == []


def test_token_of_a_version_changes_with_a_write_that_began_before_the_last_and_commits_after_it():
    event = make.event()
    event.save()
    event.save()
    late = event.history.order_by("-history_id")[1]
    event.history.filter(pk=late.pk).delete()  # as others see the table until that write commits
    seen = version(event)

    late.save(force_insert=True)

    assert version(event) != seen
