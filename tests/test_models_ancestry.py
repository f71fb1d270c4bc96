import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import make
from timeline.models import Actor, ActorAncestor
from timeline.models.ancestry import ancestor_chain

from .constraints import force

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def lines() -> dict[str, list[str]]:
    """Return, by name, to whom each actor belongs."""
    ancestors: dict[str, list[str]] = {}
    for above, actor in ActorAncestor.objects.order_by("ancestor__name").values_list("ancestor__name", "actor__name"):
        ancestors.setdefault(actor, []).append(above)
    return ancestors


def make_chain() -> tuple[Actor, Actor, Actor]:
    state = make.actor("A state")
    ministry = make.actor("B ministry", parent=state)
    return state, ministry, make.actor("C office", parent=ministry)


CHAIN = {
    "A state": ["A state"],
    "B ministry": ["A state", "B ministry"],
    "C office": ["A state", "B ministry", "C office"],
}


@pytest.mark.parametrize(
    ("pk", "parents", "chain"),
    [
        (1, {1: None}, [1]),
        (3, {1: None, 2: 1, 3: 2}, [3, 2, 1]),
        (1, {1: 1}, [1]),
        (1, {1: 2, 2: 3, 3: 1}, [1, 2, 3]),
        (4, {1: 2, 2: 1, 4: 1}, [4, 1, 2]),
        (1, {1: 9}, [1, 9]),
    ],
    ids=["alone", "chain", "itself", "in a circle", "below a circle", "under what is not there"],
)
def test_line_is_walked_upwards_once(pk, parents, chain):
    assert ancestor_chain(pk, parents) == chain


def test_ancestors_of_a_chain():
    make_chain()

    assert lines() == CHAIN


def test_ancestors_follow_a_changed_parent_for_all_below():
    state, ministry, _ = make_chain()
    ministry.parent = make.actor("D union")
    ministry.save()

    assert lines() == {
        "A state": ["A state"],
        "B ministry": ["B ministry", "D union"],
        "C office": ["B ministry", "C office", "D union"],
        "D union": ["D union"],
    }


def test_ancestors_of_an_actor_set_free():
    _, ministry, _ = make_chain()
    ministry.parent = None
    ministry.save()

    assert lines() == {
        "A state": ["A state"],
        "B ministry": ["B ministry"],
        "C office": ["B ministry", "C office"],
    }


def test_ancestors_go_with_a_deleted_actor():
    *_, office = make_chain()
    office.delete()

    assert lines() == {"A state": ["A state"], "B ministry": ["A state", "B ministry"]}


def test_ancestors_of_a_circle_are_all_in_it():
    state, _, office = make_chain()
    force(state, parent=office)

    everybody = ["A state", "B ministry", "C office"]
    assert lines() == dict.fromkeys(everybody, everybody)


def test_ancestors_follow_rows_created_together():
    state = make.actor("A state")
    Actor.objects.bulk_create([Actor(slug="b", name="B ministry", kind="state", parent=state)])

    assert lines() == {"A state": ["A state"], "B ministry": ["A state", "B ministry"]}


def test_ancestors_follow_rows_updated_together():
    state, ministry, office = make_chain()
    ministry.parent, office.parent = None, state
    Actor.objects.bulk_update([ministry, office], ["parent"])

    assert lines() == {"A state": ["A state"], "B ministry": ["B ministry"], "C office": ["A state", "C office"]}


def test_ancestors_are_rebuilt_from_the_parents():
    make_chain()
    ActorAncestor.objects.all().delete()

    ActorAncestor.objects.rebuild()

    assert lines() == CHAIN


def test_ancestor_stands_once():
    make_chain()
    first = ActorAncestor.objects.first()

    with pytest.raises(IntegrityError), transaction.atomic():
        ActorAncestor.objects.bulk_create([ActorAncestor(ancestor=first.ancestor, actor=first.actor)])


def test_actor_saved_unchanged_takes_two_queries_for_its_line(django_assert_num_queries):
    *_, office = make_chain()

    with django_assert_num_queries(2):
        ActorAncestor.objects.update_for(office)


def test_new_actor_takes_one_query_for_its_line_and_one_more_where_it_belongs_to_another():
    taken = []
    for parent in (None, make.actor()):
        with CaptureQueriesContext(connection) as made:
            make.actor(parent=parent)
        taken.append(sum("timeline_actorancestor" in query["sql"] for query in made))

    assert taken == [1, 2]


def test_ancestor_reads_as_who_is_within_whom():
    state, *_ = make_chain()

    assert str(ActorAncestor.objects.get(actor=state)) == f"{state.pk} within {state.pk}"
