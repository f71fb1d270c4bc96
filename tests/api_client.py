"""How tests ask the API, and what each of its answers has to be."""

from collections.abc import Iterable
from functools import cache
from urllib.parse import urlsplit

from django.test import Client
from jsonschema import Draft202012Validator

from tests import make
from timeline.api.endpoint import Endpoint
from timeline.api.openapi import document
from timeline.api.registry import ENDPOINTS
from timeline.models import Event

BASE = "/api/v1/"


def closed(schema):
    """Return a schema whose objects have nothing that it does not name: the published one leaves room to grow."""
    if isinstance(schema, dict):
        made = {name: closed(subschema) for name, subschema in schema.items()}
        return made | ({"additionalProperties": False} if "properties" in made and "type" in made else {})
    return [closed(subschema) for subschema in schema] if isinstance(schema, list) else schema


@cache
def validator(name: str) -> Draft202012Validator:
    endpoint = next(endpoint for endpoint in ENDPOINTS if endpoint.name == name)
    return Draft202012Validator(closed(endpoint.schema() | {"components": document()["components"]}))


def endpoint_of(path: str) -> Endpoint:
    """Return whose address this is."""
    first, *key = path.removeprefix(BASE).strip("/").split("/")
    return next(
        endpoint for endpoint in ENDPOINTS if endpoint.path.split("/")[0] == first and bool(endpoint.key) == bool(key)
    )


def ask(client: Client, path: str = "", **headers: str) -> dict:
    """Return a good answer, after a look whether it is what the schema says."""
    response = client.get(f"{BASE}{path}", headers=headers)
    assert response.status_code == 200, response.content
    answer = response.json()
    name = endpoint_of(urlsplit(path).path).name
    assert [error.message for error in validator(name).iter_errors(answer)] == []
    return answer


def refusal(client: Client, path: str) -> tuple[int, dict]:
    """Return the status and the errors of an answer that is none."""
    response = client.get(f"{BASE}{path}")
    answer = response.json()
    assert answer == {"errors": answer["errors"], "status": response.status_code}
    return response.status_code, answer["errors"]


def pages(client: Client, path: str, name: str) -> list[list[dict]]:
    """Return the rows of all pages of a list, by following `next`."""
    rows_by_page = []
    while path:
        answer = ask(client, path)
        rows_by_page.append(answer[name])
        following = urlsplit(answer["next"] or "")
        path = f"{following.path.removeprefix(BASE)}?{following.query}" if following.path else ""
    return rows_by_page


def rows(client: Client, path: str, name: str) -> list[dict]:
    return [row for page in pages(client, path, name) for row in page]


def keys(client: Client, path: str, name: str, key: str = "public_id") -> list[str]:
    return [row[key] for row in rows(client, path, name)]


def five() -> list[Event]:
    """Return published events of the first five days of March 2022, by one briefing."""
    briefing = make.briefing()
    return [make.published(f"Event {day}", edtf=f"2022-03-0{day}", briefing=briefing) for day in range(1, 6)]


def ids(events: Iterable[Event]) -> list[str]:
    return [event.public_id for event in events]
