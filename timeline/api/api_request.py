"""A question as it was read, and the ways to say no to it.

Answers as HTTP: JSON for everybody to read, marked so that a client that has it already need not fetch it again.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.forms import Form
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.dateparse import parse_datetime
from django.utils.http import http_date

from timeline.absolute_urls import absolute_url
from timeline.filters import EventFilter
from timeline.querysets import EventQuerySet
from timeline.request_limits import words_of_limit

from .query_fields import DEFAULT_LIMIT

Errors = dict[str, list[str]]


class ApiError(Exception):
    """There is no answer, and why."""

    def __init__(self, status: int, errors: Errors):
        super().__init__(errors)
        self.status, self.errors = status, errors


class ApiRedirect(Exception):
    """The answer is at another address."""

    def __init__(self, url: str):
        super().__init__(url)
        self.url = url


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """The parameters that the resource reads itself, cleaned, None where wrong; those of the one filter are read by
    `filtered`."""

    path: str  # of the address
    query: QueryDict
    cleaned_data: Mapping[str, Any]
    errors: Errors  # of the resource's own parameters
    key: str = ""  # slug or public id in the path

    @property
    def limit(self) -> int:
        return self.cleaned_data["limit"] or DEFAULT_LIMIT

    @property
    def list_parameters(self) -> list[tuple[str, str]]:
        """Return the parameters of its own that choose what is listed, in their canonical order."""
        texts = [
            (name, text) for name in sorted(self.cleaned_data) for text in sorted(self.query.getlist(name)) if text
        ]
        return [pair for pair in texts if pair[0] not in ("cursor", "limit")]

    def event_filter(self, events: EventQuerySet) -> EventFilter:
        """Return the one filter on these events. Raises ApiError where a parameter of either is wrong."""
        event_filter = EventFilter(self.query, events, also=frozenset(self.cleaned_data))
        if errors := event_filter.messages | self.errors:
            raise ApiError(400, errors)
        return event_filter

    def address(self, pairs: list[tuple[str, str]]) -> str:
        """Return the address of the same resource with these parameters, in full."""
        return absolute_url(self.path + (f"?{urlencode(pairs)}" if pairs else ""))


def make_request(form: Form, path: str, query: QueryDict, key: str, *, takes_filter: bool) -> ApiRequest:
    """Return the question. Raises ApiError where a parameter is wrong; beside the one filter, `filtered` does so."""
    wrong = {name: list(errors) for name, errors in form.errors.items()}
    api_request = ApiRequest(path, query, {name: form.cleaned_data.get(name) for name in form.fields}, wrong, key)
    if wrong and not takes_filter:
        raise ApiError(400, wrong)
    return api_request


METHODS = "GET, HEAD, OPTIONS"
EXPOSED = "ETag, Last-Modified, Link, Retry-After, X-Total-Count, X-Data-Revision, X-Left-Out"
A_DAY = str(24 * 60 * 60)  # seconds


@dataclass(frozen=True, slots=True)
class ApiResponse:
    body: dict[str, Any]
    next: str = ""  # address of the next page; empty: there is none
    headers: dict[str, str] = field(default_factory=dict)


def to_http(request: HttpRequest, api_response: ApiResponse) -> HttpResponse:
    """Return the answer, or 304 where the client has it. If-Modified-Since alone is answered in full: a second is too
    coarse to tell two changes apart."""
    body = api_response.body
    response = json_response(body, 200)
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["Cache-Control"] = "no-cache"
    links = [f'<{api_response.next}>; rel="next"'] if api_response.next else []
    links += [f'<{absolute_url(reverse(name))}>; rel="{kind}"' for name, kind in SERVICE]
    response["Link"] = ", ".join(links)
    for name, value in (state_headers(body) | api_response.headers).items():
        response[name] = value
    return add_cors_headers(get_conditional_response(request, response["ETag"], None, response))


SERVICE = (("api-schema", "service-desc"), ("api-docs", "service-doc"))  # Source: RFC 8631


def state_headers(body: dict[str, Any]) -> dict[str, str]:
    """Return what the body says of itself, as the exports say it in their headers."""
    headers = {}
    if "total" in body:
        headers["X-Total-Count"] = str(body["total"])
    if "revision" in body:
        headers["X-Data-Revision"] = str(body["revision"])
    if body.get("revised_at"):
        headers["Last-Modified"] = http_date(parse_datetime(body["revised_at"]).timestamp())
    if body.get("left_out"):
        headers["X-Left-Out"] = "; ".join(
            f"{withheld['data_set']}={withheld['count']}" for withheld in body["left_out"]
        )
    return headers


def error_response(status: int, errors: dict[str, list[str]]) -> HttpResponse:
    """Return the refusal, in the shape that the exports have too."""
    return add_cors_headers(json_response({"errors": errors, "status": status}, status))


def throttled_response(seconds: int) -> HttpResponse:
    response = error_response(429, {"requests": [words_of_limit(seconds)]})
    response["Retry-After"] = str(seconds)
    return response


def method_not_allowed(method: str) -> HttpResponse:
    response = error_response(
        405, {"method": [f"{method[:20]} changes nothing here: this API is for reading. Use GET."]}
    )
    response["Allow"] = METHODS
    return response


def redirect_response(url: str) -> HttpResponse:
    return add_cors_headers(HttpResponse(status=308, headers={"Location": url}))


def preflight_response() -> HttpResponse:
    """Return the answer that a browser needs before a script of another site may read."""
    response = HttpResponse(status=204, headers={"Allow": METHODS})
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
    response["Access-Control-Max-Age"] = A_DAY
    return add_cors_headers(response)


def json_response(payload: dict[str, Any], status: int) -> HttpResponse:
    text = json.dumps(payload, ensure_ascii=False, allow_nan=False)
    return HttpResponse(text, status=status, content_type="application/json")


def add_cors_headers(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = EXPOSED
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
