"""A page of the web becomes a draft source, with the answer of its server as the original."""

import gzip
import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from warcio.archiveiterator import ArchiveIterator

from timeline.extraction import warc_page
from timeline.models import Briefing, Original

from .pdf_files import pdf
from .web_server import answer, web_server

pytestmark = pytest.mark.django_db

HTML = "Content-Type: text/html; charset=windows-1251"
PAGE = """<html lang=ru><title>Заявление</title><link rel=canonical href="https://other.example/x">
<main><h1>Заявление</h1><p>25 марта 2022<p>Перемирие соблюдается.</main>""".encode("cp1251")


def captured(url: str, *options: str) -> str:
    """Return what the command prints, and why it failed where it did."""
    out = io.StringIO()
    try:
        call_command("capture", url, "--allow-private", "--publisher=Office", *options, stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}{error} ({error.returncode})"
    return out.getvalue()


def test_page_becomes_a_draft_with_its_warc_from_which_the_text_is_made_again():
    with web_server({"/": answer(b"", "302 Found", "Location: /talk"), "/talk": answer(PAGE, "200 OK", HTML)}) as (
        site,
        _,
    ):
        out = captured(site)

    briefing, original = Briefing.objects.get(), Original.objects.defer(None).get()
    assert out.startswith(
        f"new        2022-03-25  {briefing.slug}  (Statement; 1 turn; read as windows-1251, as the page says"
    )
    assert (briefing.status, briefing.language, briefing.url) == ("draft", "ru", f"{site}/talk")
    assert briefing.captured_on == timezone.now().date()
    assert briefing.text.endswith("Перемирие соблюдается.")
    assert (original.way, original.format, original.file_ending, original.address) == (
        *("captured", "warc", "warc.gz", f"{site}/talk"),
    )
    assert original.extractor == "WARC, warcio, selectolax, pypdf"
    records = [
        (record.rec_type, record.rec_headers.get_header("WARC-Target-URI"), record.raw_stream.read())
        for record in ArchiveIterator(io.BytesIO(original.content))
    ]
    assert [(kind, url) for kind, url, _ in records] == [
        ("warcinfo", None),
        *(("response", site), ("request", site)),
        *(("response", f"{site}/talk"), ("request", f"{site}/talk")),
    ]
    assert records[3][2] == PAGE
    call_command("derive_texts", stdout=(derived := io.StringIO()))
    assert derived.getvalue().endswith("1 equal, 0 differ.\n")


def test_same_page_again_changes_nothing_and_a_changed_one_is_reported():
    answers = {"/": answer(PAGE, "200 OK", HTML)}
    with web_server(answers) as (site, _):
        captured(site)
        assert captured(site) == ""
        answers["/"] = answer(PAGE.replace(b"25", b"26"), "200 OK", HTML)
        assert "changed" in captured(site)

    assert (Briefing.objects.count(), Original.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("body", "content_type", "track"),
    [
        (pdf("The talks", "They hold."), "application/pdf", [[0, "1"], [11, "2"]]),
        (b"The talks\n\nThey hold.", "text/plain", []),
        (b"WEBVTT talks\n\n00:01.000 --> 00:02.000\nThey hold.", "text/vtt", [[0, "0:00:01"]]),
    ],
    ids=["pdf", "txt", "vtt"],
)
def test_other_kinds_of_documents_are_read_as_what_they_are(body, content_type, track):
    with web_server({"/talks": answer(body, "200 OK", f"Content-Type: {content_type}")}) as (site, _):
        captured(f"{site}/talks", "--language=en")

    assert (Briefing.objects.get().text.endswith("They hold."), Original.objects.get().track) == (True, track)


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        (
            answer(b"\x89PNG", "200 OK", "Content-Type: image/png"),
            "It is image/png. Web pages, PDF, plain text and",
        ),
        (answer(b"", "200 OK", "Content-Type: text/html"), "There is no text in it."),
        (answer(b"<title>T</title><p>", "200 OK", "Content-Type: text/html"), "There is no text in it."),
        (answer(b"", "500 Oops"), "answers 500 Oops."),
    ],
    ids=["picture", "empty", "no words", "fault"],
)
def test_what_is_no_document_is_refused_and_nothing_is_stored(sent, message):
    with web_server({"/": sent}) as (site, _):
        out = captured(site)

    assert out.startswith(f"refused    {site}: ")
    assert message in out
    assert out.endswith("Nothing is stored. (1)")
    assert (Briefing.objects.count(), Original.objects.count()) == (0, 0)


def test_dry_run_stores_nothing():
    with web_server({"/": answer(PAGE, "200 OK", HTML)}) as (site, _):
        assert captured(site, "--dry-run").endswith("Dry run: nothing is stored.\n")

    assert (Briefing.objects.count(), Original.objects.count()) == (0, 0)


def test_compressed_answer_is_read_within_bounds():
    small = answer(gzip.compress(PAGE), "200 OK", HTML, "Content-Encoding: gzip")
    bomb = answer(gzip.compress(bytes(warc_page.LARGEST + 1)), "200 OK", HTML, "Content-Encoding: gzip")
    with web_server({"/": small, "/bomb": bomb}) as (site, _):
        assert "The page has more than 32,000,000 bytes." in captured(f"{site}/bomb")
        assert captured(site).startswith("new")
