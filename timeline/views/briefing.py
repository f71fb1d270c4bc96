from collections import Counter
from collections.abc import Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from timeline.absolute_urls import absolute_url
from timeline.evidence.choices import QuoteState
from timeline.filters.list_forms import SourceSearch
from timeline.models import Actor, Briefing, Citation, Original
from timeline.models.briefing import BriefingKind
from timeline.pages.marked_passages import number_events, transcript_parts
from timeline.pages.page_metadata import of_briefing, of_withheld
from timeline.text.annotation import CitedSpan, annotate, coverage
from timeline.text.search_query import Group, spellings_of
from timeline.text.source_text import Snippet, first_snippet
from timeline.text.transcripts import Transcript

from .timeline import page_of

KINDS = dict(BriefingKind.choices) | {BriefingKind.DATA_RECORD.value: "Sources listed by data sets"}
MOST_PUBLISHERS = 500  # to choose from


def publisher_choices() -> list[tuple[str, str]]:
    """Return slug and name of who published documents, by name. One query."""
    return list(
        Actor.objects.publishing_documents().order_by("name", "pk").values_list("slug", "name")[:MOST_PUBLISHERS]
    )


def briefing_list(request: HttpRequest) -> HttpResponse:
    """Show the documents, or those of the kinds, publishers and days asked for that hold the words of `?q=`, each with where they are.
    A wrong search is a 400 without briefings. Three queries; two more with words."""
    form = SourceSearch(request.GET)
    context = {"form": form, "current": "briefings", "kinds": KINDS.items(), "publishers": publisher_choices()}
    if not form.is_valid():
        return render(request, "timeline/briefing_list.html", context, status=400)
    wanted, groups = form.cleaned_data, form.cleaned_data["q"]
    first, last = wanted["from"], wanted["to"]
    briefings = (
        Briefing.objects.public().of_kinds(wanted["kind"]).published_in(first and first.first, last and last.last)
    )
    if publishers := wanted["publisher"]:
        briefings = briefings.of_publishers(publishers)
    page = page_of(request, briefings.containing(groups).newest_first().for_list())
    rows = [(briefing, None) for briefing in page] if not groups else with_hits(page.object_list, groups)
    return render(request, "timeline/briefing_list.html", context | {"page": page, "rows": rows})


def with_hits(briefings: Iterable[Briefing], groups: Iterable[Group]) -> list[tuple[Briefing, Snippet | None]]:
    """Return each briefing with the first passage that holds what is searched; None: only its title does."""
    spellings = spellings_of(groups)
    listed_briefings = list(briefings)
    texts = dict(Briefing.objects.with_text_of(listed_briefings))
    return [(briefing, first_snippet(texts.get(briefing.text_sha256, ""), spellings)) for briefing in listed_briefings]


def briefing_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a briefing with its cited passages marked. Four queries for any number of citations. One that became part of
    another leads there."""
    briefing = Briefing.objects.public().for_page().filter(slug=slug).first()
    if briefing is None and (into := Briefing.objects.public().successor_of(slug)):
        return redirect(into, permanent=True)
    if briefing is None:
        raise Http404("No such source.")
    citations = list(briefing.citations.public().in_text().with_event())
    return render(request, "timeline/briefing_detail.html", briefing_context(briefing, citations))


def briefing_context(briefing: Briefing, citations: list[Citation]) -> dict:
    notes = number_events(citations)
    transcript, permalink = briefing.transcript, absolute_url(briefing.get_absolute_url())
    spans = [CitedSpan(*citation.place_now, citation) for citation in citations if citation.place_now]
    spans.sort(key=lambda span: span.citation.event_number)
    sections = annotate(briefing.text, transcript, spans)
    return {
        "briefing": briefing,
        "citations": citations,
        "unplaced": [citation for citation in citations if citation.place_now is None],
        "states": count_by_state(citations),
        "events": list(notes.values()),
        "parts": list(transcript_parts(sections, briefing.speakers.all())),
        "speakers": briefing.speakers.all(),
        "transcript": transcript,
        "original": Original.objects.of_text(briefing, briefing.text_sha256).first() if briefing.text else None,
        "coverage": coverage(briefing.text, transcript, spans),
        "minimap": minimap(briefing.text, transcript, spans),
        "addresses": source_links(briefing),
        "listed_by": next((citation.event.data_set for citation in citations if citation.event.data_set), None),
        "is_demo": briefing.text_sha256 == DEMO_TEXT,
        "permalink": permalink,
        "meta": of_briefing(briefing, len(notes)) if is_redistributable(citations) else of_withheld(permalink),
        "current": "briefings",
    }


def is_redistributable(citations: list[Citation]) -> bool:
    """Return whether a briefing with these public citations may leave the site: see BriefingQuerySet.redistributable."""
    return not citations or any(citation.event.is_redistributable for citation in citations)


def count_by_state(citations: Iterable[Citation]) -> list[tuple[str, str, int]]:
    """Return (state, in words, number of citations) for each state that occurs."""
    counts = Counter(citation.state for citation in citations)
    return [(state.value, state.label, counts[state]) for state in QuoteState if counts[state]]


DEMO_TEXT = "05b840edcec824a27402cbdb6d21875ccebc4b5006ec2340edcf877720256c6b"  # SHA-256 of the text of fixtures/
NARROWEST = 0.15  # per cent of the text, so that a short quote is seen in a long one
MOST_LINES = 60  # more than this would cover the map


def minimap(text: str, transcript: Transcript, spans: Iterable[CitedSpan]) -> dict:
    """Return where marks and lines are on the map of the text, in per cent with three decimals."""

    def per_cent(position: int) -> str:
        return f"{100 * position / len(text):.3f}"

    marks = [
        (per_cent(span.start), f"{max(NARROWEST, 100 * (span.end - span.start) / len(text)):.3f}", span.citation)
        for span in sorted(spans, key=lambda span: span.start - span.end)
    ]
    turns = [per_cent(turn.label_start) for turn in transcript.turns[1:]]
    return {"marks": marks, "turns": turns if len(turns) <= MOST_LINES else []}


def source_links(briefing: Briefing) -> list[tuple[str, str]]:
    """Return (what it is, address) of the source, of its archived copy and of its further addresses, as far as there are any."""
    links = [("Source", briefing.url), ("Archived copy", briefing.archive_url)]
    links += [("Also at", address) for address in briefing.further_urls.splitlines()]
    return [(name, address) for name, address in links if address]
