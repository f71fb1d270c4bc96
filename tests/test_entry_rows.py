"""What is read for the entries of a list."""

import pytest

from tests import make
from timeline.models import Actor, Briefing, Citation, DataSet, Event
from timeline.pages.entry_rows import CitationRow, EntryRows, EventRow, ParticipantRow, read_rows

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def talks_with_everything() -> Event:
    state, agency = make.actor("State"), make.actor("Agency")
    department = make.actor("Department", parent=state)
    event = make.published(
        "Talks",
        briefing=make.briefing(publisher=department, origin=agency, url="https://example.org/1"),
        cited={"speaker": state},
        place=make.place("Town", country="AM"),
        conflict=make.conflict("War"),
        data_set=DataSet.objects.create(slug="set", name="Set", licence="CC0", attribution="Set"),
    )
    make.participation(event, state, "mediator", position=2)
    make.participation(event, department, "initiator", office="Minister", position=1)
    return Event.objects.get()


def test_rows_are_those_of_the_models(django_assert_num_queries):
    event = talks_with_everything()
    state, department = Actor.objects.get(name="State"), Actor.objects.get(name="Department")
    cited, briefing = event.citations.get(), Briefing.objects.get()
    quoted = (cited.pk, event.pk, cited.public_id, "The ceasefire holds.", "reports", cited.support, "", "verified")
    source = (briefing.pk, briefing.slug, briefing.title, "press_briefing", "en", briefing.published_on, "")

    with django_assert_num_queries(4):
        [rows] = read_rows(Event.objects.public(), Citation.objects.public_source()).values()

    assert rows == EntryRows(
        EventRow(
            *(event.pk, event.public_id, "Talks", "", "2022-03-24", "", event.start_earliest, event.start_latest),
            *(event.end_latest, event.first_reported_on, event.recorded_at, "occurred", "AM"),
            *(event.event_type.name, event.event_type.category, "Town", "War", event.data_set_id),
        ),
        [
            ParticipantRow(event.pk, "Department", department.slug, "State", "Minister", "initiator"),
            ParticipantRow(event.pk, "State", state.slug, None, "", "mediator"),
        ],
        [
            CitationRow(
                *(*quoted, cited.turn_kind, "", "State", None, *source, "https://example.org/1", "", None),
                *(briefing.origin_id, department.pk, "Department", department.slug),
            )
        ],
        event.data_set,
    )


def test_event_without_anything_beside_it(django_assert_num_queries):
    event = make.published()
    draft = make.briefing(status="draft")
    Citation.objects.filter(event=event).update(briefing=draft)

    with django_assert_num_queries(3):
        [rows] = read_rows(Event.objects.public(), Citation.objects.public_source()).values()

    assert (rows.participants, rows.citations, rows.data_set) == ([], [], None)
