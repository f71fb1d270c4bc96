"""The transcript as editors work on it, and the two ways on from words chosen in it."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tests.desk import desk, editor, fields, reviewer, rows, said, send
from tests.factories import make_actor, make_briefing, make_citation, make_event, make_published
from timeline.models import Briefing, BriefingSpeaker, Citation, Event, EventType

pytestmark = pytest.mark.django_db

TEXT = """Briefing

QUESTION: Did the ministers speak? They said nothing.

MS PORTER: I can confirm that Armenia and Azerbaijan spoke by phone on March 24th. The ceasefire holds.

They said nothing.
"""
QUOTE = "Armenia and Azerbaijan spoke by phone on March 24th."


def page(briefing: Briefing) -> str:
    return reverse("admin:timeline_briefing_workspace", args=[briefing.pk])


def choose(client, briefing: Briefing, button: str, quote: str = QUOTE, **more):
    return client.post(page(briefing), {"quote": quote, button: ""} | more)


def make_source(**changes) -> Briefing:
    briefing = make_briefing(TEXT, published_on=dt.date(2022, 3, 25), **changes)
    porter = make_actor("Jalina Porter", kind="person")
    BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=porter)
    return briefing


def states() -> tuple[Briefing, list[Citation]]:
    """Return a briefing cited by one event of each state."""
    briefing = make_source()
    made = [
        make_event("A draft"),
        make_event("Submitted"),
        make_published("Out", briefing=briefing),
        make_event("Back"),
    ]
    made[1].submit()
    quotes = ("Did the ministers speak?", QUOTE, "The ceasefire holds.", "I can confirm")
    for event, quote in zip((made[0], made[1], made[3]), (quotes[0], quotes[1], quotes[3]), strict=True):
        make_citation(event, briefing, quote=quote)
    made[3].publish()
    made[3].withdraw("A mistake")
    return briefing, list(Citation.objects.all())


def test_transcript_shows_turns_marks_and_how_far_each_event_has_come():
    briefing, citations = states()

    html = editor().get(page(briefing)).content.decode()

    assert "<b>2 of 2 turns coded</b>" in html
    assert "4 events" in html
    for citation in citations:
        assert f'<mark class="cited is-{citation.event.status}" data-citation="{citation.public_id}"' in html
        assert reverse("admin:timeline_event_change", args=[citation.event.pk]) in html
    for label in ("Draft", "In review", "Published", "Withdrawn"):
        assert f">{label}</span>" in html


def test_every_passage_says_where_in_the_text_it_begins():
    briefing = make_source()

    desk_ = editor().get(page(briefing)).context["desk"]

    spots = [spot for stretch in desk_.stretches for spot in stretch.spots]
    words = {spot.start: "".join(piece.text for piece in spot.passage.block.pieces) for spot in spots}
    assert {start: TEXT[start : start + len(text)] for start, text in words.items()} == words
    assert [TEXT[stretch.start : stretch.end].split()[0] for stretch in desk_.stretches] == ["Briefing", "Did", "I"]
    assert [spot.sentence_ends for spot in spots][1] == f"{TEXT.index('They') - 1} {TEXT.index('MS PORTER') - 2}"


@pytest.mark.parametrize("citation_count", [1, 3])
def test_workspace_asks_as_much_for_three_citations_as_for_one(citation_count, django_assert_num_queries):
    briefing, client = make_source(), editor()
    for _ in range(citation_count):
        make_citation(make_event(), briefing, quote=QUOTE)
    client.get(page(briefing))

    with django_assert_num_queries(QUERIES):
        assert client.get(page(briefing)).status_code == 200


QUERIES = 9  # session, account, its permissions (2); briefing, speakers, published events on it, places, citations


def test_words_that_many_events_cite_show_the_newest():
    briefing = make_source()
    for number in range(7):
        make_citation(make_event(f"Event {number}"), briefing, quote=QUOTE)

    answer = editor().get(page(briefing))

    shown = [
        note.event.title
        for stretch in answer.context["desk"].stretches
        for one in stretch.spots
        for note in one.passage.notes
    ]
    assert sorted(shown) == [f"Event {number}" for number in range(2, 7)]
    html = answer.content.decode()
    assert f'<a href="/admin/timeline/citation/?briefing={briefing.pk}">2 more citations of these words</a>' in html
    assert "7 events" in html


def test_briefing_without_text_says_so():
    briefing = make_briefing("", url="https://example.org/1")

    html = editor().get(page(briefing)).content.decode()

    assert "No text is stored, so no words can be chosen here." in html
    assert 'id="words-form"' not in html


def test_citation_lost_from_the_text_is_listed_below_it():
    briefing = make_source()
    make_citation(make_event("Gone"), briefing, quote="The ceasefire holds.")
    briefing.text = TEXT.replace("The ceasefire holds.", "Nobody fires.")
    briefing.save()

    found = editor().get(page(briefing))

    assert [one.event.title for one in found.context["desk"].unplaced] == ["Gone"]
    assert "Not in the text" in found.content.decode()


@pytest.mark.parametrize(
    ("quote", "message"),
    [
        ("", "Select words in the text, or paste them here."),
        (
            "Armenia and Azerbaijan talked by phone on March 24th",
            "The nearest passage is: “Armenia and Azerbaijan spoke by phone on March 24th”.",
        ),
        ("They said nothing.\n\nMS PORTER: I can confirm", "Cite each speaker by itself."),
        ("…", "The quote is empty or only punctuation"),
        ("x" * 5001, "at most 5000 characters"),
        ("They said nothing.", "These words stand 2 times in the text. Choose which are meant."),
    ],
)
@pytest.mark.parametrize("button", ["_new", "_cite"])
def test_words_that_cannot_be_cited_are_refused_with_the_reason(button, quote, message):
    briefing, client = make_source(), editor()
    before = rows()

    answer = choose(client, briefing, button, quote)

    assert answer.status_code == 200
    assert message in answer.context["form"].errors["quote"][0]
    assert rows() == before


def test_words_that_stand_twice_are_chosen_from_their_places():
    briefing, client = make_source(), editor()

    places = choose(client, briefing, "_new", "They said nothing.").context["form"].places
    second = TEXT.rindex("They said nothing.")
    assert [(place.speaker, place.value) for place in places][1] == ("MS PORTER", f"{second}-{second + 18}")
    answer = choose(client, briefing, "_new", "They said nothing.", place=places[1].value)
    send(client, answer.url, title="Nothing is said", event_type=type_of("statement"))

    citation = Citation.objects.get()
    assert (citation.start, citation.state, citation.turn_kind) == (second, "verified", "answer")


@pytest.mark.parametrize("place", ["5-9", "9-5", "0-999999999", "x", "1-2-3", "-1-4", "\x00"])
def test_place_that_does_not_hold_the_words_is_not_believed(place):
    briefing, client = make_source(), editor()

    answer = choose(client, briefing, "_new", place=place)

    assert answer.status_code == 302
    assert fields(client.get(answer.url))["citations-0-quote"] == QUOTE


def type_of(slug: str) -> int:
    return EventType.objects.get(slug=slug).pk


def test_form_of_a_new_event_begins_with_what_the_words_say():
    armenia, azerbaijan = make_actor("Armenia", country="AM"), make_actor("Azerbaijan", country="AZ")
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


def test_words_that_say_nothing_begin_an_empty_form():
    briefing, client = make_source(), editor()

    begun = fields(client.get(choose(client, briefing, "_new", "I can confirm that").url))

    names = ("title", "event_type", "date_as_stated", "edtf", "date_note", "participations-TOTAL_FORMS")
    assert [begun[name] for name in names] == ["", "", "", "", "", "0"]
    assert begun["citations-0-quote"] == "I can confirm that"


def test_saving_makes_a_draft_with_its_citation_and_goes_back_to_the_mark():
    armenia, azerbaijan = make_actor("Armenia"), make_actor("Azerbaijan")
    briefing, client = make_source(), editor()

    answer = send(client, choose(client, briefing, "_new").url, title="Ministers speak by phone")

    event, citation = Event.objects.get(), Citation.objects.get()
    assert answer.url == f"{page(briefing)}#q-{citation.public_id}"
    assert said(answer) == ["“Ministers speak by phone” (24 March 2022) is saved. Draft: only editors see it."]
    assert (event.status, event.author.username, event.edtf) == ("draft", "editor", "2022-03-24")
    assert (citation.quote, citation.state, citation.speaker.name) == (QUOTE, "verified", "Jalina Porter")
    assert {one.actor for one in event.participations.all()} == {armenia, azerbaijan}
    assert f'id="q-{citation.public_id}"' in client.get(page(briefing)).content.decode()


def test_form_of_a_new_event_sent_twice_makes_one_and_goes_back_to_the_mark():
    briefing, client = make_source(), editor()
    address = choose(client, briefing, "_new").url
    form = fields(client.get(address)) | {"title": "Ministers speak", "event_type": type_of("phone-call")}

    answers = [client.post(address, form | {"_save": "1"}) for _ in range(2)]

    citation = Citation.objects.get()
    assert [one.url for one in answers] == [f"{page(briefing)}#q-{citation.public_id}"] * 2
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
    make_citation(make_event("Entered before"), briefing, quote="spoke by phone")
    make_citation(make_event("Elsewhere"), briefing, quote="The ceasefire holds.")

    found = client.get(choose(client, briefing, "_new").url)

    assert [one.event.title for one in found.context["same_words"]] == ["Entered before"]


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


def cite_page(client, briefing: Briefing, quote: str = QUOTE) -> str:
    return choose(client, briefing, "_cite", quote).url


def test_search_finds_events_to_cite_for():
    briefing, client = make_source(), editor()
    make_event("A call between ministers")
    make_event("Something else")
    merged = make_event("A call entered twice")
    merged.become_part_of(make_event("Kept"))
    address = cite_page(client, briefing)

    def found(query: str) -> list[str]:
        return [offer.event.title for offer in client.get(address, {"q": query}).context["offers"]]

    assert found("call") == ["A call between ministers"]
    assert found("CÄLL") == ["A call between ministers"]
    assert found("nothing like it") == []
    assert found("x" * 300) == []


def test_without_a_search_the_events_of_the_briefing_are_offered():
    briefing, client = make_source(), editor()
    make_event("Of no briefing")
    for title, quote in (("First", "The ceasefire holds."), ("Second", "spoke by phone")):
        make_citation(make_event(title), briefing, quote=quote)

    offers = client.get(cite_page(client, briefing)).context["offers"]

    assert [(offer.event.title, offer.cites_here) for offer in offers] == [("Second", True), ("First", False)]


def test_citing_adds_one_citation_however_often_it_is_sent():
    briefing, client, event = make_source(), editor(), make_event("The call")
    address = cite_page(client, briefing)
    sent = fields(client.get(address, {"q": "call"})) | {"event": event.pk, "act": "confirms", "date_as_stated": "24th"}

    answers = [client.post(address, sent) for _ in range(2)]

    citation = Citation.objects.get()
    assert {answer.url for answer in answers} == {f"{page(briefing)}#q-{citation.public_id}"}
    assert (citation.event, citation.quote, citation.act, citation.state) == (event, QUOTE, "confirms", "verified")
    assert (citation.date_as_stated, citation.speaker.name) == ("24th", "Jalina Porter")
    assert said(answers[0])[-1].endswith("is cited for “The call”.")
    assert "These words are cited for “The call” already." in said(answers[1])
    assert event.history.model.objects.filter(id=event.pk).count() >= 1
    assert citation.history.get().history_user.username == "editor"


def test_no_event_chosen_is_said_and_the_search_is_kept():
    briefing, client = make_source(), editor()
    make_event("The call")
    address = cite_page(client, briefing)

    for chosen in ({}, {"event": "0"}, {"event": "x"}, {"event": "9" * 5000}):
        answer = client.post(address, {"act": "reports", "q": "call"} | chosen)
        assert answer.context["form"].non_field_errors()[0].startswith("Choose the event.")
        assert [offer.event.title for offer in answer.context["offers"]] == ["The call"]
    assert not Citation.objects.exists()


def test_event_that_was_public_is_cited_for_by_a_reviewer_who_says_why():
    briefing = make_source()
    event = make_published("Out")
    clients = editor(), reviewer()
    addresses = [cite_page(client, briefing) for client in clients]

    assert [offer.is_open for offer in clients[0].get(addresses[0], {"q": "out"}).context["offers"]] == [False]
    refused = clients[0].post(addresses[0], {"event": event.pk, "act": "reports", "change_reason": "More"})
    asked = clients[1].post(addresses[1], {"event": event.pk, "act": "reports"})
    done = clients[1].post(addresses[1], {"event": event.pk, "act": "reports", "change_reason": "A second source"})

    assert "needs the permission to publish" in refused.context["form"].non_field_errors()[0]
    assert asked.context["form"].errors["change_reason"] == [
        "Say why. This event has been public, and readers see the reason."
    ]
    assert done.status_code == 302
    assert briefing.citations.get().history.get().history_change_reason == "A second source"


def test_merged_event_cannot_be_cited_for():
    briefing, client = make_source(), editor()
    merged = make_event("Entered twice")
    merged.become_part_of(make_event("Kept"))

    answer = client.post(cite_page(client, briefing), {"event": merged.pk, "act": "reports"})

    assert answer.context["form"].non_field_errors() == [
        "“Entered twice” was merged into “Kept”. Cite the words for that one."
    ]


@pytest.mark.parametrize(
    ("may", "expected"),
    [
        ((), [403, 403]),
        (("view_briefing",), [403, 403]),
        (("view_event",), [403, 403]),
        (("view_briefing", "view_event"), [200, 403]),
        (("view_briefing", "view_event", "add_citation"), [200, 302]),
    ],
)
def test_each_step_needs_its_permission(may, expected):
    briefing, client = make_source(), desk("somebody", *may)

    assert [client.get(page(briefing)).status_code, choose(client, briefing, "_new").status_code] == expected


def test_new_event_needs_the_permission_to_add_events():
    briefing = make_source()
    client = desk("somebody", "view_briefing", "view_event", "add_citation")
    address = choose(client, briefing, "_new").url

    assert client.get(address).status_code == 403
    assert client.post(address, {"title": "Smuggled"}).status_code == 403
    assert "_new" not in client.get(page(briefing)).content.decode()


def test_public_and_strangers_are_sent_to_the_login(client):
    briefing = make_source()
    stranger = User.objects.create_user("stranger")
    addresses = [page(briefing), f"{page(briefing)}new/x/", f"{page(briefing)}cite/x/"]

    for address in addresses:
        assert client.get(address).url.startswith("/admin/login/")
    client.force_login(stranger)
    for address in addresses:
        assert client.get(address).url.startswith("/admin/login/")


@pytest.mark.parametrize("pk", [0, 999, 10**30])
def test_briefing_that_is_not_there_is_not_found(pk):
    assert editor().get(f"/admin/timeline/briefing/{pk}/workspace/").status_code == 404


def test_draft_briefing_is_worked_on_like_any_other():
    briefing = make_source(status="draft")

    assert "draft: the public does not see it" in editor().get(page(briefing)).content.decode()


def test_editor_adds_an_event_to_a_briefing_that_only_reviewers_change():
    briefing, client = make_source(), editor()
    make_published(briefing=briefing)

    answer = send(client, choose(client, briefing, "_new").url, title="Call", event_type=type_of("phone-call"))

    assert answer.url.startswith(page(briefing))
    assert Event.objects.filter(title="Call", status="draft").exists()


def test_names_in_the_words_are_offered_with_the_role_of_the_sentence():
    state = make_actor("Armenia", country="AM")
    briefing = make_briefing("MS PORTER: Armenia condemned the shelling.", published_on=dt.date(2022, 3, 25))
    client = editor()

    begun = fields(client.get(choose(client, briefing, "_new", "Armenia condemned the shelling.").url))

    assert begun["participations-0-actor"] == str(state.pk)
