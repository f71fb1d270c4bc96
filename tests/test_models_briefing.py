import hashlib

import pytest
from django.db import DatabaseError

from tests import make
from timeline.models import Briefing

from .constraints import force, problems, refused_by

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TEXT = "QUESTION: Did they talk?\n\nMS PORTER: They did. The ceasefire holds."


def new_briefing(**changes) -> Briefing:
    fields = {"slug": "new", "title": "Briefing", "kind": "readout", "publisher": make.actor(), "text": TEXT}
    return Briefing(**fields | changes)


# Rules


@pytest.mark.parametrize("field", ["url", "archive_url"])
@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//example.org", "ftp://example.org"])
def test_briefing_addresses_are_web_addresses(field, address):
    assert problems(new_briefing(**{field: address})) == {
        field: [f"“{address}” is not a web address. Write it in full, like https://www.state.gov/briefings/."]
    }
    with refused_by(f"briefing_{field}_http"):
        Briefing.objects.bulk_create([new_briefing(text="", **{"url": "https://a.org", field: address})])


def test_briefing_has_a_text_or_an_address():
    assert problems(new_briefing(text="")) == {"text": ["Give the text, or the address where it can be read."]}
    with refused_by("briefing_text_or_address"):
        Briefing.objects.bulk_create([new_briefing(text="")])


def test_briefing_of_unseen_characters_has_no_text():
    assert list(problems(new_briefing(text="\u00ad\ufeff"))) == ["text"]


@pytest.mark.parametrize("values", [{"text_sha256": ""}, {"text_sha256": "abc"}, {"text": "", "url": "https://a.org"}])
def test_briefing_text_and_hash_go_together(values):
    with refused_by("briefing_text_hashed"):
        force(make.briefing(), **values)


# Text


def test_briefing_text_is_normalised():
    briefing = make.briefing("One\r\ntwo\u00a0three\rcafe\u0301 so\u00adft \u202eback")

    briefing.refresh_from_db()
    assert briefing.text == "One\ntwo three\ncafé soft [U+202E]back"


def test_briefing_text_is_hashed():
    briefing = make.briefing("One\r\ntwo")

    briefing.refresh_from_db()
    assert briefing.text_sha256 == hashlib.sha256(b"One\ntwo").hexdigest()


def test_briefing_without_text_has_no_hash():
    assert make.briefing("", url="https://example.org").text_sha256 == ""


def test_briefing_updated_by_name_of_a_column_is_hashed_too():
    briefing = make.briefing()

    Briefing.objects.update_or_create(slug=briefing.slug, defaults={"text": "Other\r\nwords"})

    briefing.refresh_from_db()
    assert (briefing.text, briefing.text_sha256) == ("Other\nwords", hashlib.sha256(b"Other\nwords").hexdigest())


def test_briefing_transcript_has_its_turns():
    turns = make.briefing(TEXT).transcript.turns

    assert [(turn.speaker, turn.kind) for turn in turns] == [("QUESTION", "question"), ("MS PORTER", "answer")]


def test_briefing_is_public_once_published():
    assert (make.briefing().is_public, make.briefing(status="draft").is_public) == (True, False)


def test_briefing_text_shows_what_the_database_cannot_hold():
    briefing = make.briefing("nothing\x00hidden")

    assert Briefing.objects.get(pk=briefing.pk).text == "nothing[U+0000]hidden"


def test_briefing_slug_stands_once():
    make.briefing(slug="new")

    assert problems(new_briefing()) == {"slug": ["Source with this Slug already exists."]}
    with pytest.raises(DatabaseError):
        new_briefing().save()
