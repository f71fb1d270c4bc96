"""The page that describes the API to people, made of its description for programs, with real answers."""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

import tracker
from timeline.absolute_urls import absolute_url
from timeline.models import Actor, Briefing, Conflict, Event, Place, PublicRevision
from timeline.text.written_html import written_html

from .api_request import ApiError, make_request
from .endpoint import Endpoint
from .openapi import ABOUT, REASONS, document, endpoint_address
from .query_fields import DEFAULT_LIMIT, FILTER, LIMIT, MAX_LIMIT, Parameter, bind_form
from .record_schemas import Schema
from .registry import ENDPOINTS, SCHEMAS

CACHE_SECONDS = 24 * 60 * 60  # seconds
CODE = re.compile("`([^`]+)`")
WORDS = {"string": "text", "uri": "address", "date": "date", "date-time": "moment", "integer": "whole number"}
WORDS |= {"boolean": "true or false"}
LONGEST_TEXT, MOST_ITEMS = 160, 2  # of an example; what is longer is cut, and marked so


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table: a parameter or a property."""

    name: str
    kind: str
    meaning: str
    record: str = ""  # named schema that it is, or a list of; empty: none


@dataclass(frozen=True, slots=True)
class EndpointDescription:
    """An endpoint as the page shows it."""

    name: str
    summary: str
    address: str
    extra_parameters: list[TableRow]
    takes_filter: bool
    refusals: list[tuple[int, str]]
    request: str  # address of the example; empty: the data has none to show
    answer: str  # JSON of the example


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Show what there is. The examples are kept until the public data changes."""
    key = f"api.docs {tracker.__version__} {PublicRevision.objects.current()}"
    key = hashlib.sha256(key.encode()).hexdigest()
    context = {
        "about": ABOUT,
        "version": tracker.__version__,
        "endpoints": cache.get_or_set(
            key, lambda: [describe_endpoint(endpoint) for endpoint in ENDPOINTS], CACHE_SECONDS
        ),
        "filter": [parameter_row(parameter) for parameter in FILTER],
        "records": [(name, property_rows(document()["components"]["schemas"][name])) for name in SCHEMAS],
        "refusals": list(REASONS.items()),
        "base": absolute_url(reverse("api-index")),
        "events_path": reverse("api-events"),
        "usual": DEFAULT_LIMIT,
        "most": MAX_LIMIT,
        "per_minute": settings.API_REQUESTS_PER_MINUTE,
        "permalink": absolute_url(request.path),
        "current": "api",
    }
    return render(request, "timeline/api_docs.html", context)


def describe_endpoint(endpoint: Endpoint) -> EndpointDescription:
    extra_parameters = [parameter_row(parameter) for parameter in endpoint.extra_parameters]
    if endpoint.key:
        extra_parameters.insert(0, TableRow(endpoint.key.name, "in the path", endpoint.key.meaning))
    refusals = [(status, REASONS[status]) for status in endpoint.refusals]
    address_of_example, example_body = make_example(endpoint)
    return EndpointDescription(
        endpoint.name,
        endpoint.summary,
        endpoint_address(endpoint),
        extra_parameters,
        endpoint.takes_filter,
        refusals,
        address_of_example,
        example_body,
    )


def parameter_row(parameter: Parameter) -> TableRow:
    schema = parameter.schema
    if schema["type"] == "array":
        return TableRow(
            parameter.name,
            f"{describe_type(schema['items'])}; may be given several times",
            mark_code(parameter.meaning),
        )
    return TableRow(parameter.name, describe_type(schema), mark_code(parameter.meaning))


def mark_code(text: str) -> SafeString:
    """Return a text as HTML, what is between backticks as code."""
    return written_html(CODE.sub(r"<code>\1</code>", escape(text)))


def property_rows(schema: Schema) -> list[TableRow]:
    """Return what an object has."""
    return [
        TableRow(
            name,
            describe_type(property_schema),
            mark_code(property_schema.get("description", "")),
            referenced_name(property_schema),
        )
        for name, property_schema in schema["properties"].items()
    ]


def referenced_name(schema: Schema) -> str:
    return schema.get("items", schema).get("$ref", "").rpartition("/")[2]


def describe_type(schema: Schema) -> str:
    """Return what a value is: "integer, 1 to 200", "any of call, clash", "date or null"."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if schema["type"] == "array":
        return (
            f"any of: {', '.join(values)}"
            if (values := _enum_values(schema["items"]))
            else f"list of {describe_type(schema['items'])}"
        )
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    words = WORDS.get(schema.get("format", kinds[0]), kinds[0])
    if values := _enum_values(schema):
        words = f"one of: {', '.join(values)}"
    if "maximum" in schema:
        words += f", {schema['minimum']} to {schema['maximum']}"
    return words + (", or null" if "null" in kinds else "")


def _enum_values(schema: Schema) -> list[str]:
    return [value for value in schema.get("enum", ()) if value]


# endpoint -> the key of its example: the first of what leaves the site
EXAMPLE_KEYS = {
    "event": lambda: Event.objects.public().redistributable().in_order().values_list("public_id", flat=True).first(),
    "briefing": lambda: _first_slug(Briefing),
    "actor": lambda: _first_slug(Actor),
    "place": lambda: _first_slug(Place),
    "conflict": lambda: _first_slug(Conflict),
    "facet": lambda: "category",
}


def _first_slug(model) -> str | None:
    rows = model.objects.public().redistributable().order_by("slug")
    return rows.values_list("slug", flat=True).first()


def make_example(endpoint: Endpoint) -> tuple[str, str]:
    """Return the address of an example and its answer, shortened; both empty where the data has none."""
    key = EXAMPLE_KEYS[endpoint.name]() if endpoint.key else ""
    if key is None:
        return "", ""
    path = (
        endpoint_address(endpoint).replace(f"{{{endpoint.key.name}}}", key)
        if endpoint.key
        else endpoint_address(endpoint)
    )
    query = urlencode({"limit": "1"} if LIMIT in endpoint.extra_parameters else {})
    also = [parameter.name for parameter in endpoint.parameters] if endpoint.takes_filter else ()
    form = bind_form(QueryDict(query), endpoint.extra_parameters, also)
    try:
        answer = endpoint.handler(make_request(form, path, QueryDict(query), key, takes_filter=endpoint.takes_filter))
    except ApiError:  # what is public was taken back between two looks
        return "", ""
    return absolute_url(f"{path}?{query}" if query else path), json.dumps(
        shorten(answer.body), ensure_ascii=False, indent=2
    )


def shorten(value: Any) -> Any:
    """Return a value with its lists and texts cut to what a reader needs to see."""
    if isinstance(value, dict):
        return {name: shorten(element) for name, element in value.items()}
    if isinstance(value, list | tuple):
        return [shorten(element) for element in value[:MOST_ITEMS]] + (["…"] if len(value) > MOST_ITEMS else [])
    if isinstance(value, str) and len(value) > LONGEST_TEXT and not value.startswith("http"):
        return f"{value[:LONGEST_TEXT]}…"
    return value
