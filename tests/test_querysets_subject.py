"""Conflicts and places: what events are about, and where they were."""

import datetime as dt

import pytest

from tests import make
from timeline.models import Conflict, Place

pytestmark = [pytest.mark.django_db, pytest.mark.database]


day = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("model", "create", "name"), [(Conflict, make.conflict, "conflict"), (Place, make.place, "place")]
)
def test_subject_is_public_with_a_published_event(model, create, name):
    known, of_draft, of_withdrawn, empty = create(), create(), create(), create()
    make.published(**{name: known})
    make.event(**{name: of_draft})
    make.published(**{name: of_withdrawn}).withdraw("Wrong day.")

    assert list(model.objects.public()) == [known]
    assert empty not in model.objects.public()


@pytest.mark.parametrize(
    ("model", "create", "name"), [(Conflict, make.conflict, "conflict"), (Place, make.place, "place")]
)
def test_subject_counts_its_published_events(model, create, name, client):
    subject = create()
    for _ in range(2):
        make.published(**{name: subject})
    make.event(**{name: subject})

    assert [row["event_count"] for row in client.get(f"/api/v1/{name}s/").json()[f"{name}s"]] == [2]


def test_conflict_spans_from_first_to_last_known_start():
    conflict = make.conflict()
    for edtf in ("2022-03", "2020-11-10/..", "[..2023]"):
        make.published(edtf=edtf, conflict=conflict)
    make.event(edtf="1994", conflict=conflict)

    spanned = Conflict.objects.with_span().get()
    assert (spanned.first_edtf, spanned.latest_edtf) == ("2020-11-10/..", "2022-03")


def test_conflict_without_known_start_has_no_span():
    make.published(edtf="[..2023]", conflict=make.conflict())

    spanned = Conflict.objects.with_span().get()
    assert (spanned.first_edtf, spanned.latest_edtf) == (None, None)


@pytest.mark.parametrize("slug", ["now", "gone\0", "\0", ""])
def test_no_other_slug_leads_on(slug):
    now = make.place("Now", slug="now")
    make.place("Gone", slug="gone", merged_into=now)

    assert Place.objects.successors([slug, "gone"]) == {"gone": "now"}
    assert Place.objects.successor_of(slug) is None
