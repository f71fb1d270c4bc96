"""Whatever becomes of a text and its citations, each quote is in the version that it names."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests import make
from timeline.imports.briefings.document import Received
from timeline.imports.briefings.originals import keep_original
from timeline.models import Briefing, Citation, Event, Original
from timeline.models.original import Way
from timeline.text.track import PAGE, Track

from .hypothesis_examples import examples
from .test_versions_of_quotes import recaptured

pytestmark = [pytest.mark.django_db, pytest.mark.database]

SENTENCES = ["The ceasefire holds.", "Troops moved.", "Troops have moved.", "Talks go on.", "No comment was made."]


class Versions(RuleBasedStateMachine):
    """Any sequence of texts, citations, acceptances, edits and restorations."""

    def __init__(self):
        super().__init__()
        self.briefing = make.briefing("MS PORTER: The ceasefire holds. Troops moved.")
        self.event = make.event()

    @rule(
        sentences=st.lists(st.sampled_from(SENTENCES), max_size=5),
        label=st.booleans(),
        accept=st.booleans(),
        is_paged=st.booleans(),
    )
    def capture(self, sentences, label, accept, is_paged):
        text = ("MS PORTER: Now. " if label else "QUESTION: Now? ") + " ".join(sentences)
        if text != Briefing.objects.get(pk=self.briefing.pk).text:
            recaptured(self.briefing, text, accept)
            if is_paged:
                self.scan()

    @rule()
    def scan(self):
        briefing = Briefing.objects.get(pk=self.briefing.pk)
        pages = Track(PAGE, tuple((at, str(at)) for at in range(0, len(briefing.text), 20)))
        keep_original(briefing, Received(briefing.text.encode(), "text"), Way.UPLOADED, track=pages)

    @rule(quote=st.sampled_from(SENTENCES))
    def cite(self, quote):
        briefing = Briefing.objects.get(pk=self.briefing.pk)
        if quote in briefing.text:
            make.citation(self.event, briefing, quote=quote)

    @rule(number=st.integers(0, 3))
    def save_again(self, number):
        for citation in Citation.objects.filter(event=self.event)[number : number + 1]:
            citation.note = f"{citation.note}."
            citation.save()

    @rule(status=st.sampled_from(["draft", "published"]))
    def publish(self, status):
        briefing = Briefing.objects.get(pk=self.briefing.pk)
        briefing.status = status
        briefing.save()

    @invariant()
    def every_quote_is_in_its_version(self):
        for citation in Citation.objects.select_related("briefing", "earlier_text"):
            words = citation.version_text[citation.start : citation.end] if citation.start is not None else None
            assert words == (citation.quote if citation.state != "missing" else None)
            assert citation.earlier_text is None or citation.earlier_text.was_public
            for former in citation.earlier_quotes.all():
                assert former.earlier_text.text[former.start : former.end] == former.quote

    @invariant()
    def every_quote_has_the_page_of_its_version(self):
        for citation in Citation.objects.select_related("briefing", "earlier_text"):
            version = citation.earlier_text or citation.briefing
            track = Original.objects.track_of(citation.briefing, version.text_sha256)
            is_placed = citation.state in ("verified", "moved")
            assert citation.locator == (track.locator(citation.start, citation.end) if is_placed else "")
            for former in citation.earlier_quotes.select_related("earlier_text"):
                track = Original.objects.track_of(citation.briefing, former.earlier_text.text_sha256)
                assert former.locator == track.locator(former.start, former.end)

    def teardown(self):
        Event.objects.filter(pk=self.event.pk).delete()


class AnySequence(TestCase):
    def test_every_quote_is_in_its_version_whatever_happens(self):
        run_state_machine_as_test(
            Versions, settings=settings(max_examples=examples(12), stateful_step_count=8, deadline=None)
        )


def test_same_words_that_another_says_in_a_new_text_lose_their_page():
    versions = Versions()
    versions.scan()
    versions.cite("The ceasefire holds.")

    versions.capture(["The ceasefire holds."], label=False, accept=True, is_paged=False)

    [citation] = Citation.objects.all()
    assert (citation.locator, [quote.locator for quote in citation.earlier_quotes.all()]) == ("", ["pp. 0–20"])
