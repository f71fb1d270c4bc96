"""What every answer of the API has: methods, headers, errors in one shape; and that no input breaks it. schemathesis
asks the API, as it describes itself, for whatever it can think of, and finds no fault."""

import io
import json
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client

from tests import make
from timeline.api.registry import ENDPOINTS
from timeline.models import PublicRevision

from .api_client import BASE, ask, refusal
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

EXAMPLES = {"public_id": "e000000001", "slug": "march", "name": "category"}


def path_of(endpoint) -> str:
    return endpoint.path.format(**EXAMPLES)


PATHS = [path_of(endpoint) for endpoint in ENDPOINTS]


@made_once
def record():
    """One event, with a row of everything under the name that PATHS have."""
    names = {"slug": "march"}
    event = make.event(public_id="e000000001", place=make.place(**names), conflict=make.conflict(**names))
    make.participation(event, make.actor(**names))
    make.citation(event, make.briefing(**names))
    event.publish()
    return event


@pytest.mark.parametrize("path", PATHS)
def test_answer_is_json_that_anyone_may_read_and_nobody_is_known_by(client, record, path):
    response = client.get(f"{BASE}{path}")

    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cache-Control"] == "no-cache"
    assert response["Vary"] == "Accept-Encoding"
    assert response["X-Data-Revision"] == str(PublicRevision.objects.current()[0])
    assert response["Last-Modified"]
    assert '<http://testserver/api/schema/>; rel="service-desc"' in response["Link"]
    assert response.cookies == {}


@pytest.mark.parametrize("path", [*(f"{BASE}{path}" for path in PATHS), "/api/schema/"])
def test_who_has_it_already_is_told_so(client, record, path):
    mark = client.get(path)["ETag"]

    again = client.get(path, headers={"If-None-Match": mark})
    packed = client.get(path, headers={"If-None-Match": f"W/{mark}", "Accept-Encoding": "gzip"})
    other = client.get(path, headers={"If-None-Match": '"other"'})

    assert (again.status_code, again.content, again["ETag"]) == (304, b"", mark)
    assert (again["Access-Control-Allow-Origin"], again["Vary"]) == ("*", "Accept-Encoding")
    assert (packed.status_code, other.status_code) == (304, 200)


def test_mark_changes_with_what_the_public_can_read(client, record):
    before = client.get(f"{BASE}events/")["ETag"]
    record.title = "Otherwise"
    record.save()

    assert client.get(f"{BASE}events/")["ETag"] != before


def test_a_second_is_too_coarse_to_say_that_nothing_changed(client, record):
    at = client.get(f"{BASE}events/")["Last-Modified"]

    assert client.get(f"{BASE}events/", headers={"If-Modified-Since": at}).status_code == 200


def test_next_page_stands_in_the_headers_too(client, record):
    make.published()
    response = client.get(f"{BASE}events/?limit=1")

    assert response["Link"].startswith(f'<{response.json()["next"]}>; rel="next"')
    assert response["X-Total-Count"] == "2"


@pytest.mark.parametrize("path", [*(f"{BASE}{path}" for path in PATHS), f"{BASE}nothing/", "/api/schema/"])
def test_only_reading_is_allowed(path):
    strict = Client(enforce_csrf_checks=True)
    for method in ("post", "put", "patch", "delete", "trace"):
        response = getattr(strict, method)(path)

        words = f"{method.upper()} changes nothing here: this API is for reading. Use GET."
        assert response.json() == {"errors": {"method": [words]}, "status": 405}
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("path", PATHS)
def test_head_is_an_answer_without_its_body(client, record, path):
    whole, head = client.get(f"{BASE}{path}"), client.head(f"{BASE}{path}")

    assert (head.status_code, head.content) == (200, b"")
    assert {name: head[name] for name in ("ETag", "Link")} == {name: whole[name] for name in ("ETag", "Link")}


@pytest.mark.parametrize("path", [*PATHS, "nothing/"])
def test_scripts_of_other_sites_may_read(client, path):
    preflight = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    response = client.options(f"{BASE}{path}", headers=preflight)

    assert response.status_code == 204
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "Access-Control-Allow-Credentials" not in response


@pytest.mark.parametrize("path", ["nothing/", "events/a/b/", "../", "../v2/events/", "..//", "%0A/", "events//"])
def test_what_does_not_exist_is_not_found_in_json(client, path):
    status, errors = refusal(client, path)

    assert (status, errors) == (404, {"address": ["There is nothing at this address. See /api/v1/."]})


def test_address_without_its_last_slash_leads_on(client):
    assert client.get("/api/v1/events?limit=1").headers["Location"] == "/api/v1/events/?limit=1"


def test_index_names_what_there_is(client):
    index = ask(client)

    assert list(index["resources"]) == [endpoint.name for endpoint in ENDPOINTS if endpoint.path and not endpoint.key]
    assert all(client.get(address).status_code == 200 for address in index["resources"].values())
    assert client.get(index["schema"]).status_code == client.get(index["documentation"]).status_code == 200


def test_more_parameters_than_are_read_are_refused_in_json(client):
    query = "&".join("category=call" for _ in range(2001))

    assert refusal(client, f"events/?{query}") == (
        400,
        {"parameters": ["There are too many parameters in this address."]},
    )


@pytest.mark.parametrize("name", ["frm" * 100, "\0", "<script>", "a\nb", "é"])
def test_unknown_names_are_shown_short_and_plain(client, name):
    status, errors = refusal(client, f"events/?{quote(name)}=1")

    assert (status, len(errors), len(next(iter(errors)))) == (400, 1, min(len(name), 60))


# ---- nasty input

NASTY = ["", "%00", "a%00b", "%ED%A0%80", "%FF%FE", "0000-00-00", "99999-01-01", "9" * 19, "9" * 5000, "-1", "NaN"]
NASTY += ["1e999", "a" * 100_000, "%F0%9F%92%A3" * 100, "%5C", "%25", "'--", "%22", "%E2%80%AE", "[]", "{}"]


def names_of(endpoint) -> list[str]:
    """Return the parameters to try. Those of the one filter are tried at one address: reading them takes long."""
    tried = endpoint.parameters if endpoint.name == "events" else endpoint.extra_parameters
    return [*(parameter.name for parameter in tried), *(["q", "actor"] if endpoint.takes_filter else []), "zzz"]


@pytest.mark.long
@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_no_value_breaks_a_parameter(client, record, settings, endpoint):
    settings.API_REQUESTS_PER_MINUTE = 0
    path = f"{BASE}{path_of(endpoint)}"
    for name in names_of(endpoint):
        for value in NASTY:
            response = client.get(f"{path}?{name}={value}")
            assert response.status_code in (200, 400), (name, value[:50])
            assert json.loads(response.content)
        assert client.get(f"{path}?{name}=a&{name}=b").status_code == 400


@pytest.mark.parametrize(
    "endpoint", [endpoint for endpoint in ENDPOINTS if endpoint.key], ids=lambda endpoint: endpoint.name
)
def test_no_value_breaks_a_key(client, record, endpoint):
    for value in filter(None, NASTY):
        path = endpoint.path.replace(f"{{{endpoint.key.name}}}", value)

        assert client.get(f"{BASE}{path}").status_code == 404, value[:50]


# ---- drafts


def everything(client: Client) -> dict[str, tuple]:
    queries = ["", "?q=event", "?order=-recorded&limit=1", "?updated_since=2020-01-01", "?country=AM"]
    answers = {}
    for path in [f"{BASE}{path}{query}" for path in PATHS for query in queries] + ["/api/schema/", "/api/docs/"]:
        response = client.get(path)
        del response.headers["X-Request-ID"]  # each answer has another
        for name in ("Cache-Control", "ETag", "Last-Modified"):  # what a cache may keep is another matter with cookies
            response.headers.pop(name, None)
        answers[path] = (response.status_code, dict(response.items()), response.content)
    return answers


def test_who_is_signed_in_gets_the_same(client, record, admin_client, settings):
    settings.API_REQUESTS_PER_MINUTE = 0
    make.event("Draft")

    assert everything(admin_client) == everything(client)


@pytest.fixture
def one_connection():
    """Keep the connection, and the transaction of the test in it, over all requests: as Django's own client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.long
@pytest.mark.parametrize("mode", ["positive", "negative"])
def test_answers_are_what_the_schema_says(db, settings, one_connection, mode):
    """One test for all endpoints: loading the demo takes longer than asking one of them."""
    from .api_fuzzing import ask_all

    settings.API_REQUESTS_PER_MINUTE = 0
    call_command("load_demo", stdout=io.StringIO())
    ask_all(mode)
