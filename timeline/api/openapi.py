"""The description of the API for programs, made of what the endpoints declare. Source: OpenAPI 3.1."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

import tracker

from .api_request import ApiResponse, to_http
from .endpoint import Endpoint, early_response
from .query_fields import Parameter
from .record_schemas import Schema, object_schema, schema_reference
from .registry import ENDPOINTS, SCHEMAS

ABOUT = (
    "The public record of events and of who said so, for programs, read-only. Parameters of the filter are those of the "
    "site’s pages. Anything not understood is refused with 400, never ignored; empty filter values are ignored."
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
    "ETag": "Entity tag, for If-None-Match.",
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
def openapi_schema(request: HttpRequest) -> HttpResponseBase:
    return early_response(request) or to_http(request, ApiResponse(document()))


@cache
def document() -> dict[str, Any]:
    """Return the whole description. It does not depend on the data."""
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": settings.SITE_NAME,
            "version": tracker.__version__,
            "description": ABOUT,
            **_licence(),
        },
        "servers": [{"url": settings.SITE_URL}],
        "paths": {endpoint_address(endpoint): {"get": describe_operation(endpoint)} for endpoint in ENDPOINTS},
        "components": {"schemas": {name: make() for name, make in SCHEMAS.items()} | {"Errors": errors_schema()}},
    }


def _licence() -> dict[str, Any]:
    """Return the licence of the data for `info`; nothing where the owner chose none."""
    if not settings.DATA_LICENCE:
        return {}
    address = {"url": settings.DATA_LICENCE_URL} if settings.DATA_LICENCE_URL else {}
    return {"license": {"name": settings.DATA_LICENCE} | address}


def endpoint_address(endpoint: Endpoint) -> str:
    return f"{reverse('api-index')}{endpoint.path}"


def describe_operation(endpoint: Endpoint) -> Schema:
    return {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "parameters": [
            *([describe_key(endpoint)] if endpoint.key else []),
            *map(describe_parameter, endpoint.parameters),
        ],
        "responses": {"200": describe_success(endpoint), "304": {"description": "The client has it already."}}
        | {str(status): describe_error(status) for status in (400, *endpoint.refusals, 429)},
    }


def describe_key(endpoint: Endpoint) -> Schema:
    key = endpoint.key
    values = {"enum": list(key.values)} if key.values else {"pattern": key.pattern}
    return {
        "name": key.name,
        "in": "path",
        "required": True,
        "description": key.meaning,
        "schema": {"type": "string"} | values,
    }


def describe_parameter(parameter: Parameter) -> Schema:
    description = {"name": parameter.name, "in": "query", "description": parameter.meaning, "schema": parameter.schema}
    if parameter.schema["type"] == "array":
        description |= {"style": "form", "explode": True}
    return description | ({"example": parameter_example(parameter)} if parameter.example else {})


def parameter_example(parameter: Parameter) -> Any:
    kind = parameter.schema["type"]
    return (
        [parameter.example] if kind == "array" else int(parameter.example) if kind == "integer" else parameter.example
    )


def describe_success(endpoint: Endpoint) -> Schema:
    headers = {name: {"description": meaning, "schema": {"type": "string"}} for name, meaning in HEADERS.items()}
    return {
        "description": endpoint.summary,
        "headers": headers,
        "content": {"application/json": {"schema": endpoint.schema()}},
    }


def describe_error(status: int) -> Schema:
    description: Schema = {"description": REASONS[status]}
    if status == 308:
        location = {"description": "Address of the other event.", "required": True, "schema": {"type": "string"}}
        return description | {"headers": {"Location": location}}
    if status == 429:
        wait = {"description": "Seconds to wait.", "required": True, "schema": {"type": "string"}}
        description["headers"] = {"Retry-After": wait}
    return description | {"content": {"application/json": {"schema": schema_reference("Errors")}}}


def errors_schema() -> Schema:
    return object_schema(ERRORS, "Why there is no answer.")
