"""The bytes of texts: kept by each way in, read again by a command, told to readers, given to those who may have them."""

import io
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests import make
from timeline.imports.briefings.document import Received
from timeline.imports.briefings.originals import keep_original
from timeline.models import Briefing, Original
from timeline.models.original import Way
from timeline.redaction.apply import redact
from timeline.text.track import Track

from .briefing_page import html_of
from .clients import words
from .desk_client import fields, member, send
from .pdf_files import pdf

pytestmark = pytest.mark.django_db

MARKDOWN = '---\ntitle: "Call"\ndate: 2023-09-30\npublisher: Office\nlanguage: en\n---\n\nMS PORTER:  It **holds**.\n'
PAGE = "<html lang=en><title>Page</title><main><h1>Page</h1><p>March 25, 2022<p>It holds.</main>"
TABLE = "title,text,publisher,language\nOne,It holds.,Office,en\nTwo,It goes on.,Office,en\n"


def derived(*slugs: str) -> str:
    """Return what the command says of texts made again."""
    out = io.StringIO()
    try:
        call_command("derive_texts", *slugs, stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}{error} ({error.returncode})"
    return out.getvalue()


@pytest.fixture
def folder(tmp_path) -> Path:
    for name, content in (("a.md", MARKDOWN), ("b.html", PAGE), ("c.csv", TABLE), ("d.txt", "Title\n\nWords.\r\n")):
        (tmp_path / name).write_bytes(content.encode())
    return tmp_path


def test_import_keeps_the_bytes_of_each_document_and_its_text_is_made_again(folder):
    call_command("import_briefings", str(folder), publisher="Office", language="en", stdout=io.StringIO())

    kept_originals = Original.objects.order_by("pk").values_list("way", "format", "file_name", "extractor")
    assert [bytes(content) for content in Original.objects.order_by("pk").values_list("content", flat=True)] == [
        (folder / "a.md").read_bytes(),
        (folder / "b.html").read_bytes(),
        b"title,text,publisher,language\nOne,It holds.,Office,en\n",
        b"title,text,publisher,language\nTwo,It goes on.,Office,en\n",
        (folder / "d.txt").read_bytes(),
    ]
    assert list(kept_originals) == [
        ("command", "md", "a.md", "Markdown, markdown-it-py"),
        ("command", "html", "b.html", "HTML, selectolax"),
        ("command", "csv", "c.csv", "row of a CSV file"),
        ("command", "csv", "c.csv", "row of a CSV file"),
        ("command", "txt", "d.txt", "plain text"),
    ]
    assert derived().endswith("5 equal, 0 differ.\n")
    call_command("import_briefings", str(folder), publisher="Office", language="en", stdout=io.StringIO())
    assert Original.objects.count() == 5


def test_pages_and_times_are_kept_with_the_bytes(tmp_path):
    (tmp_path / "a.pdf").write_bytes(pdf("The talks\nMarch 25, 2022", "They hold.", catalogue=b"/Lang(en)"))
    (tmp_path / "b.srt").write_bytes(
        b"1\n00:01:33,500 --> 00:01:35,000\nWe met.\n\n2\n00:01:35,000 --> 00:01:36,000\nYes.\n"
    )
    call_command("import_briefings", str(tmp_path), publisher="Office", language="en", stdout=io.StringIO())

    assert list(Original.objects.order_by("pk").values_list("extractor", "track_kind", "track")) == [
        ("PDF, pypdf", "page", [[0, "1"], [26, "2"]]),
        ("captions", "time", [[0, "0:01:33"], [8, "0:01:35"]]),
    ]
    first, second = Original.objects.order_by("pk")
    assert first.pages_and_times.locator(5, 30) == "pp. 1–2"
    assert second.pages_and_times.locator(0, 4) == "0:01:33"
    assert derived().endswith("2 equal, 0 differ.\n")


def test_dry_run_keeps_no_original(folder):
    call_command("import_briefings", str(folder), publisher="Office", dry_run=True, stdout=io.StringIO())

    assert Original.objects.count() == 0


def test_text_that_is_not_what_its_original_gives_is_said_to_differ():
    briefing = make.briefing("One\nTwo\nThree", slug="talk")
    keep_original(briefing, Received(b"One\nTo\nThree", "text"), Way.PASTED)

    lines = derived("talk").splitlines()

    assert lines[0].startswith("differs  talk (pasted text, text rules ")
    assert [line.strip() for line in lines[3:6]] == ["@@ -2 +2 @@", "-Two", "+To"]
    assert lines[-2:] == ["0 equal, 1 differ.", "Not every text is what its original gives; see above. (1)"]
    assert derived("other") == "0 equal, 0 differ.\n"


def test_pages_that_are_not_those_of_the_original_are_said_to_differ():
    content = pdf("The talks", "They hold.")
    briefing = make.briefing("The talks\n\nThey hold.", slug="talks")
    keep_original(
        briefing, Received(content, "pdf", "a.pdf"), Way.UPLOADED, track=Track("page", ((0, "i"), (11, "ii")))
    )

    assert "The text is equal, but its pages or times are not those that are stored." in derived()


def test_original_that_gives_no_text_any_more_is_said_to_differ():
    keep_original(make.briefing(slug="talk"), Received(b"one line alone", "txt"), Way.COMMAND)

    assert "It has fewer than two lines." in derived()


def test_pasted_text_is_kept_as_it_was_sent_and_pasted_again_with_it():
    client, text = member("Editor", "ada"), "MS PORTER:\u00a0It holds.\r\n"
    typed = {"title": "Talk", "slug": "talk", "kind": "interview", "publisher": make.actor().pk, "text": text}
    send(client, reverse("admin:timeline_briefing_add"), **typed)
    briefing = Briefing.objects.get()

    page = reverse("admin:timeline_briefing_recapture", args=[briefing.pk])
    pasted = {"text": "MS PORTER:\u00a0It held.\r\n", "captured_on": "2022-04-01", "change_reason": "Corrected"}
    client.post(page, fields(client.post(page, pasted)) | {"_confirm": "1"})

    first, second = Original.objects.order_by("pk").defer(None)
    briefing.refresh_from_db()
    assert (bytes(first.content), first.way, first.received_by.username) == (text.encode(), "pasted", "ada")
    assert bytes(second.content).decode().split("\r\n") == ["MS PORTER:\u00a0It held.", ""]
    assert first.text_sha256 == briefing.earlier_texts.get().text_sha256
    assert second.text_sha256 == briefing.text_sha256
    assert derived().endswith("2 equal, 0 differ.\n")


@pytest.mark.parametrize("is_earlier", [False, True])
def test_redacted_source_has_its_original_sealed_for_the_custodians_or_none(client, is_earlier):
    briefing = make.briefing("MS PORTER: Zebediah Quill saw it.", slug="talk")
    original = keep_original(briefing, Received(b"MS PORTER: Zebediah Quill saw it.", "text"), Way.PASTED)
    if is_earlier:
        briefing.text = "MS PORTER: Somebody saw it."
        briefing.save()
    other = keep_original(make.briefing(), Received(b"Other words", "text"), Way.PASTED)
    ada, bela = member("Administrator", "ada"), member("Administrator", "bela")
    page = reverse("admin:timeline_briefing_original", args=[briefing.pk, original.pk])

    redact(["Zebediah Quill"], "restrict", reason="Danger", custodians=[User.objects.get(username="ada")])

    assert (ada.get(page).status_code, bela.get(page).status_code) == (200, 403)
    assert (
        original.sha256 not in bela.get(reverse("admin:timeline_briefing_texts", args=[briefing.pk])).content.decode()
    )
    assert "The original of this text is not stored." in words(html_of(client, Briefing.objects.get(slug="talk")))
    assert Original.objects.received([briefing.pk]) == {}

    redact(["saw it"], "erase", reason="Law")
    assert list(Original.objects.all()) == [other]


def test_demo_keeps_its_original():
    call_command("load_demo", stdout=io.StringIO())

    assert derived().endswith("1 equal, 0 differ.\n")


def test_readers_learn_of_the_original_and_of_there_being_none(client):
    briefing = make.briefing()
    assert "The original of this text is not stored." in words(html_of(client, briefing))

    original = keep_original(briefing, Received(briefing.text.encode(), "text"), Way.PASTED)
    page = words(html_of(client, briefing))

    assert f"Pasted on {original.received_at:%-d %B %Y, %H:%M} UTC" in page
    assert f"{original.size} bytes, read as pasted text (text rules 2)" in page
    assert original.sha256 in page


def test_bytes_are_for_those_with_the_right_and_never_shown_in_the_browser():
    briefing = make.briefing(slug="talk")
    original = keep_original(briefing, Received(b"<script>alert(1)</script>", "html"), Way.COMMAND)
    page = reverse("admin:timeline_briefing_original", args=[briefing.pk, original.pk])

    ada, bela = member("Editor"), member("Viewer")

    answer = ada.get(page)

    assert (answer.content, answer["Content-Type"]) == (b"<script>alert(1)</script>", "application/octet-stream")
    assert answer["Content-Disposition"] == f'attachment; filename="talk-{original.sha256[:12]}.html"'
    assert bela.get(page).status_code == 403
    texts = reverse("admin:timeline_briefing_texts", args=[briefing.pk])
    assert page in ada.get(texts).content.decode()
    assert page not in bela.get(texts).content.decode()
    other = reverse("admin:timeline_briefing_original", args=[make.briefing().pk, original.pk])
    assert ada.get(other).status_code == 404
