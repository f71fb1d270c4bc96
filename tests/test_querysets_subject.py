"""Conflicts and places: what events are about, and where they were."""

import datetime as dt

import pytest

from tests.factories import (
    make_conflict,
    make_event,
    make_place,
    make_published,
)
from timeline.models import Conflict, Place

pytestmark = pytest.mark.django_db


day = dt.date.fromisoformat


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
