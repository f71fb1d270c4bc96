import re

import pytest
from django.test import Client

from tests import make

from .clients import csv_rows, page_ids

pytestmark = pytest.mark.django_db

TAGS = re.compile(r"<[^>]+>")


def words(html: str) -> str:
    return " ".join(TAGS.sub(" ", html).split())


def rows(client: Client) -> list[str]:
    html = client.get("/conflicts/").content.decode()
    return [words(row) for row in re.findall('<li class="register__row.*?">(.*?)</li>', html, re.S)]


def test_list_shows_first_and_latest_event_as_precisely_as_they_are_known(client):
    conflict = make.conflict("Karabakh")
    for date in ("2022-03-24", "2020-11", "[..2019-01-01]", "[2022-03-25,2022-03-26]"):
        make.published(conflict=conflict, edtf=date)

    assert rows(client) == ["Karabakh First event: November 2020 · latest: 25 or 26 March 2022 4 events"]


def test_list_of_one_event_names_it_once(client):
    make.published(conflict=make.conflict("Karabakh"), edtf="2020-11~")

    assert rows(client) == ["Karabakh First event: about November 2020 1 event"]


def test_list_without_a_known_start_says_so(client):
    make.published(conflict=make.conflict("Karabakh"), edtf="[..2019-01-01]")

    assert rows(client) == ["Karabakh First event: not stated 1 event"]


def test_empty_list_says_so(client):
    assert "No published event belongs to a conflict yet." in client.get("/conflicts/").content.decode()


def test_page_that_is_not_there_is_a_404(client):
    assert client.get("/conflicts/?page=2").status_code == 404


def test_page_shows_what_the_conflict_is_and_its_events(client):
    conflict = make.conflict("Karabakh", slug="karabakh", description="Armenia and Azerbaijan.")
    event, _ = make.published(conflict=conflict), make.published()

    page = words(client.get("/conflicts/karabakh/").content.decode())

    assert "All conflicts Conflict Karabakh Armenia and Azerbaijan." in page
    assert page_ids(client, path="/conflicts/karabakh/") == [event.public_id]
    assert 'href="/events.csv?conflict=karabakh"' in client.get("/conflicts/karabakh/").content.decode()
    assert [row["public_id"] for row in csv_rows(client, "conflict=karabakh")] == [event.public_id]
