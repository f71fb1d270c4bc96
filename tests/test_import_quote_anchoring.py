"""Rows of our CSV that quote a briefing whose text is stored."""

import pytest

from tests import make
from timeline.imports.file_bytes import FileRefused
from timeline.models import Briefing, Event

from .desk_client import rows
from .import_files import brought_in, counts, looked_at, table, without_history
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db
TEXT = "MS PORTER: The ceasefire “holds”. Troops moved. Troops moved.\n\nQUESTION: And the talks?"
ROW = {"id": "1", "title": "A call", "type": "phone-call", "date": "2022", "briefings": "talks"}


@made_once
def talks() -> Briefing:
    briefing = make.briefing(TEXT, slug="talks", title="Talks")
    briefing.speakers.update_or_create(
        label="MS PORTER", defaults={"actor": make.actor("Jalina Porter", kind="person")}
    )
    return briefing


def quoting(quote: str, **changes) -> str:
    return table(ROW | {"quotes": quote} | changes)


def test_quote_is_verified_in_the_text_and_its_speaker_known(tmp_path, talks):
    brought_in(tmp_path, quoting('The ceasefire "holds".', acts="confirms"), "csv", data_set="ours", publish=True)

    citation = Event.objects.get().citations.get()
    place = TEXT.index("The ceasefire")
    anchored = (citation.briefing, citation.quote, citation.state, citation.start, citation.act, citation.turn_kind)
    assert anchored == (talks, "The ceasefire “holds”.", "verified", place, "confirms", "statement")
    assert (citation.speaker.name, citation.suffix[:14]) == ("Jalina Porter", " Troops moved.")
    assert Briefing.objects.count() == 1


def test_event_is_public_with_a_public_briefing_alone(tmp_path, talks):
    Briefing.objects.update(url="https://state.example/talks")
    brought_in(tmp_path, quoting("The ceasefire “holds”."), "csv", data_set="ours", publish=True)
    make.briefing("MR X: No draft is shown.", slug="hidden", status="draft")
    hidden = quoting("No draft is shown.", id="2", briefings="hidden")
    brought_in(tmp_path, hidden, "csv", data_set="ours", publish=True)

    assert [(event.status, event.supporting_count) for event in Event.objects.order_by("pk")] == [
        ("published", 1),
        ("draft", 0),
    ]


def test_same_row_again_changes_nothing_and_another_quote_is_verified_too(tmp_path, talks):
    first = quoting('The ceasefire "holds".')
    brought_in(tmp_path, first, "csv", data_set="ours")

    assert counts(looked_at(tmp_path, first, "csv", data_set="ours")) == (0, 0, 1, 0)
    brought_in(tmp_path, quoting("And the talks?"), "csv", data_set="ours")
    citation = Event.objects.get().citations.get()
    assert (citation.quote, citation.state, citation.turn_kind) == ("And the talks?", "verified", "question")


@pytest.mark.parametrize("changes", [{"acts": "denies"}, {"acts": "calls_for"}, {"quotes": "And the talks?"}])
def test_public_event_keeps_support_by_the_codebook(tmp_path, talks, changes):
    Briefing.objects.update(url="https://state.example/talks")
    brought_in(tmp_path, quoting("The ceasefire “holds”."), "csv", data_set="ours", publish=True)
    before = without_history(rows())

    with pytest.raises(FileRefused) as refusal:
        brought_in(
            tmp_path, table(ROW | {"quotes": "The ceasefire “holds”.", "acts": ""} | changes), "csv", data_set="ours"
        )

    assert str(refusal.value) == (
        "“A call” is published, and no source that it would have then supports it by the codebook. Withdraw it first, or "
        "leave its row out."
    )
    assert without_history(rows()) == before


@pytest.mark.parametrize(
    ("quote", "changes", "words"),
    [
        ("The ceasefire held.", {}, "This quote was not found in “Talks”. The nearest passage is"),
        ("Troops moved.", {}, "These words occur in “Talks” more than once."),
        ("Troops moved.\n\nQUESTION: And", {}, "Cite each speaker by itself."),
        ("The ceasefire", {"briefings": "other"}, "There is no source “other”."),
    ],
)
def test_quote_that_could_not_be_entered_is_refused(tmp_path, talks, quote, changes, words):
    summary = looked_at(tmp_path, quoting(quote, **changes), "csv", data_set="ours")

    assert [(problem.row, problem.column) for problem in summary.first_problems] == [(2, "quotes")]
    assert words in summary.first_problems[0].right


def test_briefing_without_a_text_is_refused(tmp_path):
    make.briefing("", slug="talks", title="Talks", url="https://state.example/talks")
    summary = looked_at(tmp_path, quoting("Anything"), "csv", data_set="ours")

    assert "“Talks” has no stored text." in summary.first_problems[0].right
