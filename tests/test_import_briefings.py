import datetime as dt
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests import make
from timeline.imports.briefings import store_documents
from timeline.models import Actor, Briefing

from .desk_client import rows

pytestmark = pytest.mark.django_db

CALL = """---
title: "Background Press Call"
date: 2023-09-30
source_url: https://www.whitehouse.gov/call/
---
(September 29, 2023)

MS. PSAKI:  Jen Psaki here.  The ceasefire holds.

Q  Why?
"""


def run(*arguments: str) -> tuple[str, int]:
    """Return what the command printed, and its exit code."""
    written = io.StringIO()
    try:
        call_command("import_briefings", *map(str, arguments), stdout=written, stderr=io.StringIO())
    except CommandError as error:
        return f"{written.getvalue()}{error}\n", error.returncode
    return written.getvalue(), 0


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "call.md").write_text(CALL)
    return tmp_path


def test_document_becomes_a_draft_with_publisher_speakers_and_a_reason(folder):
    psaki = make.actor("Jen Psaki", kind="person")

    assert run(folder) == (
        "new        2023-09-30  2023-09-30-background-press-call  (Press briefing; 2 turns; MS. PSAKI is Jen Psaki (the full name in the document); "
        "posted on 2023-09-30; the text itself is dated 2023-09-29; "
        "its language is not certain: English is assumed; name another with --language)\n"
        "New actor: The White House, as publisher.\n"
        "1 new, 0 changed, 0 unchanged, 0 refused.\n",
        0,
    )
    made = Briefing.objects.get()
    assert (made.status, made.kind, made.published_on, made.url, made.language) == (
        "draft",
        "press_briefing",
        dt.date(2023, 9, 30),
        "https://www.whitehouse.gov/call/",
        "en",
    )
    assert made.text == CALL.partition("---\n(")[2].join(["(", ""]).strip()
    assert list(made.speakers.values_list("label", "actor")) == [("MS. PSAKI", psaki.pk)]
    assert (made.publisher.kind, made.publisher.country) == ("organisation", "US")
    assert made.history.get().history_change_reason == f"Imported from {folder / 'call.md'}"


def test_the_same_again_changes_nothing(folder):
    run(folder)
    before = rows()

    assert run(folder) == ("0 new, 0 changed, 1 unchanged, 0 refused.\n", 0)
    assert rows() == before


def test_dry_run_says_all_and_stores_nothing(folder):
    (folder / "copy.md").write_text(CALL)
    before = rows()
    said, code = run(folder, "--dry-run")

    assert said.splitlines()[1:] == [
        "New actor: The White House, as publisher.",
        "Speakers not known as actors: MS. PSAKI. Name them in the source, or make them actors and use --name-speakers.",
        "1 new, 0 changed, 1 unchanged, 0 refused. Dry run: nothing is stored.",
    ]
    assert (rows(), code) == (before, 0)


def test_names_that_are_no_actors_are_listed_by_how_often_they_occur(folder):
    (folder / "call.md").write_text(f"{CALL}\n\nIran called. Ada Quill, Ada Quill and the Iranian minister answered.")

    lines = run(folder)[0].splitlines()

    assert (
        "Names that are not actors yet: Ada Quill (2), Iran (2). Add them where a source is worked on at the desk."
        in lines
    )


def test_published_by_choice(folder):
    run(folder, "--publish")

    assert Briefing.objects.get().status == "published"


def test_changed_document_is_told_and_not_rewritten(folder):
    run(folder)
    before = rows()
    (folder / "call.md").write_text(CALL.replace("holds", "is broken"))

    assert run(folder) == (
        f"changed    {folder / 'call.md'}: its text is not that of “2023-09-30-background-press-call”. Nothing is "
        "written; an editor decides.\n0 new, 1 changed, 0 unchanged, 0 refused.\n",
        0,
    )
    assert rows() == before


def test_text_that_an_editor_mended_is_not_a_change_of_the_document(folder):
    run(folder)
    briefing = Briefing.objects.get()
    briefing.text += "\n\nNote"
    briefing.save()

    assert run(folder)[0] == "0 new, 0 changed, 1 unchanged, 0 refused.\n"


def test_what_is_stored_under_another_slug_is_known_by_its_text(folder):
    run(folder)
    Briefing.objects.update(slug="other", url="https://elsewhere.example/")

    assert run(folder)[0] == "0 new, 0 changed, 1 unchanged, 0 refused.\n"


def test_other_document_of_that_day_and_title_has_a_slug_of_its_own(folder):
    run(folder)
    (folder / "call.md").write_text(CALL.replace("/call/", "/call-2/").replace("Why?", "When?"))
    run(folder)

    assert sorted(Briefing.objects.values_list("slug", flat=True)) == [
        "2023-09-30-background-press-call",
        "2023-09-30-background-press-call-2",
    ]


def test_text_without_address_is_known_by_its_slug(tmp_path):
    make.actor("MFA")
    path = tmp_path / "talk.txt"
    path.write_text("Talk\n\nMarch 25, 2022\n\nMS PORTER: Yes.")
    run(path, "--publisher", "MFA")
    path.write_text("Talk\n\nMarch 25, 2022\n\nMS PORTER: No.")

    assert run(path, "--publisher", "MFA")[0].endswith("0 new, 1 changed, 0 unchanged, 0 refused.\n")


def test_seed_is_known_though_no_publisher_is_said(tmp_path):
    text = "Talk\n\nMarch 25, 2022\n\nMS PORTER: Yes."
    make.briefing(text, slug="stored")
    (tmp_path / "talk.txt").write_text(text)

    assert run(tmp_path) == ("0 new, 0 changed, 1 unchanged, 0 refused.\n", 0)


def test_refused_document_is_named_and_leaves_the_others(folder):
    (folder / "a.md").write_text("---\ntitle: T\n---\nWords")
    (folder / "b.txt").write_bytes("Title\nСлова".encode("cp1251"))
    said, code = run(folder)

    assert [line for line in said.splitlines() if line.startswith("refused")] == [
        f"refused    {folder / 'a.md'}: It does not name its publisher. Name it: --publisher NAME, or publisher: in the "
        "front matter.",
        f"refused    {folder / 'b.txt'}: Byte 7, in line 2, is 0xd1, which is not UTF-8. Save it as UTF-8; it may be "
        "Windows-1251 (Cyrillic) or Windows-1252 (western Europe).",
    ]
    assert said.endswith("1 new, 0 changed, 0 unchanged, 2 refused.\n2 documents refused; see above.\n")
    assert (code, Briefing.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("t" * 301, "title: Ensure this value has at most 300 characters (it has 301)."),
        ('"a\\u202Eb"', ""),  # written out as [U+202E] when it is read
    ],
)
def test_what_the_model_refuses_is_refused(folder, title, words):
    (folder / "call.md").write_text(CALL.replace('"Background Press Call"', title))
    said, _ = run(folder)

    assert words in said
    assert list(Briefing.objects.values_list("title", flat=True)) == ([] if words else ["a[U+202E]b"])
    assert Actor.objects.count() == (0 if words else 1)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://x.example/"])
def test_address_that_is_none_is_refused(folder, url):
    (folder / "call.md").write_text(CALL.replace("https://www.whitehouse.gov/call/", url))
    before = rows()
    said, code = run(folder, "--publisher", make.actor("MFA").name)

    assert f"refused    {folder / 'call.md'}: url: “{url}” is not a web address." in said
    assert (code, Briefing.objects.count()) == (1, 0)
    assert {name: table_rows for name, table_rows in rows().items() if "briefing" in name} == {
        name: table_rows for name, table_rows in before.items() if "briefing" in name
    }


def test_language_that_the_words_do_not_tell_must_be_said(tmp_path):
    make.actor("MFA")
    (tmp_path / "a.txt").write_text("Заявление\n\nСлова", encoding="utf-8")
    said, code = run(tmp_path, "--publisher", "MFA")

    assert "It does not name its language, and the words do not show it. Name it: --language ru." in said
    assert code == 1
    run(tmp_path, "--publisher", "MFA", "--language", "ru")
    assert Briefing.objects.get().language == "ru"


def test_misspelt_publisher_is_refused_before_anything(folder):
    make.actor("The White House")

    assert run(folder, "--publisher", "The Whit House")[0] == (
        "--publisher: There is no actor “The Whit House”. Is it “The White House”? Then give it this name as an alias; "
        "else make the actor first.\n"
    )
    assert Briefing.objects.count() == 0


def test_document_fails_whole(folder, monkeypatch):
    make.actor("Jen Psaki", kind="person")
    before = rows()

    def fail(self, *args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(store_documents.BriefingSpeaker, "save", fail)
    said, code = run(folder)

    assert (said, code) == ("Interrupted. 0 sources stored; run it again to continue.\n", 130)
    assert rows() == before


def test_interrupted_run_keeps_what_was_before_and_goes_on(folder, monkeypatch):
    (folder / "next.md").write_text(CALL.replace("/call/", "/next/").replace("Why?", "When?"))
    take = store_documents.DocumentStore.take

    def stop(self, document):
        if document.where.endswith("next.md"):
            raise KeyboardInterrupt
        return take(self, document)

    with monkeypatch.context() as patched:
        patched.setattr(store_documents.DocumentStore, "take", stop)
        assert run(folder)[0].endswith("Interrupted. 1 source stored; run it again to continue.\n")
    assert run(folder)[0].endswith("1 new, 0 changed, 1 unchanged, 0 refused.\n")


def test_files_that_are_left_are_counted(folder):
    (folder / "data.json").write_text("{}")

    assert "Skipped: 1 file of other kinds, links and READMEs.\n" in run(folder)[0]


def test_speakers_whose_actors_were_added_later_are_named(folder):
    run(folder)
    make.actor("Jen Psaki", kind="person")

    named = "named      2023-09-30-background-press-call: MS. PSAKI is Jen Psaki (the full name in the document)\n1 label named.\n"
    assert run("--name-speakers", "--dry-run") == (f"{named[:-1]} Dry run: nothing is stored.\n", 0)
    assert run("--name-speakers") == (named, 0)
    assert run("--name-speakers") == ("0 labels named.\n", 0)
    assert list(Briefing.objects.get().speakers.values_list("label", "actor__name")) == [("MS. PSAKI", "Jen Psaki")]


def test_speaker_that_an_editor_named_or_took_away_is_left(folder):
    other = make.actor("Somebody else", kind="person")
    run(folder)
    line = Briefing.objects.get().speakers.create(label="MS. PSAKI", actor=other)
    make.actor("Jen Psaki", kind="person")
    assert run("--name-speakers") == ("0 labels named.\n", 0)
    line.delete()

    assert run("--name-speakers") == ("0 labels named.\n", 0)
    assert not Briefing.objects.get().speakers.exists()


def test_command_without_a_path_or_a_task_is_refused():
    assert run() == ("Name a file or folder, or --name-speakers.\n", 1)


def test_a_title_has_no_characters_that_cannot_be_seen(folder):
    (folder / "call.md").write_text(CALL.replace("Press Call", "Press\u200b Ca\u2060ll\ufeff"))

    run(folder)

    assert Briefing.objects.get().title == "Background Press Call"
