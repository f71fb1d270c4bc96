import datetime as dt
import hashlib

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make
from timeline.models import Briefing, BriefingSpeaker

from .desk_client import editor, errors, fields, lines, reviewer, rows, said, send

pytestmark = pytest.mark.django_db

TEXT = "  Front matter\n\nQUESTION: What is new?\n\nMS PORTER: The ceasefire holds. Troops moved.  \n"
ADD = "/admin/timeline/briefing/add/"


def change(briefing: Briefing) -> str:
    return reverse("admin:timeline_briefing_change", args=[briefing.pk])


def entry(**changes) -> dict:
    typed = {"title": "Briefing of 25 March", "slug": "briefing-of-25-march", "kind": "press_briefing"}
    return typed | {"publisher": make.actor().pk, "published_on": "2022-03-25", "text": TEXT} | changes


def speaker(label: str, actor) -> dict:
    return {"label": label, "actor": actor.pk, "office": ""}


def test_text_is_stored_as_pasted_and_shown_in_turns():
    client = editor()

    answer = send(client, ADD, "_continue", **entry(text=TEXT.replace("\n", "\r\n")))

    briefing = Briefing.objects.get()
    assert (answer.status_code, answer.url) == (302, change(briefing))
    assert briefing.text == TEXT
    page = client.get(change(briefing)).content.decode()
    assert hashlib.sha256(TEXT.encode()).hexdigest() in page
    assert f"{len(TEXT)} characters, 2 turns" in page
    assert "<b>MS PORTER</b> <span>answer</span>" in page
    assert all(f"<b>{label}</b> (1 turn, " in page for label in ("QUESTION", "MS PORTER"))


def test_form_as_it_came_is_no_change_of_the_text():
    briefing, client = make.briefing(TEXT), editor()
    citation = make.citation(make.event(), briefing)

    answer = send(client, change(briefing), title="Another title")

    briefing.refresh_from_db()
    assert (briefing.title, briefing.text) == ("Another title", TEXT)
    assert len(said(answer)) == 1
    assert citation.history.count() == 1


def test_form_with_a_mistake_still_shows_the_text_that_is_stored():
    briefing = make.briefing(TEXT)

    page = send(editor(), change(briefing), title="", text="MS OTHER: Something else.").content.decode()

    assert briefing.text_sha256 in page
    assert "<b>MS PORTER</b> <span>answer</span>" in page


def test_a_new_source_leads_to_the_work_on_its_text():
    client = editor()

    pasted = send(client, ADD, **entry())
    typed = entry(text="", url="https://example.org/1", title="Named", slug="named")
    named = client.post(ADD, fields(client.get(ADD)) | typed | {"_save": "1"})

    workspace = f"/admin/timeline/briefing/{Briefing.objects.exclude(text='').get().pk}/workspace/"
    assert (pasted.url, named.url) == (workspace, "/admin/timeline/briefing/")


def test_control_characters_are_made_visible():
    send(editor(), ADD, **entry(text="MS PORTER: left\u202eright"))

    assert Briefing.objects.get().text == "MS PORTER: left[U+202E]right"


def test_page_breaks_are_white_space_and_said_to_be():
    answer = send(editor(), ADD, **entry(text="MS PORTER: left\fright"))

    assert Briefing.objects.get().text == "MS PORTER: left\nright"
    assert any("1 page break read as white space" in message for message in said(answer))


def test_briefing_without_text_or_address_is_refused():
    client, typed = editor(), entry(text="")
    before = rows()

    answer = send(client, ADD, **typed)

    assert errors(answer) == ["Give the text, or the address where it can be read."]
    assert rows() == before


def test_speaker_is_named_for_a_label_of_the_text():
    briefing, porter = make.briefing(TEXT), make.actor("Jalina Porter")
    citation = make.citation(make.event(), briefing)

    send(editor(), change(briefing), **lines("speakers", speaker("MS PORTER:", porter)))

    citation.refresh_from_db()
    assert [(speaker.label, speaker.actor) for speaker in BriefingSpeaker.objects.all()] == [("MS PORTER", porter)]
    assert citation.speaker == porter


def test_label_the_text_does_not_have_is_refused():
    briefing, actor, client = make.briefing(TEXT), make.actor(), editor()
    before = rows()

    answer = send(client, change(briefing), **lines("speakers", speaker("MS POTTER", actor)))

    assert errors(answer) == ["“MS POTTER” is not a label in this text. Its labels are: QUESTION, MS PORTER."]
    assert rows() == before


def test_label_twice_is_refused():
    briefing, actor = make.briefing(TEXT), make.actor()

    answer = send(
        editor(), change(briefing), **lines("speakers", speaker("MS PORTER", actor), speaker("MS PORTER", actor))
    )

    assert errors(answer) == ["This label is listed twice. Keep the line with its speaker and delete the other."]


def test_text_is_no_field_of_the_form_and_cannot_be_smuggled_in():
    briefing, client = make.briefing(TEXT), editor()
    citation = make.citation(make.event(), briefing)

    page = client.get(change(briefing))
    assert "text" not in fields(page)
    assert reverse("admin:timeline_briefing_recapture", args=[briefing.pk]) in page.content.decode()
    send(client, change(briefing), title="Another title", text="MS PORTER: Something else.")

    briefing.refresh_from_db()
    assert (briefing.title, briefing.text, briefing.earlier_texts.count()) == ("Another title", TEXT, 0)
    assert citation.history.count() == 1


def test_briefing_under_a_published_event_is_kept_from_editors_and_open_to_reviewers():
    briefing = make.briefing(TEXT)
    make.published(briefing=briefing)
    client, other = editor(), reviewer()
    before = rows()

    page = client.get(change(briefing))
    assert {"title", "text", "speakers-TOTAL_FORMS"} & set(fields(page)) == {"speakers-TOTAL_FORMS"}
    assert page.context["notices"][0].startswith("Published events rest on this source")
    assert client.post(change(briefing), {"text": "Smuggled"}).status_code == 403
    assert rows() == before

    assert send(other, change(briefing), title="As the source has it").status_code == 302
    briefing.refresh_from_db()
    assert briefing.title == "As the source has it"


def test_editor_cannot_bring_a_citation_to_light_by_publishing_its_briefing():
    hidden = make.briefing(TEXT, status="draft")
    make.citation(make.published(), hidden)

    answer = editor().post(change(hidden), {"status": "published"})

    hidden.refresh_from_db()
    assert (answer.status_code, hidden.status) == (403, "draft")


def test_briefing_that_carries_a_published_event_alone_stays_public():
    briefing = make.briefing(TEXT)
    event = make.published("The ceasefire holds", briefing=briefing)
    client, before = reviewer(), rows()

    answer = send(client, change(briefing), status="draft")

    assert str(event) in errors(answer)[0]
    assert rows() == before


def test_cited_briefing_cannot_be_deleted():
    briefing = make.briefing(TEXT)
    make.citation(make.event(), briefing)
    client, before = editor(), rows()

    answer = client.post(reverse("admin:timeline_briefing_delete", args=[briefing.pk]), {"post": "yes"})

    assert answer.status_code == 200
    assert "require deleting the following protected related objects" in answer.content.decode()
    assert rows() == before


def test_reason_stands_in_the_history_of_briefing_speaker_and_citation():
    briefing = make.briefing(TEXT)
    citation = make.citation(make.event(), briefing)
    typed = lines("speakers", speaker("MS PORTER", make.actor()))

    send(editor(), change(briefing), text=TEXT.strip(), change_reason="Pasted anew", **typed)

    newest = [row.history.first() for row in (briefing, briefing.speakers.get(), citation)]
    assert [(row.history_user.username, row.history_change_reason) for row in newest] == [("editor", "Pasted anew")] * 3


@pytest.mark.parametrize("words", ["June 1, 2023", "1 June 2023", "20230601", "2023-06-01", "1 juin 2023"])
def test_day_of_publication_in_words(words):
    send(editor(), ADD, "_continue", **entry(published_on=words))

    assert Briefing.objects.get().published_on == dt.date(2023, 6, 1)


def test_day_of_publication_that_is_none_is_refused_with_what_to_write():
    year = timezone.localdate().year

    answer = send(editor(), ADD, "_continue", **entry(published_on="June 2023"))

    assert (
        f"“June 2023” is not a known day. Write one, for example 24 March {year} or {year}-03-24."
        in answer.content.decode()
    )
