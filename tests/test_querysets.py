import datetime as dt

import pytest
from django.db.models import Prefetch

from tests.factories import (
    make_actor,
    make_briefing,
    make_citation,
    make_conflict,
    make_event,
    make_participation,
    make_place,
    make_published,
)
from tests.held import force
from timeline.folding import terms
from timeline.models import Actor, ActorAlias, Briefing, BriefingSpeaker, Citation, Conflict, Event, Place

pytestmark = pytest.mark.django_db


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def titles(events) -> list[str]:
    return [event.title for event in events]


# Actors: within


def chain(length: int) -> list[Actor]:
    """Return actors of which each belongs to the one before."""
    actors = [make_actor()]
    while len(actors) < length:
        actors.append(make_actor(parent=actors[-1]))
    return actors


def test_within_is_an_actor_and_all_below_it(django_assert_num_queries):
    top, middle, bottom = chain(3)
    branch = make_actor(parent=top)
    make_actor()

    with django_assert_num_queries(1):
        found = set(Actor.objects.within([top.pk]))

    assert found == {top, middle, bottom, branch}


def test_within_does_not_reach_upwards():
    _, middle, bottom = chain(3)

    assert set(Actor.objects.within([middle.pk])) == {middle, bottom}


def test_within_reaches_to_any_depth():
    actors = chain(40)

    assert set(Actor.objects.within([actors[0].pk])) == set(actors)


def test_within_of_several_actors_has_each_once():
    top, middle, bottom = chain(3)
    other = make_actor()

    assert sorted(Actor.objects.within([top.pk, middle.pk, other.pk]).values_list("pk", flat=True)) == [
        top.pk,
        middle.pk,
        bottom.pk,
        other.pk,
    ]


def test_within_ends_on_a_circle():
    top, middle, bottom = chain(3)
    force(top, parent=bottom)

    assert set(Actor.objects.within([middle.pk])) == {top, middle, bottom}


@pytest.mark.parametrize("keys", [[], [10**9]])
def test_within_nobody_is_nobody(keys):
    make_actor()

    assert list(Actor.objects.within(keys)) == []


def test_within_can_be_asked_twice_and_counted():
    top, *_ = chain(3)
    found = Actor.objects.within([top.pk])

    assert (found.count(), len(found), len(found.all()), found.exists()) == (3, 3, 3, True)


def test_within_stands_in_other_questions():
    top, _, bottom = chain(3)
    inside, outside = make_event("inside"), make_event("outside")
    make_participation(inside, bottom)
    make_participation(outside)
    members = Actor.objects.within([top.pk])

    assert titles(Event.objects.with_participant(members)) == ["inside"]
    assert titles(Event.objects.without_participant(members)) == ["outside"]


def test_within_nobody_in_other_questions():
    event = make_event("any")
    make_participation(event)
    nobody = Actor.objects.within([])

    assert titles(Event.objects.with_participant(nobody)) == []
    assert titles(Event.objects.without_participant(nobody)) == ["any"]


# Actors: public


def test_actors_are_public_who_took_part_in_a_published_event():
    known, hidden = make_participation(make_published()), make_participation(make_event())

    public = Actor.objects.public()
    assert (known.actor in public, hidden.actor in public) == (True, False)


def test_actors_are_public_who_speak_in_a_public_citation():
    heard, draft, unseen = make_actor(), make_actor(), make_actor()
    event = make_published(cited={"speaker": heard})
    make_citation(make_event(), speaker=draft)
    make_citation(event, make_briefing(status="draft"), speaker=unseen)

    public = Actor.objects.public()
    assert [actor in public for actor in (heard, draft, unseen)] == [True, False, False]


def test_actors_are_public_who_put_out_a_public_briefing():
    published, draft = make_briefing(), make_briefing(status="draft")

    assert list(Actor.objects.public()) == [published.publisher]
    assert draft.publisher not in Actor.objects.public()


def test_actors_are_public_to_whom_a_public_one_belongs():
    *above, bottom = chain(5)
    make_actor(parent=bottom)
    make_participation(make_published(), bottom)

    assert set(Actor.objects.public()) - {one.publisher for one in Briefing.objects.all()} == {*above, bottom}


def test_actors_in_a_circle_are_public_once():
    top, middle, bottom = chain(3)
    force(top, parent=bottom)
    make_briefing(publisher=middle)

    assert sorted(Actor.objects.public().values_list("pk", flat=True)) == [top.pk, middle.pk, bottom.pk]


def test_actors_of_a_withdrawn_event_are_not_public():
    event = make_published(briefing=make_briefing())
    actor = make_participation(event).actor
    event.withdraw("Wrong day.")

    assert actor not in Actor.objects.public()


def test_actors_without_any_rows_are_not_public():
    assert list(Actor.objects.public()) == []


def test_actors_are_public_in_one_query(django_assert_num_queries):
    make_published()

    with django_assert_num_queries(1):
        assert len(Actor.objects.public().filter(kind="organisation")) == 1


def test_actors_speaking_are_heard_in_public():
    heard = make_actor()
    make_published(cited={"speaker": heard})
    make_citation(make_event(), speaker=make_actor())

    assert list(Actor.objects.speaking()) == [heard]


def test_actors_publishing_put_out_a_public_briefing():
    briefing = make_briefing()
    make_briefing(status="draft")

    assert list(Actor.objects.publishing()) == [briefing.publisher]


def test_actor_event_count_has_each_event_of_its_members_once(django_assert_num_queries):
    top, middle, bottom = chain(3)
    both = make_published()
    make_participation(both, middle)
    make_participation(both, bottom, "mediator")
    make_participation(make_published(), bottom)
    make_participation(make_event(), bottom)

    with django_assert_num_queries(1):
        counts = dict(Actor.objects.with_event_count().values_list("pk", "event_count"))

    assert [counts[actor.pk] for actor in (top, middle, bottom)] == [2, 2, 2]


def test_actor_event_count_is_nought_where_only_drafts_are():
    actor = make_participation(make_event()).actor

    assert Actor.objects.with_event_count().get(pk=actor.pk).event_count == 0


@pytest.mark.parametrize("count", [1, 3])
def test_actor_page_takes_three_queries(count, django_assert_num_queries):
    state = make_actor()
    ActorAlias.objects.create(actor=state, name="The State")
    for _ in range(count):
        office = make_actor(parent=state, kind="office")
        make_published(briefing=make_briefing(publisher=office), cited={"speaker": office})
    make_actor(parent=state)

    with django_assert_num_queries(3):
        (found,) = Actor.objects.for_page().filter(pk=state.pk)
        assert (len(found.aliases.all()), len(found.public_members)) == (1, count)


def test_actor_page_counts_what_is_public():
    actor = make_actor()
    event = make_published(briefing=make_briefing(publisher=actor), cited={"speaker": actor})
    make_citation(event, make_briefing(publisher=actor, status="draft"), speaker=actor)
    make_citation(make_event(), make_briefing(), speaker=actor)

    found = Actor.objects.for_page().get(pk=actor.pk)
    assert (found.heard_count, found.briefing_count) == (1, 1)


# Briefings


def test_briefings_are_public_once_published():
    published = make_briefing()
    make_briefing(status="draft")

    assert list(Briefing.objects.public()) == [published]


def test_briefings_newest_first_have_unknown_days_last():
    undated, old, new = (make_briefing(published_on=on) for on in (None, day("2022-03-01"), day("2022-03-02")))
    newer = make_briefing(published_on=day("2022-03-02"))

    assert list(Briefing.objects.newest_first()) == [newer, new, old, undated]


def test_briefing_list_counts_what_is_public(django_assert_num_queries):
    briefing = make_briefing()
    event = make_published(briefing=briefing)
    make_citation(event, briefing, quote="Troops moved.")
    make_citation(event, briefing, quote="Nobody said this.")
    make_citation(make_event(), briefing)

    with django_assert_num_queries(1):
        (found,) = Briefing.objects.for_list()
        assert found.publisher.name == briefing.publisher.name

    assert (found.event_count, found.citation_count, found.unfound_count) == (1, 3, 1)


def test_briefing_page_says_which_speakers_have_a_page(django_assert_num_queries):
    briefing = make_briefing()
    known = BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=briefing.publisher)
    unknown = BriefingSpeaker.objects.create(briefing=briefing, label="QUESTION", actor=make_actor())

    with django_assert_num_queries(2):
        (found,) = Briefing.objects.for_page()
        told = {speaker: speaker.actor_is_public for speaker in found.speakers.all()}

    assert told == {known: True, unknown: False}


# Citations


def test_citations_of_a_public_source():
    seen = make_citation(make_event())
    make_citation(make_event(), make_briefing(status="draft"))

    assert list(Citation.objects.public_source()) == [seen]


def test_citations_are_public_with_event_and_briefing():
    event = make_published()
    make_citation(event, make_briefing(status="draft"))
    make_citation(make_event())

    assert list(Citation.objects.public()) == [event.citations.first()]


def test_citations_known_by_a_day_include_that_day():
    on_day = make_citation(make_event(), make_briefing(published_on=day("2022-03-25")))
    make_citation(make_event(), make_briefing(published_on=day("2022-03-26")))
    make_citation(make_event(), make_briefing(published_on=None))

    assert list(Citation.objects.known_by(day("2022-03-25"))) == [on_day]
    assert list(Citation.objects.known_by(day("2022-03-24"))) == []


def test_citations_supporting_are_no_denials():
    supporting = make_citation(make_event(), act="mentions")
    make_citation(make_event(), act="denies")
    make_citation(make_event(), act="disputes")

    assert list(Citation.objects.supporting()) == [supporting]


def test_citations_holding_can_be_checked():
    verified = make_citation(make_event())
    moved = make_citation(make_event())
    force(moved, state="moved")
    at_address = make_citation(make_event(), make_briefing("", url="https://example.org"))
    make_citation(make_event(), quote="Nobody said this.")
    make_citation(make_event(), make_briefing("The ceasefire holds. The ceasefire holds."))

    assert list(Citation.objects.holding().order_by("pk")) == [verified, moved, at_address]


def test_citations_with_source_need_no_further_query(django_assert_num_queries):
    make_citation(make_event(), speaker=make_actor("Jalina Porter"))

    with django_assert_num_queries(1):
        (found,) = Citation.objects.with_source()
        assert (found.speaker.name, found.briefing.publisher.kind) == ("Jalina Porter", "organisation")
    assert "text" in found.briefing.get_deferred_fields()


def test_citations_in_text_follow_its_words():
    briefing = make_briefing("MS PORTER: The ceasefire holds. Troops moved.")
    missing, late, short, long = (
        make_citation(make_event(), briefing, quote=quote)
        for quote in ("Nobody said this.", "Troops moved.", "The ceasefire", "The ceasefire holds.")
    )

    assert list(briefing.citations.in_text()) == [long, short, late, missing]


def test_citations_with_event_need_no_further_query(django_assert_num_queries):
    make_citation(make_event("Truce"), speaker=make_actor())

    with django_assert_num_queries(1):
        (found,) = Citation.objects.with_event()
        assert (found.event.title, found.event.event_type.slug) == ("Truce", "statement")


# Conflicts and places


@pytest.mark.parametrize(
    ("model", "make", "name"), [(Conflict, make_conflict, "conflict"), (Place, make_place, "place")]
)
def test_subject_is_public_with_a_published_event(model, make, name):
    known, of_draft, of_withdrawn, empty = make(), make(), make(), make()
    make_published(**{name: known})
    make_event(**{name: of_draft})
    make_published(**{name: of_withdrawn}).withdraw("Wrong day.")

    assert list(model.objects.public()) == [known]
    assert empty not in model.objects.public()


@pytest.mark.parametrize(
    ("model", "make", "name"), [(Conflict, make_conflict, "conflict"), (Place, make_place, "place")]
)
def test_subject_counts_its_published_events(model, make, name):
    subject = make()
    for _ in range(2):
        make_published(**{name: subject})
    make_event(**{name: subject})

    assert model.objects.with_event_count().get().event_count == 2


def test_conflict_spans_from_first_to_last_known_start():
    conflict = make_conflict()
    for edtf in ("2022-03", "2020-11-10/..", "[..2023]"):
        make_published(edtf=edtf, conflict=conflict)
    make_event(edtf="1994", conflict=conflict)

    found = Conflict.objects.with_span().get()
    assert (found.first_edtf, found.latest_edtf) == ("2020-11-10/..", "2022-03")


def test_conflict_without_known_start_has_no_span():
    make_published(edtf="[..2023]", conflict=make_conflict())

    found = Conflict.objects.with_span().get()
    assert (found.first_edtf, found.latest_edtf) == (None, None)


# Events


def test_events_are_public_once_published():
    published, withdrawn = make_published("published"), make_published("withdrawn")
    withdrawn.withdraw("Wrong day.")
    make_event("draft")
    make_event("review").submit()

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
        ("2020-11-10/..", True, True),
        ("2020-11-10/", True, False),
        ("[..2022-03-25]", True, False),
        ("[..2022-03-19]", False, False),
        ("", True, False),
    ],
)
def test_events_overlap_a_window(edtf, possibly, certainly):
    make_event(edtf=edtf)
    first, last = day("2022-03-20"), day("2022-03-31")

    found = [Event.objects.overlapping(first, last, certainly=sure).count() for sure in (False, True)]
    assert found == [possibly, certainly]


def test_events_known_by_a_day():
    known, later = make_event("known"), make_event("later")
    make_citation(known, make_briefing(published_on=day("2022-03-25")))
    make_citation(later, make_briefing(published_on=day("2022-03-26")))
    make_citation(make_event("undated"), make_briefing(published_on=None))
    make_event("uncited")

    assert titles(Event.objects.known_by(day("2022-03-25"))) == ["known"]


@pytest.mark.parametrize(
    ("query", "found"),
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
def test_events_match_words_wherever_they_stand(query, found):
    event = make_event("A truce", summary="After shelling.")
    ActorAlias.objects.create(actor=make_participation(event, make_actor("Armenia")).actor, name="Hayastan")
    make_citation(event)
    make_event("Another event")

    assert titles(Event.objects.matching(terms(query), Citation.objects.all())) == ["A truce"] * found


def test_events_match_only_words_of_the_citations_given():
    make_citation(make_event("A truce"), make_briefing(status="draft"))

    assert titles(Event.objects.matching(terms("ceasefire"), Citation.objects.public_source())) == []


def test_events_with_a_participant_in_a_role():
    event, actor = make_event("Truce"), make_actor()
    make_participation(event, actor, "mediator")
    this = Actor.objects.filter(pk=actor.pk)

    assert titles(Event.objects.with_participant(this, ["mediator"])) == ["Truce"]
    assert titles(Event.objects.with_participant(this, ["initiator"])) == []
    assert titles(Event.objects.with_participant(None, ["mediator"])) == ["Truce"]


def test_events_cited_and_not_cited():
    citation = make_citation(make_event("cited"))
    make_event("uncited")
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
        make_citation(make_event(title, edtf=edtf), make_briefing(published_on=reported and day(reported)))

    assert titles(Event.objects.ordered(order)) == expected


@pytest.mark.parametrize("count", [1, 3])
def test_events_for_the_timeline_take_three_queries(count, django_assert_num_queries):
    for _ in range(count):
        event = make_published(place=make_place(), conflict=make_conflict(), cited={"speaker": make_actor()})
        make_participation(event, make_actor(parent=make_actor()))

    with django_assert_num_queries(3):
        for event in Event.objects.for_timeline(Citation.objects.public()):
            (taking_part,), (citation,) = event.participations.all(), event.shown_citations
            shown = [event.event_type, event.place, event.conflict, taking_part.actor.parent]
            shown += [citation.briefing.publisher, citation.speaker]
            assert None not in shown


def test_events_for_the_timeline_show_only_the_citations_given():
    event = make_published()
    make_citation(event, make_briefing(status="draft"))

    (found,) = Event.objects.for_timeline(Citation.objects.public())
    assert found.shown_citations == [event.citations.first()]


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
    make_citation(make_event("verified"))
    make_citation(make_event("missing"), quote="Nobody said this.")
    make_citation(make_event("at address"), make_briefing("", url="https://example.org"))
    make_citation(make_event("denied"), act="denies")
    disputed = make_event("disputed")
    make_citation(disputed)
    make_citation(disputed, act="disputes")
    make_event("uncited")

    found = Event.objects.with_evidence(kinds, Citation.objects.all())
    assert sorted(titles(found)) == expected


def test_events_have_their_evidence_counted_in_one_query(django_assert_num_queries):
    for _ in range(3):
        make_citation(make_event())
    Event.objects.update(supporting_count=9, first_reported_on=None)

    with django_assert_num_queries(1):
        assert Event.objects.all().refresh_evidence() == 3

    assert set(Event.objects.values_list("supporting_count", "first_reported_on")) == {(1, day("2022-03-25"))}


def test_events_prefetched_keep_their_order():
    event = make_event()
    last, first = make_citation(event, position=2), make_citation(event, position=1)

    (found,) = Event.objects.prefetch_related(Prefetch("citations"))
    assert list(found.citations.all()) == [first, last]
