"""Many editors at one moment: on PostgreSQL, and on SQLite with a database in a file, as it is used."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import reverse

from tests import make
from timeline.history import EVENT_PARTS, version
from timeline.models import Event, EventType

from .desk_client import editor, fields

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.long, pytest.mark.database]

ROUNDS, EDITORS = 20, 8
HAPPENED = {"actuality": "occurred"}


def at_once(clients: list[Client], url: str, forms: list[dict]) -> list:
    """Send all forms at one moment; return the answers in the order of the clients."""
    start = Barrier(len(clients))

    def send(client: Client, form: dict):
        start.wait()
        try:
            return client.post(url, form)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clients)) as pool:
        return list(pool.map(send, clients, forms))


def test_of_eight_editors_one_wins_and_the_others_keep_their_text(shared, monkeypatch):
    clients = [editor(f"editor {number}") for number in range(EDITORS)]
    empty = fields(clients[0].get(reverse("admin:timeline_event_add")))
    for round_ in range(ROUNDS):
        event = make.event("As it was")
        url = reverse("admin:timeline_event_change", args=[event.pk])
        opened = empty | HAPPENED | {"event_type": event.event_type_id, "edtf": event.edtf}
        opened |= {"version": version(event, EVENT_PARTS)}
        typed = [f"Round {round_}, editor {number}" for number in range(EDITORS)]

        answers = at_once(clients, url, [opened | {"title": title, "_save": "1"} for title in typed])

        [winner] = [number for number, answer in enumerate(answers) if answer.status_code == 302]
        event.refresh_from_db()
        assert (event.title, event.history.count()) == (typed[winner], 2)
        for number in set(range(EDITORS)) - {winner}:
            expected = {
                "title": typed[number],
                "said": f"Nothing was saved: editor {winner} changed this event",
                "sides": ["As it was", typed[winner], typed[number]],
            }
            assert given(answers[number]) == expected
            assert round_ or shown(answers[number]) == expected
        monkeypatch.setattr(TemplateResponse, "rendered_content", "")  # one round is drawn: that takes the most time


def given(answer) -> dict:
    """Return what the page is given to show."""
    conflict, form = answer.context_data["conflict"], answer.context_data["adminform"].form
    [line] = conflict.theirs[0].their_lines
    said = conflict.message.partition(" on ")[0]
    return {"title": form["title"].value(), "said": said, "sides": [line.before, line.now, line.typed]}


def shown(answer) -> dict:
    """Return what the page says, read from its text: while threads draw pages, `context` mixes theirs."""
    html = answer.content.decode()
    said = re.search(r"Nothing was saved: .*? changed this event", html)[0]
    sides = re.findall(r'<td data-side="[^"]*">(?:<b>)?(.*?)(?: <span|</b>|</td>)', html)
    return {"title": fields(answer)["title"], "said": said, "sides": sides}


def test_a_form_sent_eight_times_at_once_makes_one_event(shared):
    client = editor()
    url = reverse("admin:timeline_event_add")
    kind = EventType.objects.get(slug="statement").pk
    form = (
        fields(client.get(url)) | {"title": "Sent again and again", "event_type": kind, "edtf": "2022-03-24"} | HAPPENED
    )

    answers = at_once([client] * EDITORS, url, [form | {"_save": "1"}] * EDITORS)

    event = Event.objects.get()
    change = reverse("admin:timeline_event_change", args=[event.pk])
    assert [(answer.status_code, answer.get("Location")) for answer in answers] == [(302, change)] * EDITORS
