"""The site with a page that fails, for the test of its log: gunicorn tests.failing_site."""

from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver, path

from tracker.wsgi import application as application


def fail(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("a fault in a view")


get_resolver().url_patterns.append(path("fail/", fail))
