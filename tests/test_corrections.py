import datetime as dt

import pytest
from django.utils import timezone

from tests import make
from timeline.history.corrections import Correction, corrections
from timeline.models import Event, EventType

pytestmark = pytest.mark.django_db


def change(row, reason: str = "", **values) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row._change_reason = reason
    row.save()


def corrections_of(event: Event) -> list[tuple[str, str, str, str]]:
    """Return what the public reads: what, before, after, reason."""
    return [
        (correction.what, correction.before, correction.after, correction.reason) for correction in corrections(event)
    ]


# Before and after publication


def test_corrections_of_a_draft_are_none():
    event = make.event("Truce")
    change(event, title="Armistice")

    assert corrections(event) == []


def test_corrections_leave_out_what_was_changed_before_publication():
    event = make.event("Truce")
    citation = make.citation(event)
    taking_part = make.participation(event)
    change(event, title="Armistice")
    change(citation, note="As translated.")
    change(taking_part, role="mediator")
    event.publish()

    assert corrections(event) == []


def test_corrections_tell_when_and_why():
    event = make.published("Truce")
    before = timezone.now()
    change(event, "The source says armistice.", title="Armistice")

    (correction,) = corrections(event)
    assert correction == Correction(correction.at, "Title", "Truce", "Armistice", "The source says armistice.")
    assert before <= correction.at <= timezone.now()


def test_corrections_come_newest_first():
    event = make.published("One")
    for title in ("Two", "Three"):
        change(event, title=title)

    assert corrections_of(event) == [("Title", "Two", "Three", ""), ("Title", "One", "Two", "")]


def test_corrections_leave_out_a_save_without_change():
    event = make.published()
    event.save()

    assert corrections(event) == []


# Fields of the event


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"summary": "More."}, [("Summary", "", "More.", "")]),
        ({"edtf": "2022-03"}, [("Date", "24 March 2022", "March 2022", "")]),
        ({"date_as_stated": "Thursday"}, [("Date as stated", "", "Thursday", "")]),
        ({"date_note": "The day before."}, [("How the date was understood", "", "The day before.", "")]),
        (
            {"time_of_day": dt.time(10, 30), "time_zone": "Asia/Yerevan"},
            [("Clock time", "", "10:30:00", ""), ("Time zone", "", "Asia/Yerevan", "")],
        ),
        ({"deaths_low": 0, "deaths_high": 1_200}, [("Deaths", "", "at least 0, at most 1,200", "")]),
    ],
)
def test_corrections_show_words_not_codes(values, expected):
    event = make.published(edtf="2022-03-24")
    change(event, **values)

    assert corrections_of(event) == expected


def test_corrections_show_the_names_of_type_and_place():
    event = make.published(type="statement", place=make.place("Farrukh"))
    change(event, event_type=EventType.objects.get(slug="phone-call"), place=None)

    assert corrections_of(event) == [("Type", "Statement", "Phone call", ""), ("Place", "Farrukh", "", "")]


def test_corrections_show_how_precisely_the_place_is_known():
    event = make.published(place=make.place("Farrukh"))
    change(event, place_precision="near")
    change(event, place_precision="")

    what, words = "How precisely the place is known", "within about 25 km of the point"
    assert corrections_of(event) == [(what, words, "", ""), (what, "", words, "")]


def test_corrections_of_a_deleted_place_say_so():
    event = make.published(place=make.place("Farrukh"))
    place = event.place
    change(event, place=None)
    place.delete()

    assert corrections_of(event) == [("Place", "deleted", "", "")]


def test_corrections_show_withdrawal_and_its_reason():
    event = make.published()
    event.withdraw("Wrong day.")

    assert corrections_of(event) == [("State", "Published", "Withdrawn", "Wrong day.")]


def test_corrections_show_that_it_was_published_again():
    event = make.published()
    event.withdraw("Wrong day.")
    event.publish()

    assert corrections_of(event) == [
        ("State", "Withdrawn", "Published", ""),
        ("State", "Published", "Withdrawn", "Wrong day."),
    ]


# Citations


def test_corrections_show_a_citation_that_came():
    event = make.published()
    make.citation(event, quote="Troops moved.")

    assert corrections_of(event) == [("Quote", "", "Troops moved.", "")]


def test_corrections_show_a_citation_that_went():
    event = make.published()
    extra = make.citation(event, make.briefing(), quote="Troops moved.")
    extra._change_reason = "Not about this."
    extra.delete()

    assert corrections_of(event) == [
        ("Quote", "Troops moved.", "", "Not about this."),
        ("Quote", "", "Troops moved.", ""),
    ]


def test_corrections_show_a_citation_deleted_by_query():
    event = make.event()
    make.citation(event, quote="Troops moved.")
    make.citation(event)
    event.publish()
    event.citations.filter(quote="Troops moved.").delete()

    assert corrections_of(event) == [("Quote", "Troops moved.", "", "")]


def test_corrections_show_what_was_changed_in_a_citation():
    event = make.published()
    citation = event.citations.get()
    change(
        citation, "As she put it.", act="confirms", speaker=make.actor("Jalina Porter"), edtf="2022-03-21", note="Late."
    )
    change(citation, reliability="B", credibility="2", date_as_stated="Monday", quote="Troops moved.")

    assert corrections_of(event) == [
        ("Quote", "The ceasefire holds.", "Troops moved.", ""),
        ("Date as stated by the source", "", "Monday", ""),
        ("Reliability", "", "B", ""),
        ("Credibility", "", "2", ""),
        ("How it is said", "reports", "confirms", "As she put it."),
        ("Speaker", "", "Jalina Porter", "As she put it."),
        ("Date by the source", "", "21 March 2022", "As she put it."),
        ("Note on the citation", "", "Late.", "As she put it."),
    ]


def test_corrections_show_another_briefing():
    event = make.published(briefing=make.briefing(title="Monday"))
    change(event.citations.get(), briefing=make.briefing(title="Tuesday"))

    assert corrections_of(event) == [("Source", "Monday", "Tuesday", "")]


def test_corrections_show_a_citation_brought_out_of_a_draft_briefing_as_new():
    event = make.published()
    hidden = make.citation(event, make.briefing(status="draft", title="Secret"), quote="Troops moved.")
    change(hidden, briefing=make.briefing())

    assert corrections_of(event) == [("Quote", "", "Troops moved.", "")]


def test_corrections_show_a_citation_put_into_a_draft_briefing_as_gone():
    event = make.published()
    make.citation(event, make.briefing())
    change(event.citations.first(), briefing=make.briefing(status="draft", title="Secret"))

    assert corrections_of(event)[0] == ("Quote", "The ceasefire holds.", "", "")


def test_corrections_show_a_citation_moved_between_events_at_both():
    first, second = make.published(), make.published()
    extra = make.citation(first, quote="Troops moved.")
    change(extra, event=second)

    assert corrections_of(first)[0] == ("Quote", "Troops moved.", "", "")
    assert corrections_of(second) == [("Quote", "", "Troops moved.", "")]


# Who took part


def test_corrections_show_who_took_part():
    event = make.published()
    taking_part = make.participation(event, make.actor("Armenia"), "participant")
    change(taking_part, role="mediator", office="Foreign Minister")
    taking_part.delete()

    assert corrections_of(event) == [
        ("Participant", "Armenia", "", ""),
        ("Role", "participant", "mediator", ""),
        ("Office", "", "Foreign Minister", ""),
        ("Participant", "", "Armenia", ""),
    ]


# Cost


@pytest.mark.parametrize("count", [1, 5])
def test_corrections_take_as_many_queries_for_many_changes(count, django_assert_num_queries):
    event = make.published(place=make.place())
    for number in range(count):
        change(event, title=f"No. {number}", place=make.place(), event_type=EventType.objects.all()[number])
        make.participation(event)
        change(make.citation(event), speaker=make.actor(), briefing=make.briefing())

    with django_assert_num_queries(9):
        assert len(corrections(event)) == count * 7


def test_corrections_leave_out_what_was_written_while_the_event_was_withdrawn():
    event = make.published("Clash", summary="One.")
    event.withdraw("Under review.")
    event.title, event.summary = "Never public", "Two."
    event.save()
    event.title = "Strike"
    event.save()
    make.citation(event, note="Never public").delete()
    event.publish()

    shown = [(correction.what, correction.before, correction.after) for correction in corrections(event)]

    assert sorted(shown) == [
        ("State", "Published", "Withdrawn"),
        ("State", "Withdrawn", "Published"),
        ("Summary", "One.", "Two."),
        ("Title", "Clash", "Strike"),
    ]
