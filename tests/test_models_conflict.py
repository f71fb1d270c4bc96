import pytest

from tests import make
from timeline.models import Conflict

from .constraints import force, problems, refused, refused_by

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_conflict_is_in_order():
    assert problems(Conflict(slug="nagorno-karabakh", name="Nagorno-Karabakh")) == {}


def test_conflict_reads_as_its_name_at_its_address():
    conflict = make.conflict("Nagorno-Karabakh", slug="nagorno-karabakh")

    assert (str(conflict), conflict.get_absolute_url()) == ("Nagorno-Karabakh", "/conflicts/nagorno-karabakh/")


def test_conflict_needs_a_name():
    assert problems(Conflict(slug="x", name="")) == {"name": ["This field cannot be blank."]}
    with refused_by("conflict_name_filled"):
        force(make.conflict(), name="")


def test_conflict_name_has_at_most_300_characters():
    assert problems(Conflict(slug="x", name="x" * 301)) == {
        "name": ["Ensure this value has at most 300 characters (it has 301)."]
    }
    with refused():
        force(make.conflict(), name="x" * 301)


def test_conflict_name_stands_on_one_line():
    assert problems(Conflict(slug="x", name="a\nb")) == {
        "name": ["Character 2 is U+000A, which cannot be seen. Delete it and type the text again."]
    }


def test_conflict_with_events_stays():
    conflict = make.conflict()
    make.event(conflict=conflict)

    with pytest.raises(Exception, match="protected"):
        conflict.delete()
