"""The review queue, the preview, and what a reviewer does there."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tests import make
from timeline.models import Event

from .constraints import force
from .desk_client import editor, member, reviewer, rows, said, send

pytestmark = pytest.mark.django_db

QUEUE = "/admin/timeline/event/review/"
NOT_PUBLISHED = "The source of its supporting citation is still a draft: a reviewer has to publish that first."


def page(name: str, event: Event) -> str:
    return reverse(f"admin:timeline_event_{name}", args=[event.pk])


def handed_in(title: str = "", *, by: User | None = None, day: int = 1, **changes) -> Event:
    """Return an event in review that nothing keeps from being published, asked for on that day of March 2026."""
    event = make.event(title, author=by, **changes)
    make.citation(event)
    make.participation(event)
    event.submit(by)
    force(event, submitted_at=dt.datetime(2026, 3, day, tzinfo=dt.UTC))
    return event


def titles(client, query: str = "") -> list[str]:
    return [str(row.event) for row in client.get(QUEUE + query).context["waiting"]]


def publish(client, event: Event, seen: str = ""):
    seen = seen or client.get(page("preview", event)).context["desk"]["seen"]
    return client.post(page("publish", event), {"seen": seen})


def test_queue_shows_the_longest_wait_first_and_only_what_waits():
    handed_in("Third", day=3)
    handed_in("First", day=1)
    force(handed_in("Before it was recorded"), submitted_at=None)
    make.event("A draft")
    make.published("Public")

    assert titles(reviewer()) == ["Before it was recorded", "First", "Third"]


def test_queue_says_in_words_what_each_lacks():
    client = reviewer()
    bare = make.event("Bare", edtf="", type="other")
    bare.submit()
    doubtful = handed_in("Doubtful", day=2)
    force(make.citation(doubtful), state="missing", start=None, end=None)
    only_lost = handed_in("Only lost", day=3)
    force(only_lost.citations.get(), state="missing", start=None, end=None)
    handed_in("Whole", day=4)
    force(bare, submitted_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC))

    assert {str(row.event): row.lacks for row in client.get(QUEUE).context["waiting"]} == {
        "Bare": [
            "It has no date. Where no source states one, enter “on or before” the day of the source.",
            "It has no citation.",
            "Its type is “Other”: see whether another fits.",
            "No participants entered.",
        ],
        "Doubtful": ["1 of its 2 quotes cannot be matched."],
        "Only lost": ["No supporting quote is matched in the text of its source."],
        "Whole": [],
    }


def test_queue_says_who_may_publish_and_never_the_author(settings):
    client, other = reviewer("bela"), reviewer("carl")
    bela = User.objects.get(username="bela")
    handed_in("By Bela", by=bela)

    def shown_to(who) -> tuple:
        (row,) = who.get(QUEUE).context["waiting"]
        return row.publishers, row.is_mine, row.is_open

    assert shown_to(client) == ("carl", True, False)
    assert shown_to(other) == ("you", False, True)
    assert shown_to(editor("dora")) == ("carl", False, False)
    User.objects.filter(username="carl").update(is_active=False)
    assert shown_to(client) == ("", True, False)
    assert "Nobody here may publish it" in client.get(QUEUE).content.decode()
    settings.SELF_REVIEW = True
    assert shown_to(client) == ("you", True, True)


def test_queue_is_narrowed_by_whose_work_what_is_missing_and_conflict():
    client = reviewer("bela")
    conflict = make.conflict()
    handed_in("Mine", by=User.objects.get(username="bela"))
    handed_in("In the conflict", conflict=conflict)
    make.event("No citation").submit()
    make.event("Other", type="other").submit()

    assert {query: sorted(titles(client, query)) for query in ("?whose=mine", "?whose=others", "?lacks=nothing")} == {
        "?whose=mine": ["Mine"],
        "?whose=others": ["In the conflict", "No citation", "Other"],
        "?lacks=nothing": ["In the conflict", "Mine"],
    }
    assert sorted(titles(client, "?lacks=citation")) == ["No citation", "Other"]
    assert titles(client, "?lacks=type") == ["Other"]
    assert titles(client, f"?conflict={conflict.pk}") == ["In the conflict"]
    assert titles(client, "?conflict=none&lacks=date") == []


@pytest.mark.parametrize("query", ["?whose=everyone", "?lacks=all", "?conflict=x", "?conflict=999", "?title=x"])
def test_queue_refuses_what_it_does_not_offer(query):
    handed_in()

    assert reviewer().get(QUEUE + query).status_code == 400


def test_index_leads_to_the_queue():
    handed_in()

    (task,) = [task for task in reviewer().get("/admin/").context["work"].tasks if task.words == "in review"]
    assert (task.url, task.count) == (QUEUE, 1)


def test_preview_is_the_public_page_but_for_its_banner(client):
    event = make.published("The ceasefire holds")
    make.participation(event, make.actor("Armenia"))

    shown = reviewer().get(page("preview", event)).content.decode()
    public = client.get(event.get_absolute_url()).content.decode()

    def body(text: str) -> str:
        main = text[text.index("<main") : text.index("</main>")]
        in_a_list = r'<nav class="crumb".*?</nav>|<section class="section" id="neighbours">.*?</section>'
        return re.sub(r"\s+", " ", re.sub(in_a_list, "", main, flags=re.DOTALL))  # a preview has no place in a list

    assert body(shown) == body(public)
    assert "This is the page as readers see it." in shown


def test_form_of_an_event_links_the_source_that_has_to_be_published_first():
    event, source = make.event("Troops move", edtf="2022"), make.briefing(title="Hidden source", status="draft")
    make.citation(event, source)

    form = editor().get(f"/admin/timeline/event/{event.pk}/change/").text

    link = f'Not published yet: <a href="/admin/timeline/briefing/{source.pk}/change/">Hidden source</a>.'
    assert [NOT_PUBLISHED in form, link in form] == [True, True]


def test_preview_of_a_draft_shows_what_readers_would_see_and_nothing_is_stored():
    event = make.event("Troops move", edtf="")
    make.citation(event, make.briefing(title="Hidden source", status="draft"))
    client = editor()
    before = rows()

    answer = client.get(page("preview", event))

    text = answer.content.decode()
    assert "Readers cannot see this page." in text
    assert "Hidden source" not in text[text.index("<main") : text.index("</main>")]
    assert [NOT_PUBLISHED in text, "It has no date." in text] == [True, True]
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    assert rows() == before


def test_preview_of_a_merged_event_is_not_there():
    event = make.event()
    event.merge_into(make.event())

    assert reviewer().get(page("preview", event)).status_code == 404


def test_reviewer_publishes_what_was_seen():
    event, client = handed_in("The ceasefire holds"), reviewer()

    answer = publish(client, event)

    event.refresh_from_db()
    assert (event.status, event.reviewer.username, answer.url) == ("published", "reviewer", QUEUE)
    assert said(answer) == ["“The ceasefire holds” is published."]


def test_what_changed_after_the_preview_is_not_published():
    event, client = handed_in(), reviewer()
    seen = client.get(page("preview", event)).context["desk"]["seen"]
    make.participation(event)
    before = rows()

    answer = publish(client, event, seen)

    assert said(answer) == ["Nothing was published: the event has changed since you opened this page. Check it again."]
    assert answer.url == page("preview", event)
    assert rows() == before


def test_author_sees_no_button_and_is_refused():
    client = reviewer()
    event = handed_in("Mine", by=User.objects.get(username="reviewer"))
    before = rows()

    shown = client.get(page("preview", event))
    answer = publish(client, event)

    assert not shown.context["desk"]["may_publish"]
    assert said(answer) == ["“Mine” was not published. Somebody else has to publish this event: you entered it."]
    assert rows() == before


def test_editor_cannot_publish_from_the_preview():
    event, client = handed_in(), editor()
    before = rows()

    assert publish(client, event).status_code == 403
    assert rows() == before


def test_withdrawn_event_is_not_published_without_a_reason_here():
    event, client = make.published("Gone"), reviewer()
    event.withdraw("A mistake")
    before = rows()

    assert said(publish(client, event)) == ["“Gone” is withdrawn. Open its form to see what can be done."]
    assert client.get(page("publish", event)).url == page("preview", event)
    assert rows() == before


def test_event_is_returned_with_a_comment_that_its_author_reads_above_the_form():
    author, client = editor("author"), reviewer()
    event = handed_in("Troops move", by=User.objects.get(username="author"))

    answer = send(client, page("return", event), comment="Name the village.")

    event.refresh_from_db()
    note = event.review_notes.get()
    assert (event.status, str(note), str(note.author)) == ("draft", "Name the village.", "reviewer")
    assert answer.url == QUEUE
    assert said(answer) == ["“Troops move” is returned. Its author reads your comment in the discussion."]
    assert "Name the village." in author.get(page("change", event)).content.decode()


def test_return_needs_a_comment_and_an_event_in_review():
    event, draft, client = handed_in(), make.event("A draft"), reviewer()
    before = rows()

    refused = client.post(page("return", event), {"comment": " "})
    assert refused.context["form"].errors == {
        "comment": ["Say what needs to be done; the person who entered the event reads it."]
    }
    assert said(client.post(page("return", draft), {"comment": "Why"})) == [
        "“A draft” is not in review, so there is nothing to return."
    ]
    assert member("Viewer").post(page("return", event), {"comment": "Why"}).status_code == 403
    assert rows() == before


def test_form_leads_to_preview_and_return():
    event = handed_in()

    text = reviewer().get(page("change", event)).content.decode()

    assert [page("preview", event) in text, page("return", event) in text] == [True, True]
