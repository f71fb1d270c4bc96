"""The description of the API for programs, made of what the endpoints declare. Source: OpenAPI 3.1."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

import tracker

from .api_parameters import Parameter
from .endpoint import Endpoint, greeted
from .json_schema import Schema, named, object_of
from .registry import ENDPOINTS, SCHEMAS
from .responses import Answer, answered

ABOUT = (
    "The public record of events and of who said so, for programs, read-only. Parameters of the filter are those of the "
    "site’s pages. What is not understood is refused with 400, never ignored; empty values of the filter mean nothing."
)
REASONS = {
    308: "The event became part of another: its address.",
    400: "A parameter is wrong: which, and what would be right.",
    403: "The licence of its data set forbids redistribution.",
    404: "There is nothing public with this key.",
    410: "The event was public once and is no longer: why.",
    429: "Too many requests from one address.",
}
HEADERS = {
    "ETag": "Mark of these bytes, for If-None-Match.",
    "Link": "Addresses of the next page, of this description and of the documentation.",
    "X-Data-Revision": "Revision of the public data.",
}
ERRORS = {
    "errors": {
        "type": "object",
        "additionalProperties": {"type": "array", "items": {"type": "string"}},
        "description": "What is wrong, by the name of the parameter.",
    },
    "status": {"type": "integer", "description": "The status of the answer."},
}


@csrf_exempt
def schema(request: HttpRequest) -> HttpResponseBase:
    return greeted(request) or answered(request, Answer(document()))


@cache
def document() -> dict[str, Any]:
    """Return the whole description. It does not depend on the data."""
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "Conflict event timeline",
            "version": tracker.__version__,
            "description": ABOUT,
            "license": {"name": settings.DATA_LICENCE, "url": settings.DATA_LICENCE_URL},
        },
        "servers": [{"url": settings.SITE_URL}],
        "paths": {address(one): {"get": operation(one)} for one in ENDPOINTS},
        "components": {"schemas": {name: make() for name, make in SCHEMAS.items()} | {"Errors": errors()}},
    }


def address(endpoint: Endpoint) -> str:
    return f"{reverse('api-index')}{endpoint.path}"


def operation(endpoint: Endpoint) -> Schema:
    return {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "parameters": [*([key(endpoint)] if endpoint.key else []), *map(described, endpoint.parameters)],
        "responses": {"200": found(endpoint), "304": {"description": "The client has it already."}}
        | {str(status): refusal(status) for status in (400, *endpoint.refusals, 429)},
    }


def key(endpoint: Endpoint) -> Schema:
    one = endpoint.key
    values = {"enum": list(one.values)} if one.values else {"pattern": one.pattern}
    return {
        "name": one.name,
        "in": "path",
        "required": True,
        "description": one.meaning,
        "schema": {"type": "string"} | values,
    }


def described(parameter: Parameter) -> Schema:
    made = {"name": parameter.name, "in": "query", "description": parameter.meaning, "schema": parameter.schema}
    if parameter.schema["type"] == "array":
        made |= {"style": "form", "explode": True}
    return made | ({"example": example(parameter)} if parameter.example else {})


def example(parameter: Parameter) -> Any:
    kind = parameter.schema["type"]
    return (
        [parameter.example] if kind == "array" else int(parameter.example) if kind == "integer" else parameter.example
    )


def found(endpoint: Endpoint) -> Schema:
    headers = {name: {"description": meaning, "schema": {"type": "string"}} for name, meaning in HEADERS.items()}
    return {
        "description": endpoint.summary,
        "headers": headers,
        "content": {"application/json": {"schema": endpoint.schema()}},
    }


def refusal(status: int) -> Schema:
    made: Schema = {"description": REASONS[status]}
    if status == 308:
        location = {"description": "Address of the other event.", "required": True, "schema": {"type": "string"}}
        return made | {"headers": {"Location": location}}
    if status == 429:
        wait = {"description": "Seconds to wait.", "required": True, "schema": {"type": "string"}}
        made["headers"] = {"Retry-After": wait}
    return made | {"content": {"application/json": {"schema": named("Errors")}}}


def errors() -> Schema:
    return object_of(ERRORS, "Why there is no answer.")
