"""The public pages of the texts that a briefing had before."""

import datetime as dt

import pytest

from tests import make
from timeline.models import Briefing, Original

pytestmark = pytest.mark.django_db

TEXT = "MS PORTER: The ceasefire holds. " + "Much more was said. " * 30 + "Troops moved."


def recaptured(**changes) -> Briefing:
    briefing = make.briefing(TEXT, captured_on=dt.date(2022, 3, 26), **changes)
    briefing.text, briefing.captured_on = TEXT.replace("Troops", "Tanks"), dt.date(2022, 4, 1)
    briefing.save()
    return briefing


def address(briefing: Briefing, sha256: str = "") -> str:
    return f"{briefing.get_absolute_url()}texts/{sha256 and f'{sha256}/'}"


def test_briefing_leads_to_its_earlier_texts_only_where_there_are_any(client):
    briefing, other = recaptured(), make.briefing()

    assert address(briefing) in client.get(briefing.get_absolute_url()).content.decode()
    assert "Earlier texts" not in client.get(other.get_absolute_url()).content.decode()
    assert "There is no earlier text" in client.get(address(other)).content.decode()


def test_earlier_text_is_shown_whole_with_hash_and_difference(client):
    briefing = recaptured()
    earlier = briefing.earlier_texts.get()

    listed = client.get(address(briefing)).content.decode()
    text = client.get(address(briefing, earlier.text_sha256)).content.decode()

    assert [words in listed for words in (earlier.text_sha256, briefing.text_sha256, "26 March 2022")] == [True] * 3
    assert [
        words in text
        for words in (TEXT.partition(": ")[2], "<del>Troops</del>", "<ins>Tanks</ins>", "characters are the same")
    ] == [True] * 4


@pytest.mark.parametrize("is_of_duplicate", [False, True])
def test_earlier_text_names_its_original_and_says_where_there_is_none(client, is_of_duplicate):
    briefing = recaptured()
    page = address(briefing, briefing.earlier_texts.get().text_sha256)
    assert "The original of this text is not stored." in client.get(page).content.decode()

    duplicate = make.briefing(TEXT, status="draft", merged_into=briefing)
    original = Original(
        briefing=duplicate if is_of_duplicate else briefing, way="pasted", format="text", extractor="words"
    )
    original.text_sha256, original.content = briefing.earlier_texts.get().text_sha256, TEXT.encode()
    original.save()

    assert original.sha256 in client.get(page).content.decode()
    assert original.sha256 not in client.get(briefing.get_absolute_url()).content.decode()


def test_any_two_texts_are_compared(client):
    briefing = recaptured()
    briefing.text = "MS PORTER: No comment."
    briefing.save()
    second, first = briefing.earlier_texts.all()

    def difference(before: str, after: str) -> str:
        return client.get(f"{address(briefing, before)}to/{after}/").content.decode()

    listed = client.get(address(briefing)).content.decode()
    to_next = difference(first.text_sha256, second.text_sha256)
    to_now = difference(first.text_sha256, briefing.text_sha256)

    links = [(first.text_sha256, second.text_sha256), (first.text_sha256, briefing.text_sha256)]
    links += [(second.text_sha256, briefing.text_sha256)]
    assert [f"{address(briefing, before)}to/{after}/" in listed for before, after in links] == [True] * 3
    assert ["<ins>Tanks</ins>" in page for page in (to_next, to_now)] == [True, False]
    assert "only in <a href=" in to_now
    assert client.get(f"{address(briefing, first.text_sha256)}to/{'0' * 64}/").status_code == 404


def test_who_captured_it_is_not_told_to_readers(client):
    briefing = recaptured()
    pages = [address(briefing), address(briefing, briefing.earlier_texts.get().text_sha256)]

    assert ["a command" in client.get(address).content.decode() for address in pages] == [False, False]


@pytest.mark.parametrize("sha256", ["0" * 64, "abc"])
def test_unknown_hash_is_not_found(client, sha256):
    assert client.get(address(recaptured(), sha256)).status_code == 404
