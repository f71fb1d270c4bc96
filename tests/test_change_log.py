"""The changes of the record, for readers: what they have, in which order, and what they never have."""

import re

import pytest
from django.http import QueryDict

from tests import make
from tests.test_corrections import change
from timeline.filters import EventFilter
from timeline.history.change_reason import reason_for_change
from timeline.models import Event
from timeline.pages import change_log
from timeline.pages.change_log import read_changes

pytestmark = pytest.mark.django_db


def listed(query: str = "", kind: str = "", **options) -> list[tuple]:
    page = read_changes(EventFilter(QueryDict(query), Event.objects.public()), kind, **options)
    return [
        (row.kind, row.event.title, [(field.what, field.before, field.after) for field in row.corrections])
        for row in page.changes
    ]


def corrected(event: Event, change_class: str, reason: str = "Misread.", **values) -> None:
    with reason_for_change(reason, change_class=change_class):
        for name, value in values.items():
            setattr(event, name, value)
        event.save()


def test_changes_come_newest_first_with_what_they_changed():
    truce = make.published("Truce", summary="One.")
    make.published("Clash")
    corrected(truce, "correction", title="Armistice", summary="Two.")

    assert listed() == [
        ("correction", "Armistice", [("Title", "Truce", "Armistice"), ("Summary", "One.", "Two.")]),
        ("new", "Clash", []),
        ("new", "Armistice", []),
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("new", ["Truce"]),
        ("correction", ["Truce"]),
        ("update", ["Truce"]),
        ("source", []),
        ("withdrawal", ["Gone"]),
        ("other", ["Truce"]),
    ],
)
def test_each_kind_alone(kind, expected):
    truce = make.published("Truce")
    make.published("Gone").withdraw("Never happened.")
    corrected(truce, "correction", summary="One.")
    corrected(truce, "update", summary="Two.")
    corrected(truce, "typo", summary="Two")
    change(truce, date_note="A note.")

    rows = listed(kind=kind)

    assert [title for _, title, _ in rows] == expected
    assert {row[0] for row in rows} <= {kind}


def test_filter_narrows_all_but_what_was_taken_back():
    make.published("In", conflict=make.conflict(slug="war"))
    make.published("Out")
    make.published("Gone").withdraw("Never happened.")

    assert [title for _, title, _ in listed("conflict=war")] == ["Gone", "In"]


@pytest.mark.parametrize("size", [1, 2, 5])
def test_pages_have_each_change_once(monkeypatch, size):
    monkeypatch.setattr(change_log, "SIZE", size)
    monkeypatch.setattr(change_log, "LOT", 2)
    for number in range(3):
        event = make.published(f"Event {number}")
        corrected(event, "correction", summary="Right.")
        make.citation(event, make.briefing(status="draft"))  # a row of the history that readers do not see
    event_filter, before, pages = EventFilter(QueryDict(), Event.objects.public()), None, []
    while True:
        page = read_changes(event_filter, before=before)
        pages.append([(row.kind, row.event.title) for row in page.changes])
        if not page.next_mark:
            break
        before = page.changes[-1].position

    expected = [(kind, f"Event {number}") for number in (2, 1, 0) for kind in ("correction", "new")]
    assert [row for page in pages for row in page] == expected
    assert [len(page) for page in pages[:-1]] == [size] * (len(pages) - 1)


@pytest.mark.parametrize("count", [1, 3])
def test_changes_take_as_many_queries_for_many_events(count, django_assert_num_queries):
    for _ in range(count):
        corrected(make.published(), "correction", summary="Right.")

    with django_assert_num_queries(13):
        assert len(listed()) == 2 * count


def test_page_shows_changes_by_day_and_leads_to_the_next(client, monkeypatch):
    monkeypatch.setattr(change_log, "SIZE", 1)
    event = make.published("Truce <b>")
    corrected(event, "correction", "Misread & put right.", summary="Right.")

    html = client.get("/changes/").content.decode()
    following = client.get(re.search(r'href="([^"]+)" rel="next', html)[1].replace("&amp;", "&")).content.decode()

    assert f'<b>Correction</b> <a href="/events/{event.public_id}/#corrections" dir="auto">Truce &lt;b&gt;</a>' in html
    assert "<small>Why: Misread &amp; put right.</small>" in html
    assert "<b>New event</b>" not in html
    assert "<b>New event</b>" in following
    assert "Earlier changes" not in following


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("kind=lost", "“lost” is not a kind of change."),
        ("before=yesterday", "&#x27;yesterday&#x27; is not a mark of a change."),
        ("before=_0123456789", "0123456789 names no event."),
        ("colour=red", "colour"),
    ],
)
def test_wrong_address_is_refused(client, query, words):
    make.published("Truce")

    answer = client.get(f"/changes/?{query}")

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert "Truce" not in answer.content.decode()
    assert client.get(f"/changes.atom?{query}").status_code == 400


def test_feed_has_the_same_changes(client):
    event = make.published("Truce")
    corrected(event, "correction", title="Armistice")
    make.published("Gone").withdraw("Never happened.")

    text = client.get("/changes.atom").content.decode()

    assert re.findall(r"<entry><title>(.+?)</title>", text) == [
        "Withdrawn: Gone",
        "Correction: Armistice",
        "New event: Armistice",
    ]
    assert "&lt;del&gt;Truce&lt;/del&gt; &lt;ins&gt;Armistice&lt;/ins&gt;" in text
    assert "<p>Why: Never happened.</p>" not in text  # it is escaped
    assert "Why: Never happened." in text
    assert len(set(re.findall(r"<id>(.+?)</id>", text))) == 4
