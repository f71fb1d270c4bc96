"""The description of the API for programs, and the page for people that is made of it."""

import re
from pathlib import Path

import pytest
from django.http import QueryDict
from openapi_spec_validator import OpenAPIV31SpecValidator

from tests import make
from timeline.api.docs_page import describe_type, mark_code, shorten
from timeline.api.openapi import document
from timeline.api.query_fields import FILTER, bind_form
from timeline.api.registry import ENDPOINTS
from timeline.filters import EventFilter

from .demo import demo  # noqa: F401
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db


@made_once
def one_event() -> None:
    make.participation(make.published())


def test_description_is_openapi(client):
    description = client.get("/api/schema/").json()

    assert description["openapi"] == "3.1.0"
    assert [error.message for error in OpenAPIV31SpecValidator(description).iter_errors()] == []
    assert description == document()


def test_every_endpoint_is_described_and_answers_have_schemas():
    paths = document()["paths"]

    assert list(paths) == [f"/api/v1/{endpoint.path}" for endpoint in ENDPOINTS]
    for methods in paths.values():
        schema = methods["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert schema["required"] == list(schema["properties"])


def test_parameters_of_the_filter_are_those_it_declares():
    events = document()["paths"]["/api/v1/events/"]["get"]["parameters"]

    assert [parameter["name"] for parameter in events] == [
        *EventFilter.base_filters,
        "updated_since",
        "limit",
        "cursor",
    ]


def test_everything_has_a_meaning():
    def lacking(name: str, schema) -> list[str]:
        names = [name] if "type" in schema and not schema.get("description") else []
        for inner, inner_schema in schema.get("properties", {}).items():
            names += lacking(f"{name}.{inner}", inner_schema)
        return names

    schemas = document()["components"]["schemas"]
    assert [
        undescribed
        for name, schema in schemas.items()
        for inner in schema["properties"].items()
        for undescribed in lacking(f"{name}.{inner[0]}", inner[1])
    ] == []
    for methods in document()["paths"].values():
        assert all(parameter["description"] for parameter in methods["get"]["parameters"])


@pytest.mark.parametrize(
    "parameter",
    [
        parameter
        for parameter in {p.name + str(e.extra_parameters): p for e in ENDPOINTS for p in e.parameters}.values()
        if parameter.example
    ],
    ids=lambda parameter: parameter.name,
)
def test_examples_of_parameters_are_right(one_event, parameter):
    form = bind_form(QueryDict(f"{parameter.name}={parameter.example}".replace("+", "%2B")), [parameter])

    assert form.errors == {}


@pytest.mark.parametrize("parameter", FILTER, ids=lambda parameter: parameter.name)
def test_values_that_the_schema_lists_are_those_that_are_taken(parameter):
    listed = parameter.schema.get("items", parameter.schema).get("enum", [])

    for value in listed:
        assert bind_form(QueryDict(f"{parameter.name}={value}"), [parameter]).errors == {}


# ---- the documents

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = re.compile(r"curl 'http://127\.0\.0\.1:8000(/api/[^']*)'(?: +# (\d+))?")


def test_every_address_is_documented():
    text = (ROOT / "docs/api.md").read_text(encoding="utf-8")

    assert [endpoint.path for endpoint in ENDPOINTS if f"`/api/v1/{endpoint.path}`" not in text] == []


@pytest.mark.parametrize("document", ["README.md", "docs/api.md"])
def test_examples_run_against_the_demo(client, demo, document):  # noqa: F811
    examples = EXAMPLE.findall((ROOT / document).read_text(encoding="utf-8"))

    assert len(examples) >= 3
    for address, status in examples:
        assert client.get(address).status_code == int(status or 200), address


# ---- the page


def page(client) -> str:
    response = client.get("/api/docs/")
    assert response.status_code == 200
    return response.content.decode()


def test_page_shows_every_address_with_a_real_answer(client):
    event = make.event("A title of the record", place=None)
    make.participation(event)
    make.published(briefing=None)
    html = page(client)

    for endpoint in ENDPOINTS:
        assert f"/api/v1/{endpoint.path}" in html
        assert f'id="{endpoint.name}"' in html
    for parameter in FILTER:
        assert f"<code>{parameter.name}</code>" in html


def test_page_shows_the_record_and_no_draft(client):
    make.published("A public title")
    make.event("A hidden title")
    html = page(client)

    assert "A public title" in html
    assert "A hidden title" not in html


def test_page_of_an_empty_record_says_that_there_is_no_example(client):
    assert page(client).count("There are no events yet to show as an example.") == 5


def test_every_example_of_the_page_is_answered(client, one_event):
    addresses = re.findall(r"curl &#x27;(http://testserver[^&]*(?:&amp;[^&]+)*)&#x27;|curl '([^']+)'", page(client))

    examples = [(escaped or other).replace("&amp;", "&") for escaped, other in addresses]
    assert len(examples) > len(ENDPOINTS) - 3
    assert {client.get(address).status_code for address in examples} == {200}


def test_page_is_made_anew_when_the_record_changes(client):
    event = make.published("Before")
    page(client)
    event.title = "Afterwards"
    event.save()

    assert "Afterwards" in page(client)


def test_page_reads_little_where_nothing_changed(client, django_assert_max_num_queries):
    make.published()
    page(client)

    with django_assert_max_num_queries(2):
        page(client)


@pytest.mark.parametrize("address", ["/", "/export/"])
def test_page_is_reached_from_the_site(client, address):
    assert 'href="/api/docs/"' in client.get(address).content.decode()


def test_page_takes_part_in_the_site(client):
    response = client.get("/api/docs/")

    assert "script-src 'self'" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 200}, "whole number, 1 to 200"),
        ({"type": ["string", "null"], "format": "date"}, "date, or null"),
        ({"type": "array", "items": {"type": "string", "enum": ["", "a", "b"]}}, "any of: a, b"),
        ({"type": "array", "items": {"$ref": "#/components/schemas/Event"}}, "list of Event"),
        ({"type": "string", "enum": ["a", "b"]}, "one of: a, b"),
        ({"type": "string", "format": "date-time"}, "moment"),
        ({"type": "string", "pattern": "^a$"}, "text"),
    ],
)
def test_kinds_are_said_in_words(schema, words):
    assert describe_type(schema) == words


def test_meanings_are_shown_as_they_are_written():
    assert mark_code("`limit` <b>") == "<code>limit</code> &lt;b&gt;"


def test_examples_are_cut_where_they_are_long():
    value = {"a": ["x"] * 5, "b": "y" * 200, "url": "http://" + "z" * 200}

    assert shorten(value) == {"a": ["x", "x", "…"], "b": "y" * 160 + "…", "url": "http://" + "z" * 200}
