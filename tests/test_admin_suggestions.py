"""Proposed events: what is offered as new, and what becomes of those that are accepted together."""

import datetime as dt

import pytest
from django.urls import reverse

from tests import make
from timeline.models import Actor, Briefing, Event

from .demo import demo  # noqa: F401
from .desk_client import desk, editor, member, rows, said
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

TEXT = """MS PORTER: Armenia and Azerbaijan signed a ceasefire on March 21st. Azerbaijan condemned the attack on March 22nd.

Armenia released 10 prisoners of war on March 23rd.
"""


def page(briefing: Briefing) -> str:
    return reverse("admin:timeline_briefing_suggestions", args=[briefing.pk])


@made_once
def briefing() -> Briefing:
    for name, country in (("Armenia", "AM"), ("Azerbaijan", "AZ")):
        make.actor(name, country=country)
    return make.briefing(TEXT, published_on=dt.date(2022, 3, 25))


def offered(client, briefing: Briefing) -> list:
    return [offer for _, offer, _ in client.get(page(briefing)).context["new"]]


def accept(client, briefing: Briefing, *keys: str, **changes):
    """Send the page in with these ticked; `changes` by key and field, with two underscores between."""
    shown = client.get(page(briefing))
    data = {"text": briefing.text_sha256, "accept": list(keys)}
    for form, offer, _ in shown.context["new"]:
        data |= {f"{offer.key}-{name}": value for name, value in form.initial.items()}
    data |= {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(page(briefing), data)


def test_each_proposal_is_shown_whole_and_nothing_is_stored(briefing):
    client = editor()
    before = rows()

    answer = client.get(page(briefing))

    text = answer.content.decode()
    shown = [offer.suggestion for _, offer, _ in answer.context["new"]]
    assert len(shown) >= 3
    for suggestion in shown:
        assert [
            part in text for part in (suggestion.quote, suggestion.title, suggestion.edtf, f'value="{suggestion.key}"')
        ] == [True] * 4
    assert "Armenia (" in text
    assert rows() == before


def test_several_are_accepted_as_drafts_each_with_its_exact_quote(briefing):
    client = editor()
    proposals = [offer.suggestion for offer in offered(client, briefing)]
    accepted = proposals[:2]

    answer = accept(client, briefing, *(proposal.key for proposal in accepted))

    events = list(Event.objects.order_by("pk"))
    assert [(event.title, event.edtf, event.event_type.slug, event.status) for event in events] == [
        (proposal.title, proposal.edtf, proposal.event_type, "draft") for proposal in accepted
    ]
    for event, proposal in zip(events, accepted, strict=True):
        citation = event.citations.get()
        cited = (citation.quote, citation.start, citation.end, citation.state, citation.act)
        assert cited == (proposal.quote, proposal.start, proposal.end, "verified", proposal.act)
        assert list(event.participations.values_list("actor", "role")) == [
            (pk, role) for pk, _, role in proposal.actors
        ]
        assert (event.author.username, event.date_as_stated) == ("editor", proposal.date_as_stated)
    assert said(answer) == ["2 events are entered as drafts, each with its quote."]
    assert answer.url == page(briefing)


def test_what_was_mended_is_what_is_entered(briefing):
    client = editor()
    suggestion = offered(client, briefing)[0].suggestion

    mended = {
        f"{suggestion.key}__title": "As mended",
        f"{suggestion.key}__edtf": "March 2022",
        f"{suggestion.key}__actors": [],
    }
    accept(client, briefing, suggestion.key, **mended | {f"{suggestion.key}__event_type": "other"})

    event = Event.objects.get()
    assert (event.title, event.edtf, event.event_type.slug, event.date_note) == ("As mended", "2022-03", "other", "")
    assert event.participations.count() == 0
    assert event.citations.get().quote == suggestion.quote


def test_what_is_refused_is_named_and_does_not_hold_up_the_others(briefing):
    client = editor()
    first, second, third = [offer.suggestion for offer in offered(client, briefing)][:3]

    changes = {f"{first.key}__edtf": "someday", f"{third.key}__title": ""}
    answer = accept(client, briefing, first.key, second.key, third.key, **changes)

    assert [event.title for event in Event.objects.all()] == [second.title]
    messages = [str(message) for message in answer.context["messages"]]
    assert messages[0].startswith(f"“{first.title}” was not entered: ")
    assert messages[1:] == [
        f"“{third.title}” was not entered: Say what happened.",
        "1 event is entered as draft, each with its quote.",
    ]
    shown = {offer.key: form for form, offer, _ in answer.context["new"]}
    assert second.key not in shown
    assert shown[first.key]["edtf"].value() == "someday"
    assert answer.context["refused_keys"] == {first.key, third.key}


def test_accepted_ones_are_not_proposed_again_and_not_entered_twice(briefing):
    client = editor()
    suggestion = offered(client, briefing)[0].suggestion
    accept(client, briefing, suggestion.key)
    before = rows()

    again = accept(client, briefing, suggestion.key)

    assert suggestion.key not in {offer.key for offer in offered(client, briefing)}
    assert [offer.key for offer in client.get(page(briefing)).context["coded"]] == [suggestion.key]
    assert [str(message) for message in again.context["messages"]] == [
        f"“{suggestion.title}” was not entered: These words are entered already, as “{suggestion.title}”."
    ]
    assert rows() == before


def test_words_cited_for_an_event_of_another_type_are_proposed_with_a_note(briefing):
    client = editor()
    suggestion = offered(client, briefing)[0].suggestion
    event = make.event("Something else", type="other")
    make.citation(event, briefing, quote=suggestion.quote)

    (offer,) = [offer for offer in offered(client, briefing) if offer.key == suggestion.key]
    assert (offer.near, offer.coded) == ((event,), ())


def test_nothing_is_entered_from_a_text_that_has_changed(briefing):
    client = editor()
    suggestion = offered(client, briefing)[0].suggestion
    old = briefing.text_sha256
    briefing.text += "More."
    briefing.save()
    briefing.text_sha256 = old
    before = rows()

    answer = accept(client, briefing, suggestion.key)

    assert "Nothing was entered: the text has changed" in answer.content.decode()
    assert rows() == before


def test_nothing_ticked_and_unknown_keys_enter_nothing(briefing):
    client = editor()
    before = rows()

    assert said(accept(client, briefing)) == ["Nothing was entered: tick the proposals that you accept."]
    assert said(accept(client, briefing, "nonsense")) == ["A proposal you chose is no longer made from this text."]
    assert rows() == before


def test_actor_that_is_gone_meanwhile_is_not_smuggled_in(briefing):
    client = editor()
    suggestion = offered(client, briefing)[0].suggestion

    answer = accept(client, briefing, suggestion.key, **{f"{suggestion.key}__actors": ["999999"]})

    assert not Event.objects.exists()
    assert "was not entered: Select a valid choice." in str(list(answer.context["messages"])[0])
    assert Actor.objects.count() == 3


def test_page_is_for_those_who_see_drafts_and_accepting_for_those_who_enter(briefing):
    viewer = member("Viewer")
    offer = offered(viewer, briefing)[0]
    before = rows()

    assert desk("guest").get(page(briefing)).status_code == 403
    assert accept(viewer, briefing, offer.key).status_code == 403
    assert "Enter the ticked ones" not in viewer.get(page(briefing)).content.decode()
    assert rows() == before


def test_one_is_opened_in_the_whole_form_with_what_is_proposed(briefing):
    client = editor()
    (_, offer, address), *_ = client.get(page(briefing)).context["new"]

    form = client.get(reverse("admin:timeline_briefing_new_event", args=[briefing.pk, address]))

    assert form.context["adminform"].form.initial["title"] == offer.suggestion.title


def test_every_event_of_the_demo_is_known_to_be_entered(demo):  # noqa: F811
    seed, client = Briefing.objects.get(slug="state-department-2022-03-25"), editor()

    coded = {event.pk for offer in client.get(page(seed)).context["coded"] for event in offer.coded}

    assert coded == set(Event.objects.values_list("pk", flat=True))


def test_text_that_proposes_nothing_says_so():
    client = editor()

    assert "The text proposes no event" in client.get(page(make.briefing("Nothing."))).content.decode()
    assert "No text is stored" in client.get(page(make.briefing("", url="https://a.org"))).content.decode()
