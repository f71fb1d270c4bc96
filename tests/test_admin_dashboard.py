"""The first page of the desk: what waits, for whom. The editors' guide, read on the desk."""

import re

import pytest
from django.contrib.auth.models import User
from django.utils import formats, timezone

from tests import make
from timeline.admin.guide_pages import PAGES, page_url, render_page
from timeline.models import Event

from .citations import lose_quote
from .constraints import force
from .desk_client import desk, editor, reviewer

pytestmark = pytest.mark.django_db

INDEX = "/admin/"


def tasks(client) -> dict[str, int]:
    return {task.words: task.count for task in client.get(INDEX).context["work"].tasks}


def states(client) -> dict[str, int]:
    return {task.words: task.count for task in client.get(INDEX).context["work"].states}


def a_little_of_everything(me: User) -> None:
    make.event(author=me)
    returned = make.event(author=me)
    returned.submit(me)
    returned.return_to_draft("Name the village.")
    make.event().submit(me)
    make.published()
    lose_quote(make.published())
    force(make.citation(make.event()), state="ambiguous")
    make.published().withdraw("A mistake")
    make.briefing(title="Not coded")


def test_desk_counts_what_waits():
    client = editor()
    a_little_of_everything(User.objects.get(username="editor"))

    assert tasks(client) == {
        "in review": 1,
        "proposed changes of public events": 0,
        "errors reported by readers": 0,
        "assigned to you": 0,
        "returned to you, with a comment": 1,
        "drafts of yours": 2,
        "proposals of yours": 0,
        "published without a matched quote": 1,
        "published without support by the codebook": 0,
        "quotes no longer in their text": 1,
        "ambiguous quotes": 1,
        "quotes that only an earlier text has": 0,
        "sources in review": 0,
        "sources with no event yet": 1,
        "sources with unpublished events": 1,
    }
    assert states(client) == {"draft": 3, "in review": 1, "published": 2, "withdrawn": 1, "merged": 0}
    assert tasks(reviewer())["drafts of yours"] == 0


def test_every_number_leads_to_as_many_rows():
    client = editor()
    a_little_of_everything(User.objects.get(username="editor"))

    work = client.get(INDEX).context["work"]

    lists = [task for task in [*work.tasks, *work.states, *work.actualities] if "/review/" not in task.url]
    assert {task.words: client.get(task.url).context["cl"].result_count for task in lists} == {
        task.words: task.count for task in lists
    }


def test_what_is_public_without_support_is_counted_and_marked():
    client = editor()
    event = make.published(type="meeting")
    event.citations.update(act="calls_for", support="nothing")
    Event.objects.all().refresh_evidence()
    make.event(actuality="announced")

    work = client.get(INDEX).context["work"]

    [unsupported] = [task for task in work.tasks if task.words == "published without support by the codebook"]
    assert (unsupported.count, unsupported.attention) == (1, True)
    assert list(client.get(unsupported.url).context["cl"].result_list) == [event]
    assert {task.words: task.count for task in work.actualities} == {
        "happened": 1,
        "announced": 1,
        "did not happen": 0,
        "unclear whether it happened": 0,
    }


def test_the_longest_wait_is_named():
    make.event().submit()

    html = editor().get(INDEX).content.decode()

    assert f"oldest: {formats.date_format(timezone.now(), 'DATE_FORMAT')}" in html


def test_what_broke_is_marked_and_what_is_in_order_is_not():
    client = editor()
    assert "task-attention" not in client.get(INDEX).content.decode()

    lose_quote(make.published())

    assert client.get(INDEX).content.decode().count("task-attention") == 2


def test_nobody_is_told_of_tables_they_may_not_view():
    a_little_of_everything(User.objects.create_user("author"))

    assert tasks(desk("guest")) == states(desk("visitor")) == {}
    assert list(tasks(desk("archivist", "view_briefing"))) == [
        *("sources in review", "sources with no event yet", "sources with unpublished events"),
    ]
    assert states(desk("archivist2", "view_briefing")) == {}
    assert list(tasks(desk("checker", "view_citation"))) == [
        *("quotes no longer in their text", "ambiguous quotes"),
        "quotes that only an earlier text has",
    ]


def test_head_of_each_page_names_the_tables_in_the_editors_order():
    page = editor().get("/admin/timeline/briefing/")

    assert [(table["name"], table["here"]) for table in page.context["tables"]] == [
        ("Events", False),
        ("Sources", True),
        ("Citations", False),
        ("Actors", False),
        ("Places", False),
        ("Conflicts", False),
        ("Event types", False),
    ]
    assert [table["name"] for table in desk("guest", "view_place").get("/admin/").context["tables"]] == ["Places"]


def test_a_desk_without_actors_offers_the_table():
    client = editor()

    assert "There are no actors yet." in client.get(INDEX).content.decode()
    assert client.get(INDEX).context["work"].offers_actors
    assert not desk("guest", "view_actor").get(INDEX).context["work"].offers_actors
    make.actor()
    assert not client.get(INDEX).context["work"].offers_actors


def test_every_page_of_the_desk_leads_to_the_guide():
    assert '<a href="/admin/guide/">Guide</a>' in desk("ada").get("/admin/").content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_every_link_and_picture_of_the_guide_is_there(name):
    client = desk("ada")

    html = client.get(page_url(name)).content.decode()

    article = html.partition('<article class="guide">')[2].partition("</article>")[0]
    links = set(re.findall(r'(?:href|src)="([^"]+)"', article))
    for link in links:
        file, _, part = link.partition("#")
        if file.startswith("http"):
            continue
        there = client.get(file or page_url(name))
        assert there.status_code == 200, link
        assert not part or f'id="{part}"' in there.content.decode(), link
    assert ".md" not in "".join(links)


def test_the_guide_is_shown_as_it_stands_in_the_docs(django_assert_num_queries):
    client = desk("ada")
    client.get("/admin/guide/")

    with django_assert_num_queries(4):  # session, account, its two kinds of permissions
        html = client.get("/admin/guide/").content.decode()

    assert "<h1>A guide for editors</h1>" in html
    assert '<h2 id="dates-honestly">Dates, honestly</h2>' in html
    assert "<td>in November 2020</td>" in html
    assert (
        '<img src="/admin/guide/images/desk-date.png" alt="The date in plain words, and how it was understood" />'
        in html
    )


def test_what_is_no_page_of_the_guide_is_not_found():
    client = desk("ada")

    assert client.get("/admin/guide/deployment/").status_code == 404
    assert client.get("/admin/guide/images/none.png").status_code == 404
    assert client.get("/admin/guide/images/..%2Feditors.md").status_code == 404


def test_a_link_to_another_file_is_words_alone():
    assert render_page(
        "# A\n\nSee [the *labels*](../tests/labels/README.md), [quotes](dates-and-quotes.md#q) and [it](#b)."
    ) == (
        "A",
        '<p>See the <em>labels</em>, <a href="/admin/guide/dates-and-quotes/#q">quotes</a> and <a href="#b">it</a>.</p>\n',
    )
