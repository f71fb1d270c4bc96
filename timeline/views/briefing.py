from collections.abc import Iterable

from django.core.paginator import InvalidPage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from timeline.absolute_urls import absolute_url
from timeline.facets.counting import count_citations_of
from timeline.filters.list_forms import SourceSearch
from timeline.models import Actor, Briefing, Original
from timeline.models.briefing import BriefingKind
from timeline.pages.marked_passages import transcript_parts
from timeline.pages.page_metadata import of_briefing, of_withheld
from timeline.pages.source_citations import SourceCitations, citations_of
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
    """Show the documents, or those of the kinds, publishers and days of the query that hold the words of `?q=`, each with where they are.
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
    page = page_of(request, briefings.containing(groups).newest_first().for_list().with_missing_quotes())
    page.object_list = count_citations_of(page.object_list)
    rows = [(briefing, None) for briefing in page] if not groups else with_hits(page.object_list, groups)
    return render(request, "timeline/briefing_list.html", context | {"page": page, "rows": rows})


def with_hits(briefings: Iterable[Briefing], groups: Iterable[Group]) -> list[tuple[Briefing, Snippet | None]]:
    """Return each briefing with the first passage that holds what is searched; None: only its title does."""
    spellings = spellings_of(groups)
    listed_briefings = list(briefings)
    texts = dict(Briefing.objects.with_text_of(listed_briefings))
    return [(briefing, first_snippet(texts.get(briefing.text_sha256, ""), spellings)) for briefing in listed_briefings]


def briefing_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a source with its cited passages marked: those of 100 citations, by `?page=` or those around `?quote=`. Six queries
    for any number of citations. A source that became part of another leads there."""
    briefing = Briefing.objects.public().for_page().filter(slug=slug).first()
    if briefing is None and (into := Briefing.objects.public().successor_of(slug)):
        return redirect(into, permanent=True)
    if briefing is None:
        raise Http404("No such source.")
    try:
        cited = citations_of(briefing, request.GET.get("page", "1"), request.GET.get("quote", ""))
    except (InvalidPage, KeyError):
        raise Http404("The source has no such page or quote now. Start from its first page.") from None
    return render(request, "timeline/briefing_detail.html", briefing_context(briefing, cited))


def briefing_context(briefing: Briefing, cited: SourceCitations) -> dict:
    transcript, permalink = briefing.transcript, absolute_url(briefing.get_absolute_url())
    events = cited.notes  # numbers the events of the citations
    spans = [CitedSpan(*citation.place_now, citation) for citation in cited.citations if citation.place_now]
    spans.sort(key=lambda span: span.citation.event_number)
    sections = annotate(briefing.text, transcript, spans)
    data_sets = (citation.event.data_set for citation in cited.citations)
    meta = of_briefing(briefing, cited.event_count) if is_redistributable(briefing, cited) else of_withheld(permalink)
    return {
        "briefing": briefing,
        "cited": cited,
        "unplaced": [citation for citation in cited.citations if citation.place_now is None],
        "events": events,
        "parts": list(transcript_parts(sections, briefing.speakers.all())),
        "speakers": briefing.speakers.all(),
        "transcript": transcript,
        "original": Original.objects.of_text(briefing, briefing.text_sha256).first() if briefing.text else None,
        "coverage": coverage(briefing.text, transcript, cited.spans),
        "minimap": minimap(briefing.text, transcript, spans),
        "addresses": source_links(briefing),
        "listed_by": next(filter(None, data_sets), None),
        "is_demo": briefing.text_sha256 == DEMO_TEXT,
        "permalink": permalink,
        "meta": meta,
        "current": "briefings",
    }


def is_redistributable(briefing: Briefing, cited: SourceCitations) -> bool:
    """Return whether a source may leave the site: see BriefingQuerySet.redistributable, queried where the page cannot tell."""
    if not cited.rows or any(citation.event.is_redistributable for citation in cited.citations):
        return True
    return cited.page.has_other_pages() and Briefing.objects.filter(pk=briefing.pk).redistributable().exists()


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
