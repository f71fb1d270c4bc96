"""Citations in the versions of a text: each in the one that has its words, as the public reads it."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests import make
from timeline.filters import EventFilter
from timeline.history.corrections import corrections
from timeline.history.replace_text import TextReplacement, replace_text
from timeline.models import Briefing, Citation, Event
from timeline.pages.entry_rows import rows_of_list

from .beside import SHARED
from .clients import body

pytestmark = pytest.mark.django_db

DAY = dt.date(2026, 12, 3)
STORED = "MS PORTER: The two sides agreed on (inaudible) to release twelve prisoners this week."
CORRECTED = "MS PORTER: The two sides agreed on Thursday to release twelve prisoners this week."
KINDS = [
    (STORED, "The two sides agreed on (inaudible) to release twelve prisoners this week.", CORRECTED),
    (
        "MR. LEE: We met them on the 15th.\n\nQUESTION: And the 15th?\n\nMR. LEE: Yes.",
        "We met them on the 15th.",
        "MR. LEE: We met them on the 5th.\n\nQUESTION: And the 15th?\n\nMR. LEE: Yes.",
    ),
    (
        "Statement.\n\nThe minister welcomes the agreement of Tuesday.",
        "The minister welcomes the agreement of Tuesday.",
        "Statement.\n\nThe minister takes note of the agreement of Tuesday.",
    ),
    (
        "РЕПОРТЁР: Когда?\n\nЗАХАРОВА: Встреча прошла десятого ноября в Москве.",
        "Встреча прошла десятого ноября в Москве.",
        "РЕПОРТЁР: Когда?\n\nЗАХАРОВА: Встреча прошла девятого ноября в Москве.",
    ),
]


def recaptured(briefing: Briefing, text: str, accept: bool = False, on: dt.date = DAY) -> None:
    """Store the text as on that day; take every passage offered where `accept`."""
    replacement = TextReplacement(Briefing.objects.get(pk=briefing.pk), text)
    accepted = [outcome.citation.pk for outcome in replacement.outcomes if outcome.offer and accept]
    replace_text(briefing.pk, text, seen=replacement.fingerprint, captured_on=on, reason="", accepted=accepted)


def export(extension: str, query: str = "") -> str:
    return body(Client().get(f"/events.{extension}{query}")).decode()


def exported_events(query: str = "") -> list[dict]:
    return json.loads(export("json", query))["events"]


def page_text(path: str) -> str:
    return " ".join(Client().get(path).content.decode().split())


@pytest.mark.parametrize(("stored", "quote", "again"), KINDS)
def test_reworded_sentence_is_taken_in_one_step_and_told_from_a_correction(stored, quote, again):
    briefing = make.briefing(stored)
    event = make.published(briefing=briefing, cited={"quote": quote})
    citation = event.citations.get()

    recaptured(briefing, again, accept=True)

    citation = Citation.objects.get(pk=citation.pk)
    assert citation.quote == citation.version_text[citation.start : citation.end] != quote
    assert (citation.state, citation.earlier_text, citation.earlier_quotes.get().quote) == ("verified", None, quote)
    [changed] = corrections(Event.objects.get(pk=event.pk))
    assert (changed.what, changed.kind, changed.before, changed.after) == (
        "Quote",
        "Source changed",
        quote,
        citation.quote,
    )
    shown = page_text(event.get_absolute_url())
    assert "The source has reworded this. It said" in shown
    assert "no longer in the source’s current text" not in shown


@pytest.mark.beside("cases")
def test_corrected_transcript_comes_out_right():
    case = json.loads((SHARED / "cases/corrected-transcript.json").read_text())
    briefing = make.briefing(case["stored"])
    event = make.published(briefing=briefing, cited={"quote": case["quote"]})

    recaptured(briefing, case["pasted_again"], accept=True)

    event.refresh_from_db()
    assert (event.status, event.citations.get().quote) == (
        "published",
        "The two sides agreed on Thursday to release twelve prisoners this week.",
    )


def test_words_that_the_source_has_taken_out_stay_with_their_version_everywhere():
    briefing = make.briefing(STORED)
    event = make.published(briefing=briefing, cited={"quote": KINDS[0][1]})
    sha = briefing.text_sha256
    recaptured(briefing, "MS PORTER: No comment.")

    citation = Citation.objects.get()
    address = f"{briefing.get_absolute_url()}texts/{sha}/#q-{citation.public_id}"
    shown, source, text = map(page_text, (event.get_absolute_url(), briefing.get_absolute_url(), address))
    today = timezone.now().astimezone(dt.UTC).date()
    words = f"in the text as stored from {today.day} {today:%B %Y} until {today.day} {today:%B %Y}"

    assert citation.get_absolute_url() == address
    assert "Words no longer in the source’s current text." in shown
    assert [words in page for page in (shown, source, page_text(f"{event.get_absolute_url()}cite/"))] == [True] * 3
    assert f'id="q-{citation.public_id}"' in text
    [record] = exported_events()[0]["citations"]
    assert (record["text_sha256"], record["url"]) == (sha, f"http://testserver{address}")
    assert record["in_text_from"] < record["in_text_until"]
    assert "Source changed: these words were in the text" in export("atom")
    [changed] = corrections(Event.objects.get())
    assert (changed.kind, changed.what) == ("Source changed", "Where the words are found")


def test_words_that_come_back_are_those_of_the_text_now():
    briefing = make.briefing(STORED)
    citation = make.citation(make.event(), briefing, quote=KINDS[0][1])
    recaptured(briefing, "MS PORTER: No comment.")
    recaptured(briefing, STORED + " Thanks.")

    citation.refresh_from_db()
    assert (citation.earlier_text, citation.state, citation.found_from, citation.added_on) == (
        None,
        "verified",
        None,
        None,
    )


def test_known_by_shows_the_words_of_that_day():
    briefing = make.briefing(STORED)
    event = make.published(briefing=briefing, cited={"quote": KINDS[0][1]})
    recaptured(briefing, CORRECTED, accept=True)
    today = dt.datetime.now(dt.UTC).date()
    yesterday = today - dt.timedelta(days=1)

    def quoted(day: dt.date) -> list[list[str]]:
        event_filter = EventFilter({"known_by": str(day)}, Event.objects.public())
        listed = rows_of_list(event_filter, event_filter.events).values()
        exported = exported_events(f"?known_by={day}")
        return [
            [citation.quote for rows in listed for citation in rows.citations],
            [citation["quote"] for row in exported for citation in row["citations"]],
        ]

    assert quoted(yesterday) == [[KINDS[0][1]]] * 2
    assert quoted(today) == [[event.citations.get().quote]] * 2


def test_known_by_leaves_out_words_that_only_a_later_text_has():
    briefing = make.briefing("MS PORTER: No comment.")
    recaptured(briefing, CORRECTED)
    event = make.published(briefing=Briefing.objects.get(), cited={"quote": CORRECTED[11:]})
    today = dt.datetime.now(dt.UTC).date()
    event.refresh_from_db()

    assert (event.citations.get().added_on, event.first_reported_on) == (today, today)
    for query, count in ((f"known_by={today}", 1), (f"known_by={today - dt.timedelta(days=1)}", 0)):
        event_filter = EventFilter(dict([query.split("=")]), Event.objects.public())
        assert (event_filter.events.count(), list(event_filter.citations.values_list("pk", flat=True)) != []) == (
            count,
            bool(count),
        )
        assert Client().get(f"/api/v1/events/?{query}").json()["total"] == count


def test_counts_by_act_leave_out_words_that_only_a_later_text_has():
    briefing = make.briefing("MS PORTER: No comment.")
    event = make.published()
    recaptured(briefing, CORRECTED)
    make.citation(event, Briefing.objects.get(pk=briefing.pk), quote=CORRECTED[11:], act="denies")
    today = dt.datetime.now(dt.UTC).date()

    def acts(day: dt.date) -> list[str]:
        answer = Client().get(f"/api/v1/facets/act/?known_by={day}").json()
        return sorted(entry["value"] for entry in answer["facet"]["values"] if entry["count"])

    assert (acts(today - dt.timedelta(days=1)), acts(today)) == (["reports"], ["denies", "reports"])


def test_words_that_another_says_now_stay_in_the_mouth_of_who_said_them():
    speaker = make.actor("Porter", kind="person")
    briefing = make.briefing("MS PORTER: Troops moved at dawn.\n\nMR LEE: Yes.")
    cited = {"quote": "Troops moved at dawn."}
    citation = make.published(briefing=briefing, cited=cited | {"speaker": speaker}).citations.get()
    recaptured(briefing, "MR LEE: Troops moved at dawn.\n\nMS PORTER: Yes.")

    citation.refresh_from_db()
    assert (citation.speaker, citation.earlier_text.number) == (speaker, 1)
    without_speaker = make.published(briefing=Briefing.objects.get(), cited=cited).citations.get()
    first = Briefing.objects.get().text_recorded_at
    assert (without_speaker.found_from, without_speaker.added_on) == (None, first.date())  # another said them before
    recaptured(briefing, "MR. LEE: Troops moved at dawn. All did.\n\nMS PORTER: Yes.")
    without_speaker.refresh_from_db()
    assert (without_speaker.earlier_text, abs(without_speaker.stored_from - first) < dt.timedelta(seconds=1)) == (
        None,
        True,
    )
    assert without_speaker.found_from is not None
    sha = citation.earlier_text.text_sha256
    shown = page_text(f"{briefing.get_absolute_url()}texts/{sha}/")
    marked = [f'id="q-{row.public_id}"' in shown for row in (citation, without_speaker)]
    assert marked == [True, False]


def test_since_when_words_are_there_goes_back_over_texts_that_have_them():
    briefing = make.briefing(STORED)
    first = briefing.recorded_at
    recaptured(briefing, STORED + " Thanks.")
    citation = make.citation(make.event(), Briefing.objects.get(), quote=KINDS[0][1])
    earlier = briefing.earlier_texts.get()

    assert (citation.found_from, citation.added_on) == (earlier.recorded_at, None)
    assert abs(citation.stored_from - first) < dt.timedelta(seconds=5)


def test_text_that_readers_could_not_read_keeps_no_citation():
    briefing = make.briefing(STORED, status="draft")
    citation = make.citation(make.event(), briefing, quote=KINDS[0][1])
    recaptured(briefing, "MS PORTER: No comment.")

    citation.refresh_from_db()
    assert (citation.state, citation.earlier_text, citation.stored_from) == ("missing", None, None)


def verified() -> str:
    out = StringIO()
    call_command("verify_quotes", stdout=out)
    return out.getvalue()


def test_verify_quotes_checks_each_in_its_version():
    briefing = make.briefing(STORED)
    make.citation(make.event(), briefing, quote=KINDS[0][1])
    make.citation(make.event(), briefing, quote="twelve prisoners this week.")
    recaptured(briefing, CORRECTED, accept=True)
    recaptured(briefing, "MS PORTER: No comment.")

    lines = verified()

    assert [line.split("  ")[2] for line in lines.splitlines()[:3]] == [
        f"{briefing.slug}, text 2",
        f"{briefing.slug}, text 2",
        f"{briefing.slug}, text 1",
    ]
    assert "All 3 quotes are in their sources." in lines
