import numpy as np
import pytest
from django.db.models import Model
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import make
from tests.clients import csv_rows
from timeline.filters import EventFilter
from timeline.index import EventIndex, Rows
from timeline.index.event_columns import FEW
from timeline.index.shard import NEAR
from timeline.index.values import NONE, Values
from timeline.models import Actor, Briefing, Event, EventType, Participation, Place

from .hypothesis_examples import examples
from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def matches(index: EventIndex, query: str = "") -> list[int]:
    """Return the primary keys of the events that the index finds."""
    event_filter = EventFilter(QueryDict(query), Event.objects.public())
    return index.keys(index.matching(event_filter))


def test_values_keep_their_numbers():
    values = Values()
    first = values.encode(["AM", "", "AZ", None, "AM"])
    second = values.encode(["GE", "AZ"])

    assert (first.tolist(), second.tolist()) == ([1, NONE, 2, NONE, 1], [3, 2])
    assert values.known(["AZ", "FR", "AM"]) == [2, 1]
    assert values.named(np.bincount([*first, *second])) == {"AM": 2, "AZ": 2, "GE": 1}
    assert values.named(np.bincount(np.zeros(0, np.int32))) == {}


PAIRS = st.tuples(st.integers(0, 4), st.integers(NONE, 5))


@settings(max_examples=examples(200), deadline=None)
@given(st.lists(PAIRS, max_size=12) | st.lists(PAIRS, min_size=5 * NEAR + 1, max_size=80))
def test_each_event_has_each_value_once_however_many_rows_it_has(pairs):
    pairs.sort(key=lambda pair: pair[0])
    event, values = np.array(pairs, np.int32).reshape(-1, 2).T
    rows = Rows(event, {"actor": values}).distinct("actor")

    assert sorted(zip(rows.event.tolist(), rows.columns["actor"].tolist(), strict=True)) == sorted(
        {pair for pair in pairs if pair[1] != NONE}
    )
    assert rows.event.tolist() == sorted(rows.event.tolist())


@settings(max_examples=examples(200), deadline=None)
@given(st.lists(st.integers(0, 40), max_size=300), st.sets(st.integers(0, 40)), st.booleans())
def test_rows_of_few_events_are_those_that_a_look_at_all_finds(events, wanted, is_ordered):
    event = np.array(sorted(events) if is_ordered else events, np.int32)
    matching = np.zeros(41, bool)
    matching[list(wanted)] = True

    assert Rows(event, {}).places_of(matching).tolist() == np.flatnonzero(matching.take(event)).tolist()


def test_rows_of_few_events_are_found_behind_all_others_too(set_shard_size):
    set_shard_size(2)
    events = [make.published() for _ in range(20)]
    EventIndex()
    for _ in range(4):
        make.citation(events[5], make.briefing())

    columns = EventIndex().columns
    event = columns.arrays["citations/event"]
    matching = np.zeros(columns.size, bool)
    matching[columns.slots(np.array([events[5].pk, events[12].pk]))] = True

    assert len(columns.places_of_rows("citations", matching)) == 6
    assert columns.places_of_rows("citations", matching).tolist() == np.flatnonzero(matching.take(event)).tolist()
    assert np.count_nonzero(matching) <= len(columns.blocks) // FEW
    assert columns.places_of_rows("citations", matching & False).tolist() == []


def test_a_clause_that_excludes_finds_nothing_in_blocks_that_no_part_has(set_shard_size):
    set_shard_size(1)
    keys = sorted(make.published().pk for _ in range(20))
    index = EventIndex()

    matching = index.matching(EventFilter(QueryDict("category__not=call"), Event.objects.public()))

    assert index.columns.size > len(index.columns.blocks)
    assert index.keys(matching) == keys


def test_no_event_no_count():
    assert EventIndex().total(EventIndex().columns.all) == 0


def test_an_actor_counts_once_for_each_event_of_its_members():
    state = make.actor("State")
    ministry, office = make.actor("Ministry", parent=state), make.actor("Office", parent=state)
    event = make.published()
    for actor in (ministry, office):
        make.participation(event, actor)
    index = EventIndex()
    counted = index.by_actor(index.columns.all)

    assert counted == {state.pk: 1, ministry.pk: 1, office.pk: 1}

    Actor.objects.filter(pk=office.pk).update(parent=ministry)
    after = make.published()
    make.participation(after, office)
    index = EventIndex()

    assert index.by_actor(index.columns.all) == {state.pk: 2, ministry.pk: 2, office.pk: 2}


def test_what_is_remembered_of_an_array_is_never_that_of_one_that_is_gone():
    events = [make.published() for _ in range(4)]
    index = EventIndex()

    def keys_of_one(event: Event) -> list[int]:
        matching = np.zeros_like(index.columns.all)
        matching[index.columns.slot(event.pk)] = True
        return index.keys(matching)  # then the next array may be where this was

    assert [keys_of_one(event) for event in events] == [[event.pk] for event in events]


def test_conditions_are_met_by_one_row():
    event = make.published()
    speaker, other = make.actor("Speaker"), make.actor("Other")
    make.citation(event, act="denies", speaker=speaker)
    make.citation(event, act="reports", speaker=other)
    index = EventIndex()
    of_speaker = [("speaker", (speaker.pk,))]

    assert index.by_row(index.columns.all, "citations", "act", of_speaker) == {"denies": 1}
    assert index.by_row(index.columns.all, "citations", "act", of_speaker, [("speaker", (other.pk,))]) == {}


@pytest.mark.parametrize("size", [1, 2, 1024])
def test_an_edit_shows_whatever_the_parts(set_shard_size, size):
    set_shard_size(size)
    events = [make.published(type="clash") for _ in range(3)]
    assert matches(EventIndex(), "category=clash") == [event.pk for event in events]

    events[1].withdraw("Wrong day.")

    assert matches(EventIndex(), "category=clash") == [events[0].pk, events[2].pk]


@pytest.mark.parametrize(("make_row", "query"), [(make.citation, "act=denies"), (make.participation, "role=mediator")])
def test_a_row_that_moves_to_another_event_leaves_the_old_one(set_shard_size, make_row, query):
    set_shard_size(1)  # each event is in a shard of its own
    old, new = make.published(), make.published()
    row = make_row(old, **dict([query.split("=")]))
    assert matches(EventIndex(), query) == [old.pk]

    row.event = new
    row.save()

    assert matches(EventIndex(), query) == [new.pk]


@made_once
def named() -> None:
    """Events of two actors, each with a publisher and a place of its own."""
    for name, country, count in (("armenia", "AM", 2), ("azerbaijan", "AZ", 1)):
        actor = make.actor(name.capitalize(), slug=name)
        briefing = make.briefing(slug=f"from-{name}", publisher=actor)
        place = make.place(slug=f"in-{name}", country=country)
        for _ in range(count):
            make.participation(make.published(briefing=briefing, type="clash", place=place), actor, "initiator")


def change(row: Model, **values) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def swap_slugs() -> None:
    first, second = Actor.objects.order_by("slug")
    for actor, slug in ((first, "former"), (second, "armenia"), (first, "azerbaijan")):
        change(actor, slug=slug)


def put_under_armenia() -> None:
    change(Actor.objects.get(slug="azerbaijan"), parent=Actor.objects.get(slug="armenia"))


def publish_all_by_armenia() -> None:
    change(Briefing.objects.get(slug="from-azerbaijan"), publisher=Actor.objects.get(slug="armenia"))


WRITES = {
    "an actor under another": ("actor=armenia", put_under_armenia, 3),
    "slugs": ("actor=armenia&role=initiator", swap_slugs, 1),
    "place within another": (
        "place=in-armenia",
        lambda: change(Place.objects.get(slug="in-azerbaijan"), parent=Place.objects.get(slug="in-armenia")),
        3,
    ),
    "country of a place": ("country=AM", lambda: change(Place.objects.get(slug="in-azerbaijan"), country="AM"), 3),
    "category of a type": ("category=clash", lambda: change(EventType.objects.get(slug="clash"), category="troops"), 0),
    "publisher of a briefing": ("publisher=armenia", publish_all_by_armenia, 3),
    "role": ("role=initiator", lambda: change(Participation.objects.first(), role="mediator"), 2),
}


@pytest.mark.parametrize(("query", "write", "count"), WRITES.values(), ids=WRITES)
def test_page_counts_what_its_export_holds_after_a_change_of(client, named, query, write, count):
    before = [row["public_id"] for row in csv_rows(client, query)]
    assert client.get(f"/?{query}").context["page"].total == len(before)

    write()

    exported = [row["public_id"] for row in csv_rows(client, query)]
    assert client.get(f"/?{query}").context["page"].total == len(exported) == count
    assert exported != before
