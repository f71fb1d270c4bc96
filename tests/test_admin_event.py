import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from timeline.models import Citation, Event, EventRelation, EventType

from .desk_client import editor, errors, fields, lines, reviewer, rows, said, send
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

TEXT = (
    "QUESTION: What is new?\n\n"
    "MS PORTER: The “ceasefire” – so far – holds.\nNobody has moved.\n\n"
    "Armenia and Azerbaijan just need to use direct communication channels. Nobody, I repeat, nobody.\n\n"
    "QUESTION: Again?\n\nMS PORTER: I repeat, nobody."
)
ADD = "/admin/timeline/event/add/"


def change(event: Event) -> str:
    return reverse("admin:timeline_event_change", args=[event.pk])


def citation(briefing, quote: str = "Nobody has moved.", **changes) -> dict:
    typed = {
        "briefing": briefing.pk,
        "quote": quote,
        "act": "confirms",
        "speaker": "",
        "date_as_stated": "",
        "edtf": "",
    }
    return typed | {"reliability": "F", "credibility": "6", "note": "", "position": "0"} | changes


def participant(actor, role: str = "initiator") -> dict:
    return {"actor": actor.pk, "role": role, "office": "", "position": "0"}


def entry(**changes) -> dict:
    """Return a new event as typed."""
    typed = {"title": "The ceasefire holds", "event_type": EventType.objects.get(slug="statement").pk}
    return typed | {"date_as_stated": "yesterday", "edtf": "24 March 2022"} | changes


def test_event_is_entered_with_all_its_rows():
    actor, briefing = make.actor(), make.briefing(TEXT)
    typed = entry() | lines("citations", citation(briefing)) | lines("participations", participant(actor))

    answer = send(editor(), ADD, **typed)

    event = Event.objects.get()
    assert (answer.status_code, answer.url) == (302, change(event))
    assert (event.title, event.edtf, event.status, event.supporting_count) == (
        "The ceasefire holds",
        "2022-03-24",
        "draft",
        1,
    )
    assert [(one.actor, one.role) for one in event.participations.all()] == [(actor, "initiator")]
    assert [(one.quote, one.state, one.turn_kind) for one in event.citations.all()] == [
        ("Nobody has moved.", "verified", "answer")
    ]
    assert said(answer) == [
        "“The ceasefire holds” is saved. Draft: only editors see it.",
        "Understood as: 24 March 2022. One known day. Stored as 2022-03-24.",
    ]


def test_wrong_quote_shows_the_nearest_passage_and_writes_nothing():
    briefing = make.briefing(TEXT)
    client, before = editor(), rows()

    answer = send(client, ADD, **entry() | lines("citations", citation(briefing, "Nobody at all has moved.")))

    assert answer.status_code == 200
    [message] = errors(answer)
    assert message.startswith(f"These words do not stand in “{briefing}”. The nearest passage is: “Nobody has moved.”")
    assert rows() == before


def test_quote_as_pasted_is_stored_in_the_texts_own_characters():
    pasted = 'The "ceasefire" - so far - holds.\r\nNobody has moved.'

    send(editor(), ADD, **entry() | lines("citations", citation(make.briefing(TEXT), pasted)))

    assert [(one.quote, one.state) for one in Citation.objects.all()] == [
        ("The “ceasefire” – so far – holds.\nNobody has moved.", "verified")
    ]


def test_saving_a_form_as_it_came_changes_no_row_but_the_event():
    event = make.event()
    make.citation(
        event, make.briefing(TEXT), quote="The “ceasefire” – so far – holds.\nNobody has moved.", edtf="2022-03"
    )
    make.participation(event)
    client = editor()

    answer = send(client, change(event))

    assert answer.status_code == 302
    assert Citation.objects.get().history.count() == 1
    assert event.participations.get().history.count() == 1


def test_quote_that_stands_twice_is_saved_and_named():
    briefing = make.briefing(TEXT)

    answer = send(editor(), ADD, **entry() | lines("citations", citation(briefing, "I repeat, nobody.")))

    assert Citation.objects.get().state == "ambiguous"
    assert said(answer)[-1] == (
        f"“I repeat, nobody.” stands more than once in “{briefing}”, so it is not matched. "
        "Quote more of the words around it."
    )


def test_date_not_understood_comes_back_with_the_reason_and_the_words():
    client, before = editor(), rows()

    answer = send(client, ADD, **entry(edtf="yesterday"))

    [message] = errors(answer)
    assert "depends on the day it was said" in message
    assert fields(answer)["edtf"] == "yesterday"
    assert rows() == before


def test_form_with_another_mistake_still_says_how_the_date_is_understood():
    answer = send(editor(), ADD, **entry(title="", edtf="21 or 22 March 2022"))

    assert errors(answer) == ["This field is required."]
    assert (
        "Understood as: 21 or 22 March 2022. Earliest start 21 March 2022, latest end 22 March 2022. "
        "Stored as [2022-03-21,2022-03-22].</output>"
    ) in answer.content.decode()


def test_date_of_a_citation_takes_words_too():
    briefing = make.briefing(TEXT)

    answer = send(editor(), ADD, **entry() | lines("citations", citation(briefing, edtf="March 2022")))

    assert Citation.objects.get().edtf == "2022-03"
    assert said(answer)[-1] == (
        f"By “{briefing}”: Understood as: March 2022. Earliest start 1 March 2022, latest end 31 March 2022. "
        "Stored as 2022-03."
    )


def test_clock_time_without_a_known_day_is_refused():
    answer = send(editor(), ADD, **entry(edtf="March 2022", time_of_day="18:30", time_zone="Asia/Yerevan"))

    assert errors(answer) == ["A clock time needs a day that is known. The date: March 2022."]


def test_clock_time_stands_beside_a_day_that_was_a_month_before():
    event = make.event(edtf="2022-03")

    answer = send(editor(), change(event), edtf="24 March 2022", time_of_day="18:30", time_zone="Asia/Yerevan")

    event.refresh_from_db()
    assert answer.status_code == 302
    assert (event.edtf, event.time_of_day.isoformat(), event.time_zone) == ("2022-03-24", "18:30:00", "Asia/Yerevan")


def test_actor_twice_in_one_role_is_refused_at_the_role():
    actor = make.actor()
    client, before = editor(), rows()

    answer = send(client, ADD, **entry() | lines("participations", participant(actor), participant(actor)))

    assert answer.context["inline_admin_formsets"][0].formset.errors == [
        {},
        {"role": ["This actor has this role already. Choose another role, or delete one of the two lines."]},
    ]
    assert rows() == before


def test_actor_may_be_deleted_and_named_anew_in_one_save():
    event, actor = make.event(), make.actor()
    old = make.participation(event, actor, "initiator")
    typed = {"participations-0-DELETE": "on"} | lines("participations", participant(actor), start=1)

    answer = send(editor(), change(event), **typed)

    assert answer.status_code == 302
    assert [(one.actor, one.role) for one in event.participations.exclude(pk=old.pk)] == [(actor, "initiator")]


def test_relation_to_another_event_is_entered():
    event, other = make.event(), make.event()
    typed = {"kind": "follows", "to_event": other.pk, "citation": "", "note": ""}

    answer = send(editor(), change(event), **lines("relations", typed))

    assert answer.status_code == 302
    assert [(one.from_event, one.kind, one.to_event) for one in EventRelation.objects.all()] == [
        (event, "follows", other)
    ]


def test_role_and_act_are_not_chosen_for_the_editor():
    page = editor().get(ADD).content.decode()

    for name in ("participations-__prefix__-role", "citations-__prefix__-act"):
        choices = page.partition(f'name="{name}"')[2].partition("</select>")[0]
        assert '<option value="" selected>---------</option>' in choices


def test_citation_lost_by_a_new_text_does_not_hold_up_other_work():
    event, briefing = make.event(), make.briefing(TEXT)
    lost = make.citation(event, briefing, quote="Nobody has moved.")
    briefing.text = TEXT.replace("moved", "gone")
    briefing.save()

    answer = send(editor(), change(event), title="Another title")

    lost.refresh_from_db()
    event.refresh_from_db()
    assert (answer.status_code, lost.state, event.title) == (302, "missing", "Another title")


def test_last_support_of_a_published_event_stays():
    event = make.published(cited={"quote": "Nobody has moved."}, briefing=make.briefing(TEXT))
    client, before = reviewer(), rows()

    removed = send(
        client, change(event), change_class="correction", change_reason="Wrong source", **{"citations-0-DELETE": "on"}
    )
    denied = send(
        client, change(event), change_class="correction", change_reason="Wrong act", **{"citations-0-act": "denies"}
    )

    message = (
        "A published event needs a citation that supports what it claims: the quote matched in the text of a published "
        "briefing, and an act that supports it by the codebook, outside a question. Add one, code the "
        "event as what its sources say, or withdraw it instead."
    )
    assert (errors(removed), errors(denied)) == ([message], [message])
    assert rows() == before


def test_last_support_may_be_exchanged_in_one_save():
    briefing = make.briefing(TEXT)
    event = make.published(cited={"quote": "Nobody has moved."}, briefing=briefing)
    typed = {"citations-0-DELETE": "on"} | lines(
        "citations", citation(briefing, "The “ceasefire” – so far – holds."), start=1
    )

    answer = send(reviewer(), change(event), change_class="correction", change_reason="Better words", **typed)

    assert answer.status_code == 302
    assert [one.quote for one in event.citations.all()] == ["The “ceasefire” – so far – holds."]


def test_support_may_pass_from_one_citation_to_another_in_one_save():
    briefing = make.briefing(TEXT)
    event = make.published(cited={"quote": "Nobody has moved."}, briefing=briefing)
    make.citation(event, briefing, quote="The “ceasefire” – so far – holds.", act="denies")
    typed = {"citations-0-act": "denies", "citations-1-act": "confirms"}

    answer = send(reviewer(), change(event), change_class="correction", change_reason="Acts were exchanged", **typed)

    assert answer.status_code == 302
    assert [one.act for one in event.citations.all()] == ["denies", "confirms"]


@made_once
def opened() -> tuple[Event, Client, dict[str, str]]:
    """Return a draft, an editor, and the form that they opened."""
    make.citation(event := make.event())
    client = editor()
    return event, client, fields(client.get(change(event)))


@pytest.mark.long
@pytest.mark.parametrize(
    "typed",
    [
        {"event_type": "abc"},
        {"event_type": "9" * 30},
        {"title": "a\x00b"},
        {"title": "a\u202eb"},
        {"edtf": "9" * 5000},
        {"time_of_day": "25:99", "time_zone": "../../etc/passwd"},
        {"version": "abc"},
        {"change_reason": "a" * 301},
        {"participations-TOTAL_FORMS": "abc"},
        {"relations-TOTAL_FORMS": "99999"},
        {"citations-0-position": "9" * 30},
        {"citations-0-quote": "…"},
        {"citations-0-quote": "a" * 5001},
        {"citations-0-act": "shouts"},
        {"citations-0-reliability": "Z"},
        {"citations-0-id": "9" * 30},
        {"citations-0-briefing": "0"},
    ],
)
def test_nothing_typed_breaks_the_form_or_is_half_written(opened, typed):
    event, client, form = opened
    before = rows()

    answer = client.post(change(event), form | typed | {"_save": "1"})

    assert answer.status_code == 200
    assert rows() == before
