"""The real documents, where they are: all are read, a part is stored (storing all takes most of a minute)."""

from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command

from timeline.extraction.readers import extract
from timeline.imports.briefings.document import Document
from timeline.imports.briefings.document_files import documents, find_files
from timeline.models import Briefing
from timeline.text.search_query import parse

from .beside import SHARED

NAMES = ("data/whitehouse-briefings", "data/whitehouse-caucasus", "data/state-transcripts")
FOLDERS = [SHARED / name for name in NAMES]

pytestmark = [pytest.mark.long, pytest.mark.beside(*NAMES)]


def read(folder: Path) -> list[Document]:
    return [document for path in find_files([str(folder)]).files for document in documents(path, extract)]


def test_every_document_of_the_caucasus_and_the_state_department_is_read():
    all_documents = [*read(FOLDERS[1]), *read(FOLDERS[2])]

    assert Counter(type(document) for document in all_documents) == {Document: 36}
    # the column “date” is the day of the copy
    assert [document.published.day for document in all_documents[22:]] == [None] * 14
    assert sum(document.captured_on is not None for document in all_documents) == 14
    assert not any("\x92" in document.text for document in all_documents)


@pytest.mark.django_db
def test_documents_are_stored_once_and_their_quotes_hold(capsys):
    paths = [str(FOLDERS[1]), str(FOLDERS[2])]

    call_command("import_briefings", *paths, "--publish")
    assert capsys.readouterr().out.endswith("36 new, 0 changed, 0 unchanged, 0 refused.\n")
    call_command("import_briefings", *paths, "--publish")
    assert capsys.readouterr().out.endswith("0 new, 0 changed, 36 unchanged, 0 refused.\n")
    call_command("verify_quotes")
    assert Briefing.objects.containing(parse('"armenian genocide"')).count() == 5


def test_head_of_a_call_gives_the_day_it_was_held():
    paths = [path for path in find_files([str(FOLDERS[0])]).files if path.name.startswith("2021-03-31")]

    assert [document.notes for path in paths for document in documents(path, extract)] == [
        ("posted on 2021-03-31; the text itself is dated 2021-03-30",)
    ]


def test_correction_stays_readable():
    texts = [
        document.text for path in find_files([str(FOLDERS[0])]).files[150:170] for document in documents(path, extract)
    ]

    assert sum("[struck: " in text for text in texts) > 0
    assert not any("<s>" in text or "\\[" in text for text in texts)
