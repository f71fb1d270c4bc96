"""The action that publishes many briefings at once."""

import re

import pytest

from tests import make
from timeline.models import Briefing

from .desk_client import change, editor, fields, reviewer, said, send

pytestmark = pytest.mark.django_db
LIST = "/admin/timeline/briefing/"


def selection(*briefings: Briefing) -> dict:
    return {"action": "publish_briefings", "_selected_action": [briefing.pk for briefing in briefings]}


def confirmed(client, *briefings: Briefing) -> dict:
    """Return what the page of confirmation sends."""
    page = client.post(LIST, selection(*briefings)).content.decode()
    return selection(*briefings) | {"post": "yes"} | dict(re.findall(r'name="(seen-\d+)" value="([^"]+)"', page))


def public() -> list[str]:
    return list(Briefing.objects.filter(status="published").order_by("title").values_list("title", flat=True))


def test_page_names_the_drafts_and_writes_nothing():
    first, second = make.briefing(title="First", status="draft"), make.briefing(title="Second")
    page = reviewer().post(LIST, selection(first, second)).content.decode()

    assert "<b>1</b> will be public" in page
    assert "1 of those selected is already public." in page
    assert public() == ["Second"]


def test_confirmed_drafts_are_public_with_a_line_in_the_history():
    first, second = (make.briefing(title=title, status="draft") for title in ("First", "Second"))
    client = reviewer()
    answer = client.post(LIST, confirmed(client, first, second), follow=True)

    assert public() == ["First", "Second"]
    assert said(answer) == ["2 sources are published."]
    newest = first.history.first()
    assert (newest.status, newest.history_change_reason, newest.history_user.username) == (
        "published",
        "Published with others",
        "reviewer",
    )


def test_draft_that_was_changed_meanwhile_is_left():
    first, second = (make.briefing(title=title, status="draft") for title in ("First", "Second"))
    client = reviewer()
    form = confirmed(client, first, second)
    first.title = "Another"
    first.save()
    answer = client.post(LIST, form, follow=True)

    assert public() == ["Second"]
    assert "“Another” was not published: Somebody has changed it in the meantime." in said(answer)[0]


def test_editor_without_the_permission_is_not_offered_it_and_cannot_do_it():
    draft = make.briefing(title="First", status="draft")
    client = editor()
    client.post(LIST, selection(draft) | {"post": "yes"})

    assert "publish_briefings" not in client.get(LIST).content.decode()
    assert public() == []


def test_new_sources_are_drafts_that_editors_submit_and_reviewers_publish():
    publisher, clients = make.actor(), (editor(), reviewer())
    add = "/admin/timeline/briefing/add/"
    new = {"title": "Mine", "slug": "mine", "kind": "statement", "publisher": publisher.pk, "text": "Talks go on."}
    smuggled = send(clients[0], add, **new, status="published")
    send(clients[0], add, **new)
    assert "status" in smuggled.context["adminform"].form.errors
    mine = Briefing.objects.get()
    assert (mine.status, fields(clients[1].get(add))["status"]) == ("draft", "draft")
    send(clients[0], change(mine), status="review")
    assert list(Briefing.objects.in_review()) == [mine]
    assert clients[1].get("/admin/").context["work"].tasks[-3].words == "sources in review"
    send(clients[1], change(mine), status="published")

    assert public() == ["Mine"]
    send(clients[0], change(mine), title="Mine again")
    assert public() == ["Mine again"]
