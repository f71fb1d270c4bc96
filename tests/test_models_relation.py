import pytest

from tests import make
from timeline.models import EventRelation
from timeline.models.relation import RelationKind, public_relations

from .constraints import problems, refused, refused_by

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def relate(first, second, kind="follows", **changes) -> EventRelation:
    return EventRelation.objects.create(from_event=first, kind=kind, to_event=second, **changes)


def test_relation_is_in_order():
    first, second = make.event(), make.event()
    words = make.citation(second)

    assert problems(EventRelation(from_event=first, kind="follows", to_event=second, citation=words)) == {}


def test_relation_reads_in_both_directions():
    relation = relate(make.event("Truce"), make.event("Battle"), "ends")

    assert (str(relation), relation.inverse_display) == ("Truce ends Battle", "is ended by")


def test_relation_kinds_all_have_an_inverse():
    assert len({kind.inverse_label for kind in RelationKind}) == len(RelationKind)


def test_relation_ties_two_events():
    event = make.event()
    itself = EventRelation(from_event=event, kind="follows", to_event=event)

    assert problems(itself) == {"__all__": ["An event cannot be related to itself."]}
    with refused_by("eventrelation_two_events"):
        EventRelation.objects.bulk_create([itself])


def test_relation_stands_once():
    first, second = make.event(), make.event()
    relate(first, second)
    again = EventRelation(from_event=first, kind="follows", to_event=second)

    assert problems(again) == {"__all__": ["These two events are tied in this way already."]}
    with refused():
        EventRelation.objects.bulk_create([again])


def test_relation_may_tie_the_same_events_otherwise():
    first, second = make.event(), make.event()
    relate(first, second)

    assert problems(EventRelation(from_event=second, kind="follows", to_event=first)) == {}


def test_relation_rests_on_words_about_one_of_its_events():
    stranger = make.citation(make.event())

    assert problems(
        EventRelation(from_event=make.event(), kind="follows", to_event=make.event(), citation=stranger)
    ) == {"citation": ["Choose a citation of one of the two events."]}


def test_relation_outlives_its_citation():
    first, second = make.event(), make.event()
    relation = relate(first, second, citation=make.citation(first))

    relation.citation.delete()

    relation.refresh_from_db()
    assert (relation.citation, relation.words) == (None, "")


def test_relation_shows_public_words():
    first, second = make.published(), make.published()

    assert relate(first, second, citation=first.citations.get()).words == "The ceasefire holds."


def test_event_tells_of_its_relations_in_both_directions(django_assert_num_queries):
    event, before, after = make.published("Truce"), make.published("Battle"), make.published("Breach")
    relate(event, before, "ends", citation=event.citations.get())
    relate(after, event, "follows", citation=after.citations.get())
    relate(event, make.published("Unsaid"), "follows")

    with django_assert_num_queries(2):
        relations = public_relations(event)

    words = "The ceasefire holds."
    assert relations == [("ends", before, words), ("is followed by", after, words)]


def test_what_carried_out_an_announced_event_is_told_without_words():
    announced, happened = make.published(actuality="announced"), make.published()
    relate(announced, happened, "carried_out_by")

    assert public_relations(announced) == [("was carried out by", happened, "")]
    assert public_relations(happened) == [("carries out", announced, "")]


def test_event_tells_of_no_relation_to_what_is_not_published():
    event, draft, withdrawn = make.published(), make.event(), make.published()
    withdrawn.withdraw("Wrong day.")
    relate(event, draft)
    relate(draft, event, "concerns")
    relate(withdrawn, event)

    assert public_relations(event) == []
