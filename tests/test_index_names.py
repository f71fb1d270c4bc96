import pytest

from tests import make
from timeline.index import EventIndex
from timeline.index.event_index import remembered_names
from timeline.models import Place

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_what_follows_from_names_is_read_again_where_one_of_them_was_written_to():
    place, event, reads = make.place("Vienna"), make.published("Call"), []

    def name() -> str:
        return remembered_names(EventIndex(), "name of the place", lambda: reads.append(1) or Place.objects.get().name)

    assert (name(), name(), len(reads)) == ("Vienna", "Vienna", 1)
    event.title = "Other call"
    event.save()
    assert (name(), len(reads)) == ("Vienna", 1)
    place.name = "Wien"
    place.save()
    assert (name(), len(reads)) == ("Wien", 2)
