"""Middleware: an address with a period in words leads to the one with its days, which is the canonical one."""

from collections.abc import Callable

from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone

from timeline.filters.period_words import with_days


class PeriodWords:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        """Return the redirect; None where no period is in words, or where it cannot be read. Too many parameters are
        left to the view to refuse: the API does so in JSON."""
        if request.method not in ("GET", "HEAD") or "admin" in request.resolver_match.namespaces:
            return None
        try:
            query = with_days(request.GET, timezone.localdate())
        except TooManyFieldsSent:
            return None
        return HttpResponseRedirect(f"{request.path}?{query.urlencode()}") if query is not None else None
