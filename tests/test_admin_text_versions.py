"""The pages on which a briefing's text is pasted again, and those that show what it was before."""

import pytest
from django.urls import reverse

from tests import make
from timeline.models import Briefing, Citation, EventType

from .desk_client import editor, fields, reviewer, rows, said

pytestmark = pytest.mark.django_db

TEXT = "MS PORTER: The ceasefire holds. Troops moved. Talks go on."
NEW = "MS PORTER: The ceasefire holds. Troops have moved. Talks go on."


def page(name: str, briefing: Briefing, *more) -> str:
    return reverse(f"admin:timeline_briefing_{name}", args=[briefing.pk, *more])


def paste(client, briefing: Briefing, text: str = NEW, **changes):
    """Paste a text and have it compared."""
    typed = {
        "text": text.replace("\n", "\r\n"),
        "captured_on": "2022-04-01",
        "change_reason": "Corrected at the source",
    }
    return client.post(page("recapture", briefing), typed | changes)


def confirm(client, compared, **changes):
    return client.post(compared.wsgi_request.path, fields(compared) | changes | {"_confirm": "1"})


def test_pasted_text_is_compared_first_and_nothing_is_written():
    briefing = make.briefing(TEXT)
    for quote in ("The ceasefire holds.", "Troops moved.", "Talks go on."):
        make.citation(make.event(f"Event of “{quote}”"), briefing, quote=quote)
    client = editor()
    before = rows()

    answer = paste(client, briefing)

    text = answer.content.decode()
    assert [(kind, len(fates)) for kind, _, fates in answer.context["groups"]] == [
        ("reworded", 1),
        ("moves", 1),
        ("stays", 1),
    ]
    assert "Nothing is saved yet." in text
    assert "Event of “Troops moved.”" in text
    assert "<ins>have </ins>" in text
    assert rows() == before


def test_confirmed_text_is_stored_and_what_became_of_the_citations_is_said():
    briefing = make.briefing(TEXT)
    make.citation(make.event("Troops on the move"), briefing, quote="Troops moved.")
    client = editor()

    answer = confirm(client, paste(client, briefing))

    briefing.refresh_from_db()
    assert (briefing.text, str(briefing.captured_on)) == (NEW, "2022-04-01")
    assert briefing.history.first().history_change_reason == "Corrected at the source"
    assert briefing.history.first().history_user.username == "editor"
    assert said(answer) == [
        "The new text is stored, and the earlier one kept. Its citations: 1 reworded by the source.",
        "Stays with the earlier text: “Troops moved.” in the event “Troops on the move”.",
    ]


def test_text_with_line_ends_of_a_browser_is_compared_and_stored_as_meant():
    briefing = make.briefing("\n\nMS PORTER: The ceasefire holds.\n\nMore.\n")
    client, text = editor(), "\n\nMS PORTER: The ceasefire holds.\n\nMore & <b>more</b>.\n"

    confirm(client, paste(client, briefing, text))

    briefing.refresh_from_db()
    assert briefing.text == text


def test_page_breaks_are_compared_as_white_space_and_said_to_be():
    answer = paste(editor(), make.briefing(TEXT), NEW.replace("Troops", "\fTroops"))

    assert "1 page break read as white space" in said(answer)[0]
    assert fields(answer)["text"].split() == NEW.split()


def test_stale_confirmation_is_refused_and_shows_the_difference_anew():
    briefing, client = make.briefing(TEXT), editor()
    compared = paste(client, briefing)
    make.citation(make.event(), briefing, quote="Troops moved.")
    before = rows()

    answer = confirm(client, compared)

    assert "Nothing was saved: the stored text, its citations or their events have changed" in answer.content.decode()
    assert [(kind, len(fates)) for kind, _, fates in answer.context["groups"]] == [("reworded", 1)]
    assert rows() == before
    assert confirm(client, answer).status_code == 302


def test_confirmation_sent_twice_stores_one_text():
    briefing, client = make.briefing(TEXT), editor()
    compared = paste(client, briefing)
    confirm(client, compared)
    before = rows()

    again = confirm(client, compared)

    assert "This is exactly the text that is stored already" in again.content.decode()
    assert rows() == before


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("", "Paste the whole text, or choose a file."),
        ("  \n ", "Paste the whole text, or choose a file."),
        (TEXT, "This is exactly the text that is stored already."),
    ],
)
def test_text_that_cannot_be_taken_is_refused(text, error):
    briefing, client = make.briefing(TEXT), editor()
    before = rows()

    assert paste(client, briefing, text).context["form"].errors == {"text": [error]}
    assert rows() == before


def test_pasted_text_can_be_mended_before_it_is_stored():
    briefing, client = make.briefing(TEXT), editor()
    compared = paste(client, briefing)

    back = client.post(page("recapture", briefing), fields(compared) | {"_back": "1"})

    form = fields(back)
    assert (form["text"], form["change_reason"]) == (NEW, "Corrected at the source")
    assert fields(client.get(page("recapture", briefing)))["text"] == ""
    assert fields(client.get(page("recapture", briefing) + "?stored"))["text"] == TEXT


def test_text_of_a_briefing_without_one_is_pasted_the_same_way():
    briefing, client = make.briefing("", url="https://a.org/x"), editor()
    citation = make.citation(make.event(), briefing, quote="Troops moved.")

    answer = confirm(client, paste(client, briefing, TEXT))

    citation.refresh_from_db()
    assert (citation.state, briefing.earlier_texts.count()) == ("verified", 0)
    assert said(answer) == ["The new text is stored, and the earlier one kept. Its citations: 1 found again."]


def test_passage_that_the_source_has_reworded_is_taken_in_the_same_step():
    briefing, client = make.briefing(TEXT), reviewer()
    event = make.published("Troops on the move", briefing=briefing, cited={"quote": "Troops moved."})
    compared = paste(client, briefing)
    [(_, _, [outcome])] = compared.context["groups"]

    assert "Troops <ins>have </ins>moved." in compared.content.decode()
    answer = confirm(client, compared, accepted=[str(outcome.citation.pk)])

    citation = event.citations.get()
    assert (citation.quote, citation.earlier_text, citation.state) == ("Troops have moved.", None, "verified")
    assert said(answer) == [
        "The new text is stored, and the earlier one kept. Its citations: 1 reworded by the source.",
        "1 citation cites the new wording.",
    ]
    assert event.history.count() == 2  # entered and published: nothing withdraws it


def test_passage_that_was_not_offered_is_refused():
    briefing, client = make.briefing(TEXT), editor()
    make.citation(make.event(), briefing, quote="Troops moved.")
    compared = paste(client, briefing)
    before = rows()

    assert "accepted" in confirm(client, compared, accepted=["999999"]).context["form"].errors
    assert rows() == before


def test_text_under_a_published_event_is_for_reviewers_and_needs_a_reason():
    briefing, client, other = make.briefing(TEXT), editor(), reviewer()
    make.published(briefing=briefing)
    before = rows()

    assert [client.get(page("recapture", briefing)).status_code, paste(client, briefing).status_code] == [403, 403]
    assert paste(other, briefing, change_reason="").context["form"].errors == {
        "change_reason": ["Say why. Published events rest on this source."]
    }
    assert rows() == before


def test_texts_are_listed_with_hash_day_and_who():
    briefing, client = make.briefing(TEXT), editor("ada")
    sha = briefing.text_sha256
    confirm(client, paste(client, briefing))

    listed = client.get(page("texts", briefing)).content.decode()
    shown = client.get(page("earlier_text", briefing, 1))

    briefing.refresh_from_db()
    assert [words in listed for words in (sha, briefing.text_sha256, "replaced on", "by ada")] == [True] * 4
    assert TEXT in shown.content.decode()
    assert "<ins>have </ins>" in shown.content.decode()
    assert client.get(page("earlier_text", briefing, 2)).status_code == 404


@pytest.mark.parametrize("count", [1, 4])
def test_comparison_asks_as_much_for_four_citations_as_for_one(count, django_assert_num_queries):
    briefing, client = make.briefing(TEXT), reviewer()
    for _ in range(count):
        make.published(briefing=briefing, cited={"quote": "Troops moved."})

    with django_assert_num_queries(13):
        paste(client, briefing)


def test_words_of_an_earlier_text_are_cited_and_the_form_says_of_which():
    briefing, client = make.briefing(TEXT), editor()
    event = make.event("Troops on the move")
    confirm(client, paste(client, briefing))
    sent = client.post(page("earlier_text", briefing, 1), {"quote": "Troops moved.", "_cite": ""})

    shown = client.get(sent.url)
    assert "These words are from an earlier text" in shown.content.decode()
    client.post(sent.url, {"event": event.pk, "act": "reports", "change_class": "update"})

    citation = event.citations.get()
    assert (citation.quote, citation.earlier_text.number, citation.state) == ("Troops moved.", 1, "verified")
    form = client.get(reverse("admin:timeline_event_change", args=[event.pk])).content.decode()
    assert "Words no longer in the source’s current text" in form
    past = client.get(f"{reverse('admin:timeline_citation_changelist')}?version=past").content.decode()
    assert "Troops moved." in past


def test_new_event_begins_from_words_of_an_earlier_text():
    briefing, client = make.briefing(TEXT), editor()
    confirm(client, paste(client, briefing))
    sent = client.post(page("earlier_text", briefing, 1), {"quote": "Troops moved.", "_new": ""})
    form = fields(client.get(sent.url)) | {"title": "Troops move", "edtf": "2022-03-24"}
    form |= {"event_type": EventType.objects.get(slug="statement").pk, "actuality": "occurred"}
    form |= {"citations-0-act": "reports"}

    client.post(sent.url, form)

    assert [citation.earlier_text.number for citation in Citation.objects.all()] == [1]


def test_earlier_text_that_readers_could_not_read_cannot_be_cited():
    briefing, client = make.briefing(TEXT, status="draft"), editor()
    confirm(client, paste(client, briefing))

    assert client.post(page("earlier_text", briefing, 1), {"quote": "Troops moved."}).status_code == 403
    assert "words-form" not in client.get(page("earlier_text", briefing, 1)).content.decode()
