"""From chosen words to a new event."""

import pytest
from django.contrib.auth.models import User

from tests import make
from timeline.models import Citation, Event

from .desk_client import editor, fields, said, send
from .workspace_page import QUOTE, TEXT, choose, make_source, page, type_of

pytestmark = pytest.mark.django_db


def test_form_of_a_new_event_begins_with_what_the_words_say():
    armenia, azerbaijan = make.actor("Armenia", country="AM"), make.actor("Azerbaijan", country="AZ")
    briefing, client = make_source(), editor()

    begun = fields(client.get(choose(client, briefing, "_new").url))

    speaker = briefing.speakers.get().actor
    assert {name: begun[name] for name in ("event_type", "date_as_stated", "edtf")} == {
        "event_type": str(type_of("phone-call")),
        "date_as_stated": "on March 24th",
        "edtf": "2022-03-24",
    }
    assert begun["title"]
    assert "25 March 2022" in begun["date_note"]
    assert begun["citations-TOTAL_FORMS"] == "1"
    assert {name: begun[f"citations-0-{name}"] for name in ("briefing", "quote", "act", "speaker")} == {
        "briefing": str(briefing.pk),
        "quote": QUOTE,
        "act": "reports",
        "speaker": str(speaker.pk),
    }
    people = {begun[f"participations-{n}-actor"] for n in range(int(begun["participations-TOTAL_FORMS"]))}
    assert people == {str(armenia.pk), str(azerbaijan.pk)}


@pytest.mark.parametrize(
    ("words", "actuality"),
    [
        ("Armenia shelled the town.", "occurred"),
        ("If Armenia shelled the town, we would act.", ""),
        ("The town was shelled by forces near Armenia.", ""),
        ("Armenia will visit the town.", "announced"),
    ],
)
def test_whether_it_happened_is_left_open_where_the_words_do_not_tell(words, actuality):
    make.actor("Armenia", country="AM")
    briefing = make.briefing(f"MS PORTER: Thank you. {words}")

    client = editor()
    assert fields(client.get(choose(client, briefing, "_new", words).url))["actuality"] == actuality


def test_words_that_say_nothing_begin_an_empty_form():
    briefing, client = make_source(), editor()

    begun = fields(client.get(choose(client, briefing, "_new", "I can confirm that").url))

    names = ("title", "event_type", "date_as_stated", "edtf", "date_note", "participations-TOTAL_FORMS")
    assert [begun[name] for name in names] == ["", "", "", "", "", "0"]
    assert begun["citations-0-quote"] == "I can confirm that"


def test_saving_makes_a_draft_with_its_citation_and_goes_back_to_the_mark():
    armenia, azerbaijan = make.actor("Armenia"), make.actor("Azerbaijan")
    briefing, client = make_source(), editor()

    answer = send(client, choose(client, briefing, "_new").url, title="Ministers speak by phone")

    event, citation = Event.objects.get(), Citation.objects.get()
    assert answer.url == f"{page(briefing)}#q-{citation.public_id}"
    assert said(answer) == ["“Ministers speak by phone” (24 March 2022) is saved. Draft: only editors see it."]
    assert (event.status, event.author.username, event.edtf) == ("draft", "editor", "2022-03-24")
    assert (citation.quote, citation.state, citation.speaker.name) == (QUOTE, "verified", "Jalina Porter")
    assert {participation.actor for participation in event.participations.all()} == {armenia, azerbaijan}
    assert f'id="q-{citation.public_id}"' in client.get(page(briefing)).content.decode()


def test_form_of_a_new_event_sent_twice_makes_one_and_goes_back_to_the_mark():
    briefing, client = make_source(), editor()
    address = choose(client, briefing, "_new").url
    form = fields(client.get(address)) | {"title": "Ministers speak", "event_type": type_of("phone-call")}
    form |= {"actuality": "occurred"}

    answers = [client.post(address, form | {"_save": "1"}) for _ in range(2)]

    citation = Citation.objects.get()
    assert [answer.url for answer in answers] == [f"{page(briefing)}#q-{citation.public_id}"] * 2
    assert Event.objects.count() == 1


def test_moves_of_the_events_own_form_stand_here_too():
    briefing, client = make_source(), editor()

    answer = send(
        client, choose(client, briefing, "_new").url, "_submit", title="Call", event_type=type_of("phone-call")
    )

    assert Event.objects.get().status == "review"
    assert answer.url.startswith(page(briefing))


def test_form_with_a_mistake_comes_back_as_typed():
    briefing, client = make_source(), editor()

    answer = send(client, choose(client, briefing, "_new").url, title="", edtf="yesterday")

    assert answer.status_code == 200
    assert fields(answer)["citations-0-quote"] == QUOTE
    assert not Event.objects.exists()


def test_form_of_a_new_event_names_events_that_cite_the_same_words():
    briefing, client = make_source(), editor()
    make.citation(make.event("Entered before"), briefing, quote="spoke by phone")
    make.citation(make.event("Elsewhere"), briefing, quote="The ceasefire holds.")

    form_page = client.get(choose(client, briefing, "_new").url)

    assert [citation.event.title for citation in form_page.context["same_words"]] == ["Entered before"]


def test_address_is_one_editors_own_and_of_the_text_as_it_was():
    briefing, client, other = make_source(), editor(), editor("other")
    address = choose(client, briefing, "_new").url
    elsewhere = make_source()

    refused = [
        other.get(address),
        client.get(address.replace(f"/{briefing.pk}/", f"/{elsewhere.pk}/")),
        client.get(address.replace("/new/", "/new/x")),
    ]
    briefing.text = TEXT.strip()
    briefing.save()
    refused.append(client.get(address))
    refused.append(client.post(address, {"title": "Late"}))

    assert {answer.status_code for answer in refused} == {302}
    assert [said(answer)[-1:] for answer in refused[:1]] == [
        ["Choose the words again: this address is old, or the text has changed since."]
    ]
    assert not Event.objects.exists()


def test_refused_date_offers_what_it_means_seen_from_the_briefing():
    briefing, client = make_source(), editor()

    page = send(client, choose(client, briefing, "_new").url, title="", edtf="yesterday").content.decode()

    assert '"yesterday" depends on the day it was said. By this source it is 24 March 2022' in page.replace(
        "&quot;", '"'
    )
    assert '<button type="button" class="button" data-edtf="2022-03-24">24 March 2022, by this source</button>' in page


def test_panel_is_the_form_without_its_page_and_is_answered_in_json():
    briefing, client = make_source(), editor()
    address, panel = choose(client, briefing, "_new").url, {"X-Layout": "panel"}

    form = client.get(address, headers=panel)
    typed = fields(form) | {"title": "Ministers speak by phone", "actuality": "occurred", "_save": "1"}
    refused = client.post(address, typed | {"edtf": "sometime"}, headers=panel)
    saved, again = client.post(address, typed, headers=panel), client.post(address, typed, headers=panel)

    assert "<html" not in form.content.decode()
    assert fields(form).items() <= (fields(client.get(address)) | fields(form)).items()
    assert (refused.status_code, fields(refused)["edtf"]) == (200, "sometime")
    assert (saved.status_code, saved.json()["message"]) == (
        *(201, "“Ministers speak by phone” (24 March 2022) is saved. Draft: only editors see it."),
    )
    assert again.json()["message"] == "“Ministers speak by phone” was saved already; it is not entered twice."
    assert Event.objects.count() == 1


def test_same_as_last_is_of_the_own_last_event():
    briefing, client = make_source(), editor()
    place, conflict, party = make.place("Lachin"), make.conflict("Second war"), make.actor("Zembla")
    mine = make.event(
        author=User.objects.get(username="editor"), place=place, place_precision="exact", conflict=conflict
    )
    make.participation(mine, party, role="initiator", office="Minister")
    make.event("Of somebody else")

    begun = fields(client.get(f"{choose(client, briefing, '_new', 'I can confirm that').url}?same_as_last=1"))

    names = ("conflict", "place", "place_precision", "participations-0-actor", "participations-0-role")
    assert [begun[name] for name in names] == [str(conflict.pk), str(place.pk), "exact", str(party.pk), "initiator"]


def test_same_words_for_an_event_of_the_same_type_are_pointed_out_once():
    briefing, client = make_source(), editor()
    make.citation(make.event("Entered before", type="phone-call"), briefing, quote=QUOTE)
    make.citation(make.event("Of another type", type="visit"), briefing, quote=QUOTE)
    address = choose(client, briefing, "_new").url
    call = {"title": "A call", "event_type": type_of("phone-call"), "edtf": "24 March 2022"}

    warned = send(client, address, **call)
    entered = client.post(
        address, fields(warned) | {"alike": warned.context["adminform"].form.similar_events[0].pk, "_save": "1"}
    )

    assert [event.title for event in warned.context["adminform"].form.similar_events] == ["Entered before"]
    assert entered.status_code == 302
    assert Event.objects.filter(title="A call").count() == 1
