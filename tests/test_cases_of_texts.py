"""Documents from bug reports that lie beside the repository: imported into the demo, they come out as they should."""

import io

import pytest
from django.core.management import call_command

from timeline.models import Briefing

from .beside import SHARED
from .demo import demo  # noqa: F401 (a fixture)
from .test_import_briefings import run

pytestmark = [pytest.mark.django_db, pytest.mark.beside("cases")]


def imported(name: str) -> list[str]:
    """Return what the import of a case says, line by line."""
    return run(SHARED / "cases" / name, "--publish", "--publisher", "Department of State")[0].splitlines()


def new() -> list[Briefing]:
    return list(Briefing.objects.exclude(slug="state-department-2022-03-25").order_by("slug"))


def turns(briefing: Briefing) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.kind) for turn in briefing.transcript.turns]


def test_label_that_is_a_name_of_the_record_is_named_in_every_document(demo):  # noqa: F811
    lines = imported("speaker-named-once.csv")

    assert [briefing.speakers.get().actor.name for briefing in new()] == ["Jalina Porter"] * 3
    assert not any("not known" in line for line in lines)


def test_surname_that_another_in_the_document_has_names_nobody(demo):  # noqa: F811
    lines = imported("speaker-of-the-same-surname.csv")

    assert [briefing.speakers.count() for briefing in new()] == [0, 0]
    assert any(line.startswith("Speakers not known as actors: MR. ALIYEV, MS. BLINKEN.") for line in lines)


def test_names_in_small_letters_are_turns_and_no_question_is_a_claim(demo):  # noqa: F811
    lines = imported("speakers-in-small-letters.md")
    (briefing,) = new()
    out = io.StringIO()
    call_command("suggest_events", briefing.slug, stdout=out)

    porter, example = "Jalina Porter", "Matt Example"
    assert turns(briefing) == [
        (porter, "statement"),
        (example, "question"),
        (porter, "answer"),
        (example, "question"),
        (porter, "answer"),
    ]
    assert any(line.startswith("Speakers not known as actors: Matt Example.") for line in lines)
    proposals = out.getvalue()
    assert "Department of State" not in proposals
    assert "Jalina Porter speaks" not in proposals
    assert [line.strip()[:28] for line in proposals.splitlines() if "Matt Example" in line] == [
        "Matt Example, question, ment"
    ] * 3


def test_page_break_is_white_space_and_the_line_says_so(demo):  # noqa: F811
    (line, *_) = imported("form-feed.txt")
    (briefing,) = new()

    assert "1 page break read as white space" in line
    assert "ceasefire that was\nannounced on Monday" in briefing.text


def test_page_stamped_in_utc_is_of_the_evening_before_in_washington(demo):  # noqa: F811
    (line, *_) = imported("page-published-in-utc.html")
    (briefing,) = new()

    assert briefing.published_on.isoformat() == "2022-03-27"
    assert "stamped 2022-03-28 03:30 UTC, which was 2022-03-27 in America/New_York" in line


def test_text_at_an_address_with_marks_is_that_of_the_same_source_and_changed(demo):  # noqa: F811
    lines = imported("same-source-corrected.csv")

    assert [line.split()[0] for line in lines[:2]] == ["new", "changed"]
    assert lines[-1] == "1 new, 1 changed, 0 unchanged, 0 refused."
    assert [briefing.text for briefing in new()] == ["MS PORTER: The second call took place on March 25th."]
