"""The editors' guide, read on the desk."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from timeline.admin.guide_pages import PAGES, page_url, render_page

from .desk_client import desk

pytestmark = pytest.mark.django_db


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


def test_the_guide_is_for_those_who_work_here():
    for name in (reverse("guide"), reverse("guide-page", args=["suggestions"]), "/admin/guide/images/desk-date.png"):
        assert Client().get(name).headers["Location"].startswith("/admin/login/")


def test_a_link_to_another_file_is_words_alone():
    assert render_page(
        "# A\n\nSee [the *labels*](../tests/labels/README.md), [quotes](dates-and-quotes.md#q) and [it](#b)."
    ) == (
        "A",
        '<p>See the <em>labels</em>, <a href="/admin/guide/dates-and-quotes/#q">quotes</a> and <a href="#b">it</a>.</p>\n',
    )
