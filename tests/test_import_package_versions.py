"""A Data Package carries the versions of texts: each citation comes back on the version that has its words, with those it had."""

import csv
import datetime as dt
import io
import json
import zipfile

import pytest
from django.core.management import call_command
from django.test import Client

from tests import make
from timeline.imports.events.undo_batch import undo
from timeline.models import Briefing, Citation, EarlierQuote, EarlierText, Event, ImportBatch
from timeline.models.validators import new_public_id
from timeline.redaction.apply import redact

from .clients import body
from .desk_client import rows
from .import_files import without_history
from .shared_fixtures import made_once
from .test_import_package import empty, exported, load, looked_at
from .test_import_package_places import altered
from .test_versions_of_quotes import recaptured

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FIRST = "MS PORTER: Twelve were released on (inaudible). Troops moved at dawn. The talks go on."
SECOND = "MS PORTER: Twelve were released on Thursday. The talks go on."
THIRD = "MS PORTER: Twelve were released on Thursday. The talks go on. They meet again in May."
ROWS = {
    EarlierText: ("briefing__slug", "number", "text", "captured_on", "recorded_at", "replaced_at", "was_public"),
    Citation: ("public_id", "quote", "start", "end", "prefix", "suffix", "state", "turn_kind", "speaker__slug")
    + ("earlier_text__number", "found_from", "added_on", "support"),
    EarlierQuote: ("citation__public_id", "quote", "start", "end", "prefix", "suffix", "turn_kind", "speaker__slug")
    + ("earlier_text__number", "found_from"),
}


@made_once
def carried() -> tuple[bytes, dict]:
    """Return a package of a source with three texts, whose citations have words of each, and its rows; leave the database empty."""
    speaker = make.actor("Porter", kind="person")
    source = make.briefing(FIRST, slug="talk")
    for quote in ("Twelve were released on (inaudible).", "Troops moved at dawn.", "The talks go on."):
        make.published(briefing=source, cited={"quote": quote, "speaker": speaker})
    recaptured(source, SECOND, accept=True)
    recaptured(source, THIRD)
    make.published(briefing=Briefing.objects.get(slug="talk"), cited={"quote": "They meet again in May."})
    package, before = exported(), stored()
    empty()
    return package, before


def stored() -> dict:
    return {model: list(model.objects.order_by(*columns[:2]).values_list(*columns)) for model, columns in ROWS.items()}


@pytest.fixture
def package(tmp_path, carried):
    file = tmp_path / "events.zip"
    file.write_bytes(carried[0])
    return file


def test_each_citation_comes_back_on_its_version_with_the_words_it_had(package, carried):
    load(package, publish=True)

    assert stored() == carried[1]
    assert [len(rows) for rows in carried[1].values()] == [2, 4, 1]
    assert exported() == package.read_bytes()
    out = io.StringIO()
    call_command("verify_quotes", stdout=out)
    assert "All 5 quotes are in their sources." in out.getvalue()


def test_text_that_readers_never_could_read_is_not_carried():
    source = make.briefing("MS PORTER: A secret.", slug="talk", status="draft")
    for text in (FIRST, SECOND):
        recaptured(source, text)
        Briefing.objects.filter(pk=source.pk).update(status="published")
    make.published(briefing=Briefing.objects.get(), cited={"quote": "The talks go on."})

    with zipfile.ZipFile(io.BytesIO(exported())) as archive:
        earlier = list(csv.DictReader(io.StringIO(archive.read("earlier_texts.csv").decode())))

    assert source.earlier_texts.count() == 2
    assert [(row["briefing"], row["number"], row["text"]) for row in earlier] == [("talk", "2", FIRST)]


def test_package_of_before_comes_in_and_what_only_an_earlier_text_has_is_missing(package):
    older = altered(package.read_bytes(), without("added_on"), "citations")
    older = altered(older, without("text_recorded_at"), "briefings")
    package.write_bytes(without_tables(older, "earlier_texts", "former_quotes"))

    load(package, publish=True)

    assert EarlierText.objects.count() == EarlierQuote.objects.count() == 0
    assert sorted(Citation.objects.values_list("quote", "state")) == [
        ("The talks go on.", "verified"),
        ("They meet again in May.", "verified"),
        ("Troops moved at dawn.", "missing"),
        ("Twelve were released on Thursday.", "verified"),
    ]


def without(*columns: str):
    return lambda rows: [{name: row[name] for name in row if name not in columns} for row in rows]


def without_tables(content: bytes, *tables: str) -> bytes:
    """Return the package as it was before it had these tables."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name.removesuffix(".csv") not in tables}
    described = json.loads(parts["datapackage.json"])
    described["resources"] = [resource for resource in described["resources"] if resource["name"] not in tables]
    parts["datapackage.json"] = json.dumps(described).encode()
    return zipped(parts)


def zipped(parts: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return written.getvalue()


def other(column: str, text: str, line: int = 0):
    def change(rows: list[dict]) -> list[dict]:
        rows[line][column] = text
        return rows

    return change


@pytest.mark.parametrize(
    ("table", "change", "message"),
    [
        (
            "citations",
            other("text_sha256", "0" * 64),
            "column text_sha256: the source “talk” has no text with this SHA-256",
        ),
        (
            "citations",
            other("quote", "Thirteen were released."),
            "column quote: the version that the row names does not have",
        ),
        ("citations", other("end", ""), "column quote: the version that the row names does not have"),
        ("citations", other("start", "x"), "column start: “x” is not a whole number"),
        ("citations", other("state", "missing"), "column state: “missing” does not go with start"),
        ("citations", other("in_text_from", "May"), "column in_text_from: “May” is not a time"),
        ("former_quotes", other("quote", "Thirteen."), "column quote: the version that the row names does not have"),
        ("former_quotes", other("text_sha256", ""), "column text_sha256: this is the text that the source has now"),
        ("former_quotes", other("turn_kind", "song"), "column turn_kind: “song” is not a kind of turn"),
        ("former_quotes", other("quote", "A" * 5_001), "column quote: it has 5,001 characters"),
        ("earlier_texts", other("text", "Other words."), "column text_sha256: the text is not the one"),
        ("earlier_texts", other("number", "2"), "column number: “talk” has this number twice"),
        ("earlier_texts", other("number", ""), "number: This field cannot be null"),
        (
            "earlier_texts",
            other("replaced_at", "2026-01-01T00:00:00"),
            "column replaced_at: “2026-01-01T00:00:00” has no",
        ),
        (
            "earlier_texts",
            other("recorded_at", "0001-01-01T00:00:00+14:00"),
            "column recorded_at: “0001-01-01T00:00:00+14:00” is no",
        ),
        ("earlier_texts", other("captured_on", "May"), "captured_on"),
        ("earlier_texts", other("briefing", "nobody"), "row 2: there is no source “nobody” in the package"),
    ],
)
def test_row_that_is_wrong_is_refused_with_its_place(package, table, change, message):
    package.write_bytes(altered(package.read_bytes(), change, table))
    before = rows()

    fatal = looked_at(package, publish=True).fatal

    assert fatal.startswith(f"{table}.csv, row ")
    assert message in fatal
    assert rows() == before


def test_quote_across_a_running_head_comes_back_without_its_words(tmp_path):
    source = make.briefing("MR LEE: Nobody has been\n\nRELEASABLE\nPage 2 of 9\n\nharmed in the 2 villages.")
    make.published(briefing=source, cited={"quote": "Nobody has been harmed in the 2 villages."})
    file = tmp_path / "events.zip"
    file.write_bytes(exported())
    empty()

    load(file, publish=True)

    assert Citation.objects.get().quote == "Nobody has been […] harmed in the 2 villages."
    assert exported() == file.read_bytes()


def test_table_that_is_in_the_archive_and_not_described_is_refused(package):
    with zipfile.ZipFile(package) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["datapackage.json"] = parts["datapackage.json"].replace(b'"name": "earlier_texts"', b'"name": "x"')
    package.write_bytes(zipped(parts))

    assert "earlier_texts.csv is not the file that datapackage.json describes" in looked_at(package).fatal


def test_source_that_is_here_keeps_its_texts_and_takes_citations_of_each(package):
    load(package, publish=True)
    before = stored()[EarlierText]
    event = Event.objects.filter(citations__quote="Troops moved at dawn.").get()
    public_id = new_public_id()
    package.write_bytes(
        altered(
            altered(package.read_bytes(), renamed("public_id", event.public_id, public_id), "events"),
            renamed("event_public_id", event.public_id, public_id, public_id=new_public_id()),
            "citations",
        )
    )

    load(package, publish=True)

    citation = Citation.objects.get(event__public_id=public_id)
    assert (citation.version_text, citation.state) == (FIRST, "verified")
    assert stored()[EarlierText] == before


def renamed(column: str, before: str, after: str, **changes: str):
    return lambda rows: [row | {column: after} | changes if row[column] == before else row for row in rows]


def test_undone_package_takes_its_texts_and_former_words_with_it(package):
    before = without_history(rows())
    load(package, publish=True)

    undo(ImportBatch.objects.get())

    after = without_history(rows())
    tables = [f"timeline_{name}" for name in ("citation", "earlierquote", "earliertext", "briefing", "event")]
    assert [after[name] for name in tables] == [before[name] for name in tables] == [[]] * 5


def test_source_whose_text_was_replaced_by_hand_since_stays_when_the_package_is_undone(package):
    load(package, publish=True)
    recaptured(Briefing.objects.get(slug="talk"), FIRST)

    undo(ImportBatch.objects.get())

    assert list(EarlierText.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


def test_hash_of_a_redacted_version_is_withdrawn(package):
    load(package, publish=True)
    source = Briefing.objects.get(slug="talk")
    before = {source.text_sha256, *source.earlier_texts.values_list("text_sha256", flat=True)}

    redact(["Twelve"], "erase", reason="Law")

    with zipfile.ZipFile(io.BytesIO(exported())) as archive:
        carried = b"".join(archive.read(name) for name in archive.namelist())
    assert [sha256.encode() in carried for sha256 in before] == [False] * 3
    assert (b"Twelve" in carried, b"[redacted, " in carried) == (False, True)
    redacted = package.with_name("redacted.zip")
    redacted.write_bytes(exported())
    empty()
    load(redacted, publish=True)
    assert exported() == redacted.read_bytes()


def test_package_as_known_on_a_day_has_the_words_of_that_day_on_their_version(package):
    load(package, publish=True)
    day = EarlierText.objects.get(number=1).recorded_at.date() - dt.timedelta(days=1)
    known = package.with_name("known.zip")
    known.write_bytes(body(Client().get(f"/events.zip?known_by={day}")))
    empty()

    load(known, publish=True)

    reworded = Citation.objects.get(quote="Twelve were released on (inaudible).")
    assert (reworded.version_text, reworded.earlier_text.number, EarlierQuote.objects.count()) == (FIRST, 1, 0)
    assert not Citation.objects.filter(quote="They meet again in May.").exists()
    assert set(Citation.objects.values_list("state", flat=True)) == {"verified"}
