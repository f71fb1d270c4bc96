"""The texts that a source had before, and how they differ; when words were taken out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from timeline.absolute_urls import absolute_url
from timeline.history import full_diff
from timeline.history.word_diff import collapse_unchanged
from timeline.models import Briefing, EarlierText, Original, Redaction
from timeline.models.briefing import transcript_of
from timeline.pages.marked_passages import number_events, transcript_parts
from timeline.text.annotation import CitedSpan, annotate


def earlier_texts(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the texts that a briefing had before, as far as the public could read them. Four queries."""
    briefing = _briefing(slug)
    earlier = list(briefing.earlier_texts.once_public().defer("text"))
    for version, following in zip(earlier[1:], earlier, strict=False):
        version.next_sha256 = following.text_sha256
    context = {"briefing": briefing, "earlier": earlier, "current": "briefings"}
    return render(request, "timeline/briefing_texts.html", context | {"permalink": absolute_url(request.path)})


def earlier_text(request: HttpRequest, slug: str, sha256: str) -> HttpResponse:
    """Show an earlier text as it was, with the passages that are cited from it marked, and how the one that followed it
    differs."""
    briefing = _briefing(slug)
    earlier = _version(briefing, sha256)
    following = briefing.earlier_texts.once_public().after(earlier.number).first() or briefing
    citations = list(briefing.citations.public().of_version(earlier).in_text().with_event())
    notes = number_events(citations)
    spans = [CitedSpan(citation.start, citation.end, citation) for citation in citations]
    sections = annotate(earlier.text, transcript_of(earlier.text), spans)
    context = {
        "briefing": briefing,
        "earlier": earlier,
        "following": following,
        "original": Original.objects.of_text(briefing, earlier.text_sha256).first(),
        "events": list(notes.values()),
        "parts": list(transcript_parts(sections, briefing.speakers.all())),
        "pieces": _difference(earlier, following),
        "permalink": absolute_url(request.path),
        "current": "briefings",
    }
    return render(request, "timeline/briefing_text.html", context)


def text_difference(request: HttpRequest, slug: str, sha256: str, other: str) -> HttpResponse:
    """Show what the second of two texts changes in the first; the second may be the text that the briefing has now."""
    briefing = _briefing(slug)
    first = _version(briefing, sha256)
    second = briefing if other == briefing.text_sha256 else _version(briefing, other)
    context = {
        "briefing": briefing,
        "first": first,
        "second": second,
        "is_now": second is briefing,
        "pieces": _difference(first, second),
        "permalink": absolute_url(request.path),
        "current": "briefings",
    }
    return render(request, "timeline/briefing_difference.html", context)


def redactions(request: HttpRequest) -> HttpResponse:
    """List when words were taken out of the record, never which nor where. One query."""
    context = {"redactions": list(Redaction.objects.newest_first()), "permalink": absolute_url(request.path)}
    return render(request, "timeline/redactions.html", context)


def _difference(first: EarlierText | Briefing, second: EarlierText | Briefing) -> list:
    return list(collapse_unchanged(full_diff(first.text, second.text)))


def _briefing(slug: str) -> Briefing:
    return get_object_or_404(Briefing.objects.public().for_page(), slug=slug)


def _version(briefing: Briefing, sha256: str) -> EarlierText:
    earlier = briefing.earlier_texts.once_public().hashed(sha256).first()
    if earlier is None:
        raise Http404("The source has had no such public text.")
    return earlier
