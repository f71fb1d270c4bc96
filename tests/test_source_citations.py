"""A source with more citations than one page marks."""

import re

import pytest

from tests import make
from timeline.models import DataSet
from timeline.pages import source_citations

from .briefing_page import cited
from .clients import words

pytestmark = pytest.mark.django_db

SENTENCES = [f"Point {letter} holds." for letter in "ABCDE"]


@pytest.fixture
def citations(monkeypatch):
    monkeypatch.setattr(source_citations, "CITATIONS_PER_PAGE", 2)
    briefing = make.briefing("MS PORTER: " + "\n\n".join(SENTENCES), slug="long")
    return [cited(briefing, f"Event {sentence[6]}", sentence) for sentence in SENTENCES]


def marked(html: str) -> list[str]:
    return re.findall(r'data-citation="(.*?)"', html)


def page(client, query: str = "") -> str:
    return client.get(f"/briefings/long/{query}").content.decode()


@pytest.mark.parametrize(("query", "shown"), [("", [0, 1]), ("?page=2", [2, 3]), ("?page=3", [4])])
def test_page_marks_its_quotes_and_numbers_events_as_the_whole_text_does(client, citations, query, shown):
    html = page(client, query)

    assert [int(number) for number in re.findall(r'id="p\d-e(\d+)"', html)] == [number + 1 for number in shown]
    assert list(dict.fromkeys(marked(html))) == [citations[number].public_id for number in shown]
    assert [sentence for sentence in SENTENCES if sentence not in words(html)] == []


def test_counts_are_of_all_quotes(client, citations):
    html = words(page(client, "?page=2"))

    assert "cited by 5 events" in html
    assert "Citations 5, each quote matched" in html
    assert "Text cited 100% of the text" in html
    assert "Here are the events of 3 to 4 of 5 quotes; only these are marked in the text." in html


def test_nothing_is_called_uncited_where_another_page_may_cite_it(client, citations):
    assert "Not cited by any event." not in page(client)


def test_page_opens_at_a_quote(client, citations):
    html = page(client, f"?quote={citations[4].public_id}")

    assert marked(html)[0] == citations[4].public_id
    assert 'href="?page=2" rel="prev"' in html
    assert "quote=" not in html


@pytest.mark.parametrize("query", ["?page=0", "?page=4", "?page=two", "?quote=2eevv24p0d"])
def test_page_or_quote_that_is_none_is_not_found(client, citations, query):
    assert client.get(f"/briefings/long/{query}").status_code == 404


def test_source_whose_first_page_may_not_leave_the_site_may_where_another_may(client, citations):
    data_set = DataSet.objects.create(slug="kept", name="Kept", licence="C", attribution="Us.", redistributable=False)
    for citation in citations[:2]:
        citation.event.data_set = data_set
        citation.event.save()

    assert "application/ld+json" in page(client)
