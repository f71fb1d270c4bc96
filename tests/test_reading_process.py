"""Documents are read in a process with limits: what breaks it is refused, and the next document is read."""

import os
import re
import signal
import threading

import pytest
from django.core.management import CommandError, call_command

from timeline.extraction import worker
from timeline.extraction.extracted import Extracted, Refused
from timeline.extraction.readers import extract
from timeline.extraction.reading_process import ReadingProcess
from timeline.models import Original

from . import hostile_files
from .pdf_files import pdf

TEXT = b"Title\n\nWords"
ENDS_BADLY = "cannot be read as PDF|is encrypted|no text|not text|not a PDF|Byte |write times like|ends before it begins|are kept|are read"


@pytest.fixture(scope="module")
def reading():
    with ReadingProcess() as process:
        yield process


def read_or_refused(reading: ReadingProcess, name: str, content: bytes) -> str:
    """Return the text of the file, or why it was refused."""
    try:
        return reading.extract(content, name.rpartition(".")[2], name).text
    except Refused as refused:
        return str(refused)


def test_documents_are_read_in_one_process_as_they_are_here(reading):
    content = pdf("One", "Two", catalogue=b"/Lang(en)")

    assert reading.extract(content, "pdf", "f.pdf") == extract(content, "pdf", "f.pdf")
    first = reading._process.pid
    assert reading.extract(TEXT, "txt", "f.txt") == Extracted("Title\n\nWords", {"title": "Title"})
    assert reading._process.pid == first


def test_refusal_is_that_of_the_reader(reading):
    with pytest.raises(Refused, match="^It has fewer than two lines. Write the title, the day, then the words.$"):
        reading.extract(b"Title", "txt", "f.txt")


def test_process_knows_no_password_of_the_site(reading, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "secret")
    with ReadingProcess() as other:
        other.extract(TEXT, "txt", "f.txt")
        with open(f"/proc/{other._process.pid}/environ", "rb") as environment:
            assert b"secret" not in environment.read()


def test_document_that_takes_too_long_is_refused_and_the_next_one_read():
    with ReadingProcess(seconds=5) as reading:
        reading.extract(TEXT, "txt", "f.txt")
        reading._seconds = 0.1
        os.kill(reading._process.pid, signal.SIGSTOP)

        with pytest.raises(Refused, match="^Reading it took more than 0.1 seconds and was stopped. Save its text.$"):
            reading.extract(TEXT, "txt", "f.txt")
        reading._seconds = 60
        assert reading.extract(TEXT, "txt", "f.txt").text == "Title\n\nWords"


def test_place_at_which_the_time_ended_is_said():
    slow = hostile_files.one_page(hostile_files.flate(b"BT /F1 1 Tf (x) Tj ET ", 400_000))
    with ReadingProcess(seconds=5) as reading:
        reading.extract(pdf("Words"), "pdf", "f.pdf")
        reading._seconds = 0.3

        with pytest.raises(Refused, match="^Reading it took more than 0.3 seconds and was stopped at page 1. Save its"):
            reading.extract(slow, "pdf", "f.pdf")


def test_document_that_takes_too_much_memory_is_refused():
    with ReadingProcess(memory=64 << 20) as reading:
        with pytest.raises(Refused, match="^Reading it needs more than 64 MB of memory; stopped. Save its text.$"):
            reading.extract(b"x" * (40 << 20), "txt", "f.txt")
        assert reading.extract(TEXT, "txt", "f.txt").text == "Title\n\nWords"


def test_crash_of_the_reader_is_a_refusal():
    with ReadingProcess() as reading:
        reading.extract(TEXT, "txt", "f.txt")
        os.kill(reading._process.pid, signal.SIGSTOP)
        threading.Timer(0.05, os.kill, (reading._process.pid, signal.SIGKILL)).start()

        with pytest.raises(Refused, match="^Its reader crashed \\(exit code -9\\). Save its text.$"):
            reading.extract(TEXT, "txt", "f.txt")


def test_process_that_ended_meanwhile_is_started_again():
    with ReadingProcess() as reading:
        reading.extract(TEXT, "txt", "f.txt")
        os.kill(reading._process.pid, signal.SIGKILL)
        reading._process.wait()

        assert reading.extract(TEXT, "txt", "f.txt").text == "Title\n\nWords"


def test_machine_without_limits_of_processes_reads_all_the_same(monkeypatch):
    monkeypatch.setattr(worker, "resource", None)

    assert (worker._limit_memory(1), worker._limit_time()) == (None, None)
    assert worker._answer(TEXT, "txt", "f.txt")["text"] == "Title\n\nWords"


@pytest.mark.parametrize("name", hostile_files.QUICK)
def test_hostile_file_is_refused_or_read(reading, name):
    words = read_or_refused(reading, name, hostile_files.QUICK[name]())

    assert words == "Words" or re.search(ENDS_BADLY, words)


@pytest.mark.long
@pytest.mark.parametrize("name", hostile_files.HEAVY)
def test_heavy_file_is_refused_or_read_within_the_limits(reading, name):
    words = read_or_refused(reading, name, hostile_files.HEAVY[name]())

    assert words == "Words" or re.search(f"{ENDS_BADLY}|took more than 60 seconds", words)  # a busy machine


@pytest.mark.django_db
def test_import_of_hostile_files_stores_the_good_one_alone(tmp_path, capsys):
    for name in ("pages-in-a-circle.pdf", "encrypted.pdf", "nonsense-times.srt", "binary.vtt"):
        (tmp_path / name).write_bytes(hostile_files.QUICK[name]())
    (tmp_path / "good.txt").write_bytes(b"The talks\n\nMarch 25, 2022\n\nThey hold.")

    with pytest.raises(CommandError, match="4 documents refused"):
        call_command("import_briefings", str(tmp_path), "--publisher=Office", "--language=en")

    assert list(Original.objects.values_list("file_name", "briefing__title")) == [("good.txt", "The talks")]
    lines = capsys.readouterr().out.splitlines()
    assert f"refused    {tmp_path}/encrypted.pdf: It is encrypted. Save it without a password or protection." in lines
