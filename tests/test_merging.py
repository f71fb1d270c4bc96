"""Two events, or two actors, that are one: nothing is lost, and every old address leads on."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from timeline.merging import EventMerge
from timeline.merging.move_references import join_texts
from timeline.models import Citation, Event, EventRelation, Participation

from .desk_client import rows
from .hypothesis_examples import examples

pytestmark = [pytest.mark.django_db, pytest.mark.database]

WORDS = ["The ceasefire holds.", "Troops moved.", "Nobody fired.", "All is calm."]
TEXT = f"MS PORTER: {' '.join(WORDS)}"


def merge(gone: Event, target: Event, **changes) -> None:
    EventMerge(gone, target).apply("The same call", **changes)
    gone.refresh_from_db()
    target.refresh_from_db()


def cited(event: Event) -> list[tuple[str, str, str]]:
    return sorted(event.citations.values_list("quote", "act", "note"))


def test_all_that_belongs_to_the_one_moves_to_the_other():
    briefing, actor, third = make.briefing(TEXT), make.actor(), make.event()
    gone, target = make.event("Entered twice"), make.event("Kept")
    words = make.citation(gone, briefing, quote=WORDS[1])
    make.participation(gone, actor, "initiator")
    EventRelation.objects.create(from_event=gone, kind="follows", to_event=third, citation=words)
    EventRelation.objects.create(from_event=third, kind="responds", to_event=gone)

    merge(gone, target)

    assert (gone.status, gone.merged_into) == ("merged", target)
    assert [citation.pk for citation in target.citations.all()] == [words.pk]
    assert [(participation.actor, participation.role) for participation in target.participations.all()] == [
        (actor, "initiator")
    ]
    ties = EventRelation.objects.order_by("pk").values_list("from_event", "kind", "to_event", "citation")
    assert list(ties) == [(target.pk, "follows", third.pk, words.pk), (third.pk, "responds", target.pk, None)]
    assert [gone.citations.count(), gone.participations.count()] == [0, 0]


def test_the_same_words_are_folded_and_what_only_one_says_is_kept():
    briefing = make.briefing(TEXT)
    gone, target = make.event(), make.event()
    make.citation(target, briefing, quote=WORDS[0])
    make.citation(gone, briefing, quote=WORDS[0], note="Said twice", reliability="B")

    merge(gone, target)

    [citation] = target.citations.all()
    assert (citation.note, citation.reliability, Citation.objects.count()) == ("Said twice", "B", 1)


def test_citations_that_say_different_things_both_stay():
    briefing = make.briefing(TEXT)
    gone, target = make.event(), make.event()
    make.citation(target, briefing, quote=WORDS[0], note="One")
    make.citation(gone, briefing, quote=WORDS[0], note="Other")
    make.citation(gone, briefing, quote=WORDS[0], act="denies")

    merge(gone, target)

    assert cited(target) == [
        ("The ceasefire holds.", "denies", ""),
        ("The ceasefire holds.", "reports", "One"),
        ("The ceasefire holds.", "reports", "Other"),
    ]


def test_what_each_source_says_is_kept_and_never_mixed():
    briefing, place = make.briefing(TEXT), make.place()
    gone, target = make.event(), make.event()
    make.citation(target, briefing, quote=WORDS[0])
    make.citation(
        gone, briefing, quote=WORDS[0], basis="hearsay", place=place, deaths_low=0, deaths_best=3, deaths_high=5
    )
    make.citation(target, briefing, quote=WORDS[1], basis="first_hand")
    make.citation(gone, briefing, quote=WORDS[1], basis="hearsay")

    merge(gone, target)

    assert list(target.citations.values_list("basis", "place", "deaths_low", "deaths_best", "deaths_high")) == [
        ("hearsay", place.pk, 0, 3, 5),
        ("first_hand", None, None, None, None),
        ("hearsay", None, None, None, None),
    ]


def test_what_an_event_claims_can_be_taken_over_and_its_support_follows():
    briefing = make.briefing(TEXT)
    gone = make.event(type="meeting", actuality="announced", value_note="By the agency.", deaths_low=1, deaths_best=2)
    target = make.event(type="meeting")
    make.citation(gone, briefing, act="announces")

    merge(gone, target, take=["actuality", "value_note", "deaths"])

    assert (target.actuality, target.value_note) == ("announced", "By the agency.")
    assert (target.deaths_low, target.deaths_best, target.support) == (1, 2, "supports")
    assert target.citations.get().support == "supports"


def test_an_actor_in_the_same_role_is_named_once_with_both_offices():
    actor, gone, target = make.actor(), make.event(), make.event()
    make.participation(target, actor, office="Secretary of State")
    make.participation(gone, actor, office="Chief diplomat")

    merge(gone, target)

    assert [participation.office for participation in Participation.objects.all()] == [
        "Secretary of State; Chief diplomat"
    ]


@pytest.mark.parametrize(
    ("first", "second", "left"),
    [
        *[("a", "b", "a; b"), ("a", "a", "a"), ("", "b", "b"), ("a", "", "a")],
        *[("a" * 74, "b" * 74, "a" * 74 + "; " + "b" * 74), ("a" * 74, "b" * 75, "a" * 74)],
    ],
)
def test_two_texts_that_are_too_long_together_are_not_cut(first, second, left):
    assert join_texts(first, second, 150) == left


def test_a_tie_between_the_two_ends_and_a_tie_of_both_is_one():
    gone, target, third = make.event(), make.event(), make.event()
    words = make.citation(gone)
    EventRelation.objects.create(from_event=gone, kind="follows", to_event=target)
    EventRelation.objects.create(from_event=target, kind="ends", to_event=third, note="As said")
    EventRelation.objects.create(from_event=gone, kind="ends", to_event=third, citation=words, note="On the day")

    merge(gone, target)

    [tie] = EventRelation.objects.all()
    assert (tie.from_event, tie.to_event, tie.citation, tie.note) == (target, third, words, "As said; On the day")


def test_chosen_values_are_taken_over_and_the_date_as_a_whole():
    gone = make.event("Better title", edtf="2022-03-24", date_as_stated="yesterday")
    target = make.event("Title", edtf="2022-03", summary="Known")

    merge(gone, target, take={"title", "date"})

    assert (target.title, target.edtf, target.date_as_stated, target.summary) == (
        "Better title",
        "2022-03-24",
        "yesterday",
        "Known",
    )


def test_published_events_are_merged_and_the_evidence_is_counted_anew():
    gone, target = make.published("Twice"), make.published("Kept")

    merge(gone, target)

    assert (target.status, target.supporting_count, gone.supporting_count) == ("published", 2, 0)
    assert list(Event.objects.public()) == [target]


def test_an_address_passes_on_when_its_target_is_merged_too():
    first, second, third = make.event(), make.event(), make.event()
    merge(first, second)
    merge(second, third)

    first.refresh_from_db()
    assert (first.merged_into, second.merged_into) == (third, third)


@pytest.mark.parametrize(
    ("gone", "target", "message"),
    [
        ("published", "draft", "“Gone” is published and “Kept” is not: keep the published one"),
        ("published", "withdrawn", "“Gone” is published and “Kept” is not: keep the published one"),
        ("withdrawn", "draft", "“Gone” was public, and its address must lead to a public event."),
        ("merged", "draft", "“Gone” was merged into another event before."),
        ("draft", "merged", "“Kept” was merged into another event before."),
    ],
)
def test_what_would_be_lost_to_readers_is_refused(gone, target, message):
    def create(title: str, state: str) -> Event:
        event = make.event(title) if state in ("draft", "merged") else make.published(title)
        if state == "withdrawn":
            event.withdraw("A mistake")
        if state == "merged":
            event.merge_into(make.event())
        return event

    pair = create("Gone", gone), create("Kept", target)
    before = list(Event.objects.order_by("pk").values())

    with pytest.raises(ValidationError) as refused:
        EventMerge(*pair).apply("The same")

    assert refused.value.messages[0].startswith(message)
    assert list(Event.objects.order_by("pk").values()) == before


def test_one_reason_and_one_moment_stand_in_the_history_of_all_that_was_written():
    gone, target = make.event(), make.event()
    citation = make.citation(gone)

    merge(gone, target)

    last = [row.history.first() for row in (gone, target, citation)]
    assert {row.history_change_reason for row in last} == {"The same call"}
    assert len({row.history_date for row in last}) == 1


CITATION = st.tuples(
    st.sampled_from(WORDS), st.sampled_from(["reports", "denies"]), st.sampled_from(["", "one", "other"])
)


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CITATION, max_size=4), st.lists(CITATION, max_size=4))
def test_every_word_that_was_cited_is_cited_still(theirs, mine):
    briefing, gone, target = make.briefing(TEXT), make.event(), make.event()
    for event, cited_before in ((gone, theirs), (target, mine)):
        for quote, act, note in cited_before:
            make.citation(event, briefing, quote=quote, act=act, note=note)

    merge(gone, target)

    after = cited(target)
    assert {line for line in [*theirs, *mine] if line[2]} <= set(after)
    assert {line[:2] for line in [*theirs, *mine]} == {line[:2] for line in after}
    assert len(after) <= len(theirs) + len(mine)
    assert gone.citations.count() == 0
    citation_count = Citation.history.filter(event_id=gone.pk).values_list("id", flat=True).distinct().count()
    assert citation_count == len(theirs)  # the history keeps each, be it folded


@pytest.mark.parametrize(("actuality", "taken"), [("did_not_occur", "occurred"), ("announced", "occurred")])
def test_public_event_does_not_take_over_a_claim_that_no_citation_supports(actuality, taken):
    act = {"did_not_occur": "denies", "announced": "announces"}[actuality]
    target = make.published("Kept", type="meeting", actuality=actuality, cited={"act": act})
    duplicate = make.event("Entered twice", type="meeting", actuality=taken)
    before = rows()

    with pytest.raises(ValidationError) as refusal:
        EventMerge(duplicate, target).apply("The same call", take=["actuality"])

    assert refusal.value.messages == [
        "No citation supports it as “Happened”, a deed, by the codebook. Keep type and actuality of “Kept”."
    ]
    assert rows() == before
    make.citation(duplicate)
    EventMerge(duplicate, target).apply("The same call", take=["actuality"])
    target.refresh_from_db()
    assert (target.actuality, target.support, target.supporting_count) == (taken, "supports", 2 - (act == "denies"))
