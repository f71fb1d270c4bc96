"""A source entered from a file: its text is shown before it is saved, and its bytes are stored with it."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import make
from timeline.admin import source_files
from timeline.models import Briefing, Original

from .clients import words
from .desk_client import fields, member, said
from .pdf_files import pdf

pytestmark = pytest.mark.django_db

ADD = "admin:timeline_briefing_add"
TALKS = pdf(
    "The talks\nMarch 25, 2022\nMR. PRICE: They hold.",
    "QUESTION: Why?\nMR. PRICE: They agreed.",
    catalogue=b"/Lang(en)",
)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.IMPORT_DIR = str(tmp_path)
    return tmp_path


def sent(client, url: str, file_name: str = "talks.pdf", content: bytes = TALKS, **typed):
    """Send the form with a file; return the page that shows what was read."""
    file = SimpleUploadedFile(file_name, content)
    return client.post(url, fields(client.get(url)) | typed | {"file": file})


def test_file_fills_in_the_form_and_is_stored_with_the_source(folder):
    client, publisher = member("Editor", "ada"), make.actor()

    shown = sent(client, reverse(ADD), title="My title", publisher=publisher.pk)
    form = fields(shown)

    assert Briefing.objects.count() == 0
    assert "Nothing is saved yet. Check the text of “talks.pdf”" in words(shown.content.decode())
    assert said(shown) == [
        "In “talks.pdf”: 2 pages, with their labels.",
        "In “talks.pdf”: title taken from the first line.",
        "In “talks.pdf”: found: Press briefing, 3 turns, language en, published 2022-03-25.",
        "In “talks.pdf”: kind not given, assumed to be a press briefing.",
    ]
    assert [form[name] for name in ("title", "slug", "kind", "language", "published_on")] == [
        *("My title", "2022-03-25-the-talks", "press_briefing", "en", "2022-03-25"),
    ]

    client.post(reverse(ADD), form)

    briefing = Briefing.objects.get()
    original = Original.objects.defer(None).get()
    assert (
        briefing.text == "The talks\nMarch 25, 2022\nMR. PRICE: They hold.\n\nQUESTION: Why?\nMR. PRICE: They agreed."
    )
    assert (bytes(original.content), original.way, original.file_name) == (TALKS, "uploaded", "talks.pdf")
    assert (original.text_sha256, original.received_by.username) == (briefing.text_sha256, "ada")
    assert (original.extractor, original.track) == ("PDF, pypdf", [[0, "1"], [48, "2"]])


def test_waiting_file_is_deleted_once_its_source_is_stored(folder, django_capture_on_commit_callbacks):
    client = member("Editor")
    form = fields(sent(client, reverse(ADD), publisher=make.actor().pk))
    assert len(list(folder.iterdir())) == 1

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse(ADD), form)

    assert (Briefing.objects.count(), list(folder.iterdir())) == (1, [])


@pytest.mark.parametrize(
    ("file_name", "content", "message"),
    [
        (
            "talks.doc",
            b"x",
            "“talks.doc”: This kind of file cannot be read. Files that can be read: .md, .markdown, .html, .htm, .txt, .pdf",
        ),
        ("talks.pdf", b"x", "“talks.pdf”: It does not begin with %PDF-, so this is not a PDF."),
        ("talks.txt", b"x" * 8_000_001, "“talks.txt”: It has 8,000,001 bytes; at most 8,000,000 are read. Split it."),
        ("talks.srt", b"1\n9:9 --> 9\nx", "“talks.srt”: Line 2, “9:9"),
    ],
    ids=["kind", "no PDF", "large", "times"],
)
def test_file_that_is_not_read_is_refused_and_nothing_is_stored(folder, file_name, content, message):
    shown = sent(member("Editor"), reverse(ADD), file_name, content, publisher=make.actor().pk)

    assert f"Nothing is saved. {message}" in words(shown.content.decode())
    assert (Briefing.objects.count(), list(folder.iterdir())) == (0, [])


def test_file_beside_pasted_words_is_refused_and_the_words_stay(folder):
    shown = sent(member("Editor"), reverse(ADD), text="Pasted words")

    assert "The form has both a pasted text and a file." in words(shown.content.decode())
    assert (fields(shown)["text"], list(folder.iterdir())) == ("Pasted words", [])


def test_words_that_are_not_those_of_the_file_are_refused():
    client = member("Editor")
    form = fields(sent(client, reverse(ADD), publisher=make.actor().pk))

    shown = client.post(reverse(ADD), form | {"text": form["text"] + " More."})

    assert "This is not the text of “talks.pdf”. Choose the file again." in words(shown.content.decode())
    assert Briefing.objects.count() == 0


@pytest.mark.parametrize("token", ["x", "of another"])
def test_file_that_is_not_there_or_of_another_account_is_refused(token):
    client = member("Editor")
    form = fields(sent(client, reverse(ADD), publisher=make.actor().pk))
    other, token = (member("Administrator"), form["from_file"]) if token == "of another" else (client, token)

    shown = other.post(reverse(ADD), form | {"from_file": token})

    assert "Choose it again." in words(shown.content.decode())
    assert Briefing.objects.count() == 0


def test_file_that_has_waited_for_a_week_is_deleted(folder, monkeypatch):
    client = member("Editor")
    sent(client, reverse(ADD))
    assert source_files.delete_old_files() == 0
    monkeypatch.setattr(source_files, "KEEP_FOR", -1)

    sent(client, reverse(ADD))
    assert len(list(folder.iterdir())) == 1
    assert (source_files.delete_old_files(), list(folder.iterdir())) == (1, [])


def test_file_takes_the_place_of_a_text_after_its_changes_were_shown():
    briefing = make.briefing("The talks\nThey held.", slug="talks")
    client, page = member("Editor"), reverse("admin:timeline_briefing_recapture", args=[briefing.pk])

    shown = sent(
        client, page, "talks.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nThey hold.\n", change_reason="Corrected"
    )
    assert "Nothing is saved yet." in words(shown.content.decode())
    briefing.refresh_from_db()
    assert briefing.text == "The talks\nThey held."

    client.post(page, fields(shown) | {"_confirm": "1"})

    briefing.refresh_from_db()
    original = Original.objects.get()
    assert (briefing.text, original.text_sha256) == ("They hold.", briefing.text_sha256)
    assert (original.way, original.track) == ("uploaded", [[0, "0:00:01"]])


def test_file_that_is_not_read_leaves_the_text():
    briefing = make.briefing("The talks", slug="talks")
    page = reverse("admin:timeline_briefing_recapture", args=[briefing.pk])

    shown = sent(member("Editor"), page, "talks.pdf", b"x")

    assert "“talks.pdf”: It does not begin with %PDF-, so this is not a PDF." in words(shown.content.decode())
    assert Original.objects.count() == 0


@pytest.mark.long
def test_longest_text_in_any_script_is_shown_and_stored():
    client, text = member("Editor"), "სათაური\n\n" + "სიტყვა " * 140_000
    form = fields(sent(client, reverse(ADD), "talks.txt", text.encode(), publisher=make.actor().pk, language="ka"))

    client.post(reverse(ADD), form)

    assert Briefing.objects.get().text == text
