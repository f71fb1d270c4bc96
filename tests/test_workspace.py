import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tests import make
from timeline.models import Briefing, Citation, Event

from .desk_client import desk, editor, fields, rows, send
from .workspace_page import QUOTE, TEXT, choose, make_source, page, type_of

pytestmark = pytest.mark.django_db


def states() -> tuple[Briefing, list[Citation]]:
    """Return a briefing cited by one event of each state."""
    briefing = make_source()
    made = [
        make.event("A draft"),
        make.event("Submitted"),
        make.published("Out", briefing=briefing),
        make.event("Back"),
    ]
    made[1].submit()
    quotes = ("Did the ministers speak?", QUOTE, "The ceasefire holds.", "I can confirm")
    for event, quote in zip((made[0], made[1], made[3]), (quotes[0], quotes[1], quotes[3]), strict=True):
        make.citation(event, briefing, quote=quote)
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

    transcript = editor().get(page(briefing)).context["transcript"]

    spots = [placed for section in transcript.sections for placed in section.passages]
    words = {spot.start: "".join(piece.text for piece in spot.passage.block.pieces) for spot in spots}
    assert {start: TEXT[start : start + len(text)] for start, text in words.items()} == words
    assert [TEXT[section.start : section.end].split()[0] for section in transcript.sections] == ["Briefing", "Did", "I"]
    assert [spot.sentence_ends for spot in spots][1] == f"{TEXT.index('They') - 1} {TEXT.index('MS PORTER') - 2}"


def test_words_that_many_events_cite_show_the_newest():
    briefing = make_source()
    for number in range(7):
        make.citation(make.event(f"Event {number}"), briefing, quote=QUOTE)

    answer = editor().get(page(briefing))

    shown = [
        note.event.title
        for section in answer.context["transcript"].sections
        for placed in section.passages
        for note in placed.passage.notes
    ]
    assert sorted(shown) == [f"Event {number}" for number in range(2, 7)]
    html = answer.content.decode()
    assert f'<a href="/admin/timeline/citation/?briefing={briefing.pk}">2 more citations of these words</a>' in html
    assert "7 events" in html


def test_briefing_without_text_says_so():
    briefing = make.briefing("", url="https://example.org/1")

    html = editor().get(page(briefing)).content.decode()

    assert "No text is stored, so you cannot select words here." in html
    assert 'id="words-form"' not in html


def test_citation_lost_from_the_text_is_listed_below_it():
    briefing = make_source()
    make.citation(make.event("Gone"), briefing, quote="The ceasefire holds.")
    briefing.text = TEXT.replace("The ceasefire holds.", "Nobody fires.")
    briefing.save()

    answer = editor().get(page(briefing))

    assert [note.event.title for note in answer.context["transcript"].unplaced] == ["Gone"]
    assert "Not in the text" in answer.content.decode()


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
        ("They said nothing.", "These words occur 2 times in the text. Choose which ones you mean."),
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

    assert "draft: not public" in editor().get(page(briefing)).content.decode()


def test_editor_adds_an_event_to_a_briefing_that_only_reviewers_change():
    briefing, client = make_source(), editor()
    make.published(briefing=briefing)

    answer = send(client, choose(client, briefing, "_new").url, title="Call", event_type=type_of("phone-call"))

    assert answer.url.startswith(page(briefing))
    assert Event.objects.filter(title="Call", status="draft").exists()


def test_names_in_the_words_are_offered_with_the_role_of_the_sentence():
    state = make.actor("Armenia", country="AM")
    briefing = make.briefing("MS PORTER: Armenia condemned the shelling.", published_on=dt.date(2022, 3, 25))
    client = editor()

    begun = fields(client.get(choose(client, briefing, "_new", "Armenia condemned the shelling.").url))

    assert begun["participations-0-actor"] == str(state.pk)
