"""Answers as HTTP: JSON for everybody to read, marked so that who has it already is told so."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.dateparse import parse_datetime
from django.utils.http import http_date

from timeline.http.absolute_urls import absolute

METHODS = "GET, HEAD, OPTIONS"
EXPOSED = "ETag, Last-Modified, Link, Retry-After, X-Total-Count, X-Data-Revision, X-Left-Out"
A_DAY = str(24 * 60 * 60)  # seconds


@dataclass(frozen=True, slots=True)
class Answer:
    body: dict[str, Any]
    next: str = ""  # address of the next page; empty: there is none
    headers: dict[str, str] = field(default_factory=dict)


def answered(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Return the answer, or 304 where the client has it. If-Modified-Since alone is answered in full: a second is too
    coarse to tell two changes apart."""
    body = answer.body
    response = in_json(body, 200)
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["Cache-Control"] = "no-cache"
    links = [f'<{answer.next}>; rel="next"'] if answer.next else []
    links += [f'<{absolute(reverse(name))}>; rel="{kind}"' for name, kind in SERVICE]
    response["Link"] = ", ".join(links)
    for name, value in (headers_of(body) | answer.headers).items():
        response[name] = value
    return with_cors(get_conditional_response(request, response["ETag"], None, response))


SERVICE = (("api-schema", "service-desc"), ("api-docs", "service-doc"))  # Source: RFC 8631


def headers_of(body: dict[str, Any]) -> dict[str, str]:
    """Return what the body says of itself, as the exports say it in their headers."""
    found = {}
    if "total" in body:
        found["X-Total-Count"] = str(body["total"])
    if "revision" in body:
        found["X-Data-Revision"] = str(body["revision"])
    if body.get("revised_at"):
        found["Last-Modified"] = http_date(parse_datetime(body["revised_at"]).timestamp())
    if body.get("left_out"):
        found["X-Left-Out"] = "; ".join(f"{one['data_set']}={one['count']}" for one in body["left_out"])
    return found


def refused(status: int, errors: dict[str, list[str]]) -> HttpResponse:
    """Return the refusal, in the shape that the exports have too."""
    return with_cors(in_json({"errors": errors, "status": status}, status))


def too_many(seconds: int) -> HttpResponse:
    words = f"Too many requests from your address. Try again in {seconds} second{'' if seconds == 1 else 's'}."
    response = refused(429, {"requests": [words]})
    response["Retry-After"] = str(seconds)
    return response


def not_allowed(method: str) -> HttpResponse:
    response = refused(405, {"method": [f"{method[:20]} changes nothing here: this API is for reading. Use GET."]})
    response["Allow"] = METHODS
    return response


def moved(url: str) -> HttpResponse:
    return with_cors(HttpResponse(status=308, headers={"Location": url}))


def preflight() -> HttpResponse:
    """Return what a browser asks before a script of another site may read."""
    response = HttpResponse(status=204, headers={"Allow": METHODS})
    response["Access-Control-Allow-Methods"] = METHODS
    response["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
    response["Access-Control-Max-Age"] = A_DAY
    return with_cors(response)


def in_json(data: dict[str, Any], status: int) -> HttpResponse:
    text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    return HttpResponse(text, status=status, content_type="application/json")


def with_cors(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = EXPOSED
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
