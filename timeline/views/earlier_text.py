from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from timeline.history import whole
from timeline.history.collapsed_diff import folded
from timeline.http.absolute_urls import absolute_url
from timeline.models import Briefing


def earlier_texts(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the texts that a briefing had before, as far as the public could read them. Four queries."""
    briefing = _briefing(slug)
    earlier = list(briefing.earlier_texts.once_public().defer("text"))
    context = {"briefing": briefing, "earlier": earlier, "current": "briefings"}
    return render(request, "timeline/briefing_texts.html", context | {"permalink": absolute_url(request.path)})


def earlier_text(request: HttpRequest, slug: str, sha256: str) -> HttpResponse:
    """Show an earlier text as it was, and how the one that followed it differs."""
    briefing = _briefing(slug)
    earlier = briefing.earlier_texts.once_public().hashed(sha256).first()
    if earlier is None:
        raise Http404("The briefing has had no such public text.")
    following = briefing.earlier_texts.once_public().after(earlier.number).first() or briefing
    context = {
        "briefing": briefing,
        "earlier": earlier,
        "pieces": list(folded(whole(earlier.text, following.text))),
        "permalink": absolute_url(request.path),
        "current": "briefings",
    }
    return render(request, "timeline/briefing_text.html", context)


def _briefing(slug: str) -> Briefing:
    return get_object_or_404(Briefing.objects.public().for_page(), slug=slug)
