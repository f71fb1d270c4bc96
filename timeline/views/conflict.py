from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from timeline import dates
from timeline.models import Conflict

from .listing import page_of
from .subject_page import subject_page


def conflict_list(request: HttpRequest) -> HttpResponse:
    page = page_of(request, Conflict.objects.public().with_event_count().with_span())
    rows = [(conflict, words(conflict.first_edtf), words(conflict.latest_edtf)) for conflict in page]
    return render(request, "timeline/conflict_list.html", {"page": page, "rows": rows, "current": "conflicts"})


def conflict_detail(request: HttpRequest, slug: str) -> HttpResponse:
    conflict = get_object_or_404(Conflict.objects.public(), slug=slug)
    return subject_page(request, "conflict", conflict, {"conflict": conflict, "current": "conflicts"})


def words(edtf: str | None) -> str:
    return dates.parse(edtf).display if edtf else "not stated"
