"""How far the briefings of a list are coded."""

import pytest
from django.urls import reverse

from tests import make
from timeline.admin.selection import workspace_transcript
from timeline.models import Briefing

from .desk_client import editor

pytestmark = pytest.mark.django_db

TEXT = "QUESTION: What is new?\n\nMS PORTER: The ceasefire holds. Troops moved.\n\nQUESTION: Thank you."


@pytest.fixture(autouse=True)
def _nothing_read_yet():
    workspace_transcript._turns.clear()


def counted(*briefings: Briefing) -> list:
    workspace_transcript.count_coded_turns(briefings)
    return [briefing.turns_coded for briefing in briefings]


def test_turns_with_a_citation_are_counted_once():
    briefing, other, bare = (
        make.briefing(TEXT),
        make.briefing(f"{TEXT} "),
        make.briefing("", url="https://example.org/"),
    )
    for quote in ("The ceasefire holds.", "Troops moved.", "What is new?"):
        make.citation(make.event(), briefing, quote=quote)

    assert counted(briefing, other, bare) == [(2, 3), (0, 3), None]


def test_count_agrees_with_the_page():
    briefing = make.briefing(TEXT)
    make.citation(make.event(), briefing, quote="The ceasefire holds.")
    client = editor()

    page = client.get(reverse("admin:timeline_briefing_workspace", args=[briefing.pk]))

    coverage = page.context["transcript"].coverage
    assert counted(briefing) == [(coverage.turns_cited, coverage.turns)] == [(1, 3)]


def test_text_is_read_once(django_assert_num_queries):
    briefing = make.briefing(TEXT)
    with django_assert_num_queries(2):
        counted(briefing)
    with django_assert_num_queries(1):
        counted(briefing)


def test_one_list_reads_no_more_than_its_share_and_the_next_goes_on(monkeypatch):
    monkeypatch.setattr(workspace_transcript, "MOST_READ", 1)
    briefings = [make.briefing(f"{TEXT} {number}") for number in range(3)]

    counts = [sum(coded is not None for coded in counted(*briefings)) for _ in range(3)]

    assert counts == [1, 2, 3]


def test_no_more_texts_are_remembered_than_are_kept(monkeypatch):
    monkeypatch.setattr(workspace_transcript, "MOST_CACHED", 2)

    counted(*(make.briefing(f"{TEXT} {number}") for number in range(4)))

    assert len(workspace_transcript._turns) == 2


def test_list_leads_to_the_workspace():
    briefing = make.briefing(TEXT)
    make.citation(make.event(), briefing, quote="The ceasefire holds.")
    make.briefing("", url="https://example.org/")

    html = editor().get("/admin/timeline/briefing/").content.decode()

    address = reverse("admin:timeline_briefing_workspace", args=[briefing.pk])
    assert f'<a href="{address}">Work on it</a> <span class="coded-words">1 of 3 turns coded</span>' in html
    assert '<td class="field-work">no text</td>' in html


def test_form_leads_to_the_workspace_where_there_is_a_text():
    client = editor()
    with_text, without = make.briefing(TEXT), make.briefing("", url="https://example.org/")

    def leads(briefing: Briefing) -> bool:
        page = client.get(reverse("admin:timeline_briefing_change", args=[briefing.pk])).content.decode()
        return reverse("admin:timeline_briefing_workspace", args=[briefing.pk]) in page

    assert (leads(with_text), leads(without)) == (True, False)
