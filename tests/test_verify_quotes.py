import io
import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from tests import make

from .constraints import force

pytestmark = pytest.mark.django_db

TEXT = "MS PORTER: The ceasefire holds. Troops moved."


def verify() -> tuple[str, int, str]:
    """Return what the command says, its exit code, and what it says of the failure."""
    said = io.StringIO()
    try:
        call_command("verify_quotes", stdout=said)
    except CommandError as error:
        return said.getvalue(), error.returncode, str(error)
    return said.getvalue(), 0, ""


def counts(stand: int, unchecked: int, failed: int) -> str:
    return (
        f"{stand} quotes are in their sources, {unchecked} could not be checked (no text is stored), "
        f"{failed} are not there, or are there more than once"
    )


def failure(stand: int, failed: int, altered: int) -> str:
    return f"{counts(stand, 0, failed)}; {altered} texts differ from their SHA-256."


def test_verify_quotes_of_nothing():
    assert verify() == (f"{counts(0, 0, 0)}.\n", 0, "")


def test_verify_quotes_has_one_line_for_each_citation():
    event, briefing = make.event("A truce"), make.briefing(TEXT, slug="porter")
    late = make.citation(event, briefing, quote="Troops moved.")
    early = make.citation(event, briefing)

    assert verify() == (
        f"verified   {early.public_id}  porter  “The ceasefire holds.”  A truce\n"
        f"verified   {late.public_id}  porter  “Troops moved.”  A truce\n"
        "All 2 quotes are in their sources.\n",
        0,
        "",
    )


def test_verify_quotes_has_one_line_for_words_on_two():
    briefing = make.briefing("MS PORTER: The ceasefire\nholds.", slug="porter")
    citation = make.citation(make.event("A truce"), briefing)

    assert verify()[0].splitlines()[0] == f"verified   {citation.public_id}  porter  “The ceasefire holds.”  A truce"


def test_verify_quotes_names_a_quote_whose_words_were_changed():
    briefing = make.briefing(TEXT, slug="porter")
    changed = make.citation(make.event("A truce"), briefing)
    unchanged = make.citation(make.event("A march"), briefing, quote="Troops moved.")
    force(briefing, text=TEXT.replace("holds", "fails"))

    assert verify() == (
        "altered    porter  the text does not match the SHA-256 stored with it\n"
        f"missing    {changed.public_id}  porter  “The ceasefire holds.”  A truce\n"
        f"verified   {unchanged.public_id}  porter  “Troops moved.”  A march\n",
        1,
        failure(1, 1, 1),
    )


def test_verify_quotes_changes_nothing():
    citation = make.citation(make.event(), make.briefing(TEXT))
    force(citation.briefing, text="MS PORTER: No comment.")
    verify()

    citation.refresh_from_db()
    assert (citation.state, citation.history.count()) == ("verified", 1)


def test_verify_quotes_reports_a_word_changed_outside_any_quote():
    briefing = make.briefing(TEXT, slug="porter")
    citation = make.citation(make.event("A truce"), briefing)
    force(briefing, text=TEXT.replace("moved", "stayed"))

    assert verify() == (
        "altered    porter  the text does not match the SHA-256 stored with it\n"
        f"verified   {citation.public_id}  porter  “The ceasefire holds.”  A truce\n",
        1,
        failure(1, 0, 1),
    )


def test_verify_quotes_reports_a_changed_text_that_nothing_quotes():
    briefing = make.briefing(TEXT, slug="porter")
    force(briefing, text="MS PORTER: No comment.")

    assert verify() == (
        "altered    porter  the text does not match the SHA-256 stored with it\n",
        1,
        failure(0, 0, 1),
    )


def test_verify_quotes_says_where_a_quote_has_moved():
    briefing = make.briefing(TEXT, slug="porter")
    citation = make.citation(make.event("A truce"), briefing)
    force(briefing, text=f"Good afternoon. {TEXT}")

    assert verify()[0].splitlines()[1] == f"moved      {citation.public_id}  porter  “The ceasefire holds.”  A truce"


@pytest.mark.parametrize(
    ("quote", "state"), [("It holds.", "ambiguous  "), ("Nobody said this.", "missing    ")], ids=["twice", "never"]
)
def test_verify_quotes_fails_on_a_quote_that_stands_twice_or_nowhere(quote, state):
    briefing = make.briefing("MS PORTER: It holds. It holds.", slug="porter")
    citation = make.citation(make.event("A truce"), briefing, quote=quote)

    assert verify() == (f"{state}{citation.public_id}  porter  “{quote}”  A truce\n", 1, failure(0, 1, 0))


def test_verify_quotes_passes_over_a_briefing_without_text():
    briefing = make.briefing("", url="https://example.org", slug="porter")
    citation = make.citation(make.event("A truce"), briefing)

    assert verify() == (
        f"no_text    {citation.public_id}  porter  “The ceasefire holds.”  A truce\n{counts(0, 1, 0)}.\n",
        0,
        "",
    )


def test_verify_quotes_says_all_only_where_all_were_checked():
    make.citation(make.event("A truce"), make.briefing(TEXT))
    make.citation(make.event("A march"), make.briefing("", url="https://example.org"))

    assert verify()[0].splitlines()[-1] == f"{counts(1, 1, 0)}."


def test_verify_quotes_counts_how_public_events_are_known_as_filters_do(client):
    make.published(cited={"basis": "first_hand"})
    make.citation(make.published(), act="denies")
    make.published(briefing=make.briefing("", kind="data_record", url="https://sets.example/"))
    said = verify()[0].splitlines()[-4:-1]

    assert said == [
        "Public events by form: quote 2, data_set 1.",
        "Public events by assertion: not_told 2, first_hand 1.",
        "Public events by contest: none 2, denied 1.",
    ]
    for line in said:
        axis, counts = line.removeprefix("Public events by ").removesuffix(".").split(": ")
        for value, count in (pair.split(" ") for pair in counts.split(", ")):
            assert client.get(f"/api/v1/events/?{axis}={value}").json()["total"] == int(count)


def test_verify_quotes_names_an_event_that_says_otherwise_of_itself():
    event = make.published()
    force(event, form="source", source_count=2)

    assert f"differs    {event.public_id}  form, source_count" in verify()[0]
    assert verify()[1:] == (
        1,
        f"{counts(1, 0, 0)}; 0 texts differ from their SHA-256; 1 events say otherwise of how they are known.",
    )


@pytest.mark.long
@pytest.mark.django_db(transaction=True, serialized_rollback=True)  # no copy is made of a database within a transaction
@pytest.mark.parametrize(("word", "code"), [("holds", 0), ("fails", 1)])
def test_verify_quotes_tells_the_shell(word, code, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("the exit code is Django's own; it is asked for on a copy of a SQLite database")
    briefing = make.briefing(TEXT)
    citation = make.citation(make.event(), briefing)
    force(briefing, text=TEXT.replace("holds", word))
    file = tmp_path / "copy.sqlite3"
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)

    done = subprocess.run(  # noqa: S603 (our own command)
        [sys.executable, "manage.py", "verify_quotes"],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{file}"},
        capture_output=True,
        text=True,
    )

    assert (done.returncode, citation.public_id in done.stdout) == (code, True), done.stderr
