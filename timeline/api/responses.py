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

from timeline.http.absolute_urls import absolute_url

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
    words = f"Too many requests from your address. Try again in {seconds} second{'' if seconds == 1 else 's'}."
    response = error_response(429, {"requests": [words]})
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
    """Return what a browser asks before a script of another site may read."""
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
