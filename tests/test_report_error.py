"""A reader reports an error: what is kept, what the desk sees, what is refused, and that nobody else sees it."""

import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from tests import make
from timeline.history import reports
from timeline.history.pending_changes import propose
from timeline.history.reports import report_token
from timeline.models import PendingChange, ReviewNote
from timeline.redaction.apply import redact
from timeline.request_limits import clear_buckets

from .desk_client import reviewer

pytestmark = pytest.mark.django_db
WORDS = "The call was on 23 March."


def address(event) -> str:
    return f"/events/{event.public_id}/report/"


def send(client: Client, event, words: str = WORDS, query: str = "", **changes):
    sent = {"words": words, "token": report_token(event)} | changes
    return client.post(f"{address(event)}{query}", sent)


def kept() -> list[tuple]:
    return [
        (change.event_id, change.author, change.about_citation_id, change.reason)
        for change in PendingChange.objects.all()
    ]


def test_report_is_kept_for_the_desk_without_cookie_or_author():
    client, event = Client(), make.published("Truce")
    page = client.get(address(event))

    answer = send(client, event, "It was\r\non 23 March.")

    assert (page.status_code, answer.status_code, answer["Location"]) == (200, 303, f"{address(event)}?sent")
    assert "<b>Thank you.</b>" in client.get(answer["Location"]).content.decode()
    assert client.cookies == {}
    assert kept() == [(event.pk, None, None, "It was\non 23 March.")]
    assert PendingChange.objects.get().what == "Report"


def test_report_of_a_quote_names_it():
    event = make.published("Truce")
    citation = make.citation(event)
    client = Client()

    page = client.get(f"{address(event)}?citation={citation.public_id}").content.decode()
    send(client, event, query=f"?citation={citation.public_id}")

    assert '<blockquote class="quote" lang="en" dir="auto">The ceasefire holds.</blockquote>' in page
    assert kept() == [(event.pk, None, citation.pk, WORDS)]
    citation.delete()
    assert kept() == [(event.pk, None, None, WORDS)]


def test_event_page_leads_to_both_forms(client):
    event = make.published("Truce")

    page = client.get(event.get_absolute_url()).content.decode()

    assert f'<a href="{address(event)}" rel="nofollow">Report an error</a>' in page
    assert f'href="{address(event)}?citation={event.citations.get().public_id}"' in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"words": ""}, "Say what is wrong."),
        ({"words": "  short  "}, "at least 10 characters (it has 5)"),
        ({"words": "x" * 1001}, "at most 1000 characters (it has 1001)"),
        ({"words": "A hidden \u202e turn of words."}, "U+202E"),
        ({"token": ""}, "This form has expired."),
        ({"token": "forged:1:abc"}, "This form has expired."),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_words_still_there(client, changes, words):
    event = make.published("Truce")

    answer = send(client, event, **changes)

    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert changes.get("words", WORDS).strip()[:20] in answer.content.decode()
    assert kept() == []


def test_token_holds_two_days_and_for_one_event(client, monkeypatch):
    event, other = make.published("Truce"), make.published("Clash")
    token = report_token(event)

    assert send(client, other, token=token).status_code == 400
    tomorrow, later = (timezone.localdate() + dt.timedelta(days=days) for days in (1, 2))
    monkeypatch.setattr(reports.timezone, "localdate", lambda: tomorrow)
    assert send(client, event, token=token).status_code == 303
    monkeypatch.setattr(reports.timezone, "localdate", lambda: later)
    assert send(client, event, token=token).status_code == 400


def test_form_of_another_site_is_refused(client):
    event = make.published("Truce")
    sent = {"words": WORDS, "token": report_token(event)}

    assert client.post(address(event), sent, headers={"sec-fetch-site": "cross-site"}).status_code == 400
    assert kept() == []


def test_report_sent_twice_is_kept_once(client):
    event = make.published("Truce")

    assert [send(client, event).status_code for _ in range(2)] == [303, 303]
    assert len(kept()) == 1


def test_one_address_may_report_so_often_an_hour(client, settings):
    settings.REPORTS_PER_HOUR = 2
    clear_buckets()
    event = make.published("Truce")

    answers = [send(client, event, f"{WORDS} {number}") for number in range(3)]

    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert int(answers[2]["Retry-After"]) in (1799, 1800)
    assert "Try again in 30 minutes." in answers[2].content.decode()
    assert send(client, make.published("Clash"), "The other day", REMOTE_ADDR="192.0.2.9").status_code == 429
    clear_buckets()


def test_reports_are_not_taken_without_end(client, monkeypatch):
    monkeypatch.setattr(reports, "MOST_WAITING", 1)
    event = make.published("Truce")

    assert [send(client, event, f"{WORDS} {number}").status_code for number in range(2)] == [303, 503]
    assert len(kept()) == 1


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_there_is_no_form_for_what_is_not_public(client, state):
    event = make.in_state(state)

    assert client.get(address(event)).status_code == 404
    assert send(client, event).status_code == 404
    other = make.published("Public")
    assert client.get(f"{address(other)}?citation={event.citations.get().public_id}").status_code == 404
    assert kept() == []


def test_desk_sees_it_as_a_report_behind_what_editors_propose(client):
    event = make.published("Truce")
    send(client, event, "A reader <b>writes</b>.", f"?citation={event.citations.get().public_id}")
    clash = make.published("Clash")
    ada = User.objects.create_user("ada")
    propose(clash, ada, "", reason="Two days, says the ministry.")

    desk = reviewer()
    whole, queue, home = (
        desk.get(path).content.decode()
        for path in ("/admin/timeline/event/review/", "/admin/timeline/event/review/?whose=readers", "/admin/")
    )

    assert whole.index("Remark: Clash") < whole.index("Report: Truce")
    assert ("Report: Truce" in queue, "Remark: Clash" in queue) == (True, False)
    assert "by <b>a reader</b>" in queue
    assert "1 report by readers" in queue
    assert "A reader &lt;b&gt;writes&lt;/b&gt;." in queue
    assert "About the quote" in queue
    assert "errors reported by readers" in home


def test_reader_sees_nothing_of_it(client):
    event = make.published("Truce")
    before = [client.get(path).content for path in ("/", event.get_absolute_url(), "/changes/", "/events.json")]
    send(client, event)

    assert [client.get(path).content for path in ("/", event.get_absolute_url(), "/changes/", "/events.json")] == before


def test_redaction_takes_words_out_of_it(client):
    event = make.published("Truce")
    send(client, event, "Vardan Hidden told me.")

    redact(["Vardan Hidden"], "erase", reason="Private person")

    assert "Vardan" not in PendingChange.objects.get().reason
    assert "redacted" in PendingChange.objects.get().reason
    assert ReviewNote.objects.filter(text__contains="Vardan").count() == 0
