"""The headers that guard readers and editors, whole, on each kind of answer. Which methods an address answers to; the
matrix in authorization.csv names them all."""

import pytest
from django.http import StreamingHttpResponse
from django.test import Client, RequestFactory

from tests import make
from tracker.headers import OFF, no_body_for_head

from .clients import body
from .desk_client import member
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

POLICY = (
    "base-uri 'none'; connect-src 'self'; default-src 'none'; font-src 'self'; form-action 'self'; "
    "frame-ancestors {}; img-src 'self'; object-src 'none'; script-src 'self'; style-src 'self'"
)
PERMISSIONS = ", ".join(f"{feature}=()" for feature in OFF)
GUARDING = (
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
)
STRICT = {
    "Content-Security-Policy": POLICY.format("'none'"),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
PUBLIC = ("/", "/?period=nonsense", "/nothing/here/", "/events.csv", "/events.atom", "/marks.html", "/api/docs/")
PUBLIC += ("/briefings/", "/verify/", "/healthz", "/compare/", "/export/")


def guarding(answer) -> dict[str, str]:
    guards = {name: answer.headers[name] for name in GUARDING if name in answer.headers}
    if "Content-Security-Policy" in guards:
        guards["Content-Security-Policy"] = "; ".join(sorted(guards["Content-Security-Policy"].split("; ")))
    return guards


@made_once
def one_event() -> None:
    make.published()


@pytest.mark.parametrize("url", PUBLIC)
def test_public_answers_are_guarded_and_set_no_cookie(client, one_event, url):
    answer = client.get(url)

    assert guarding(answer) == STRICT
    assert answer.cookies == {} or url == "/verify/"  # whose form has a token


@pytest.mark.parametrize("url", ["/admin/", "/admin/timeline/event/", "/admin/timeline/event/add/", "/admin/login/"])
def test_answers_of_the_desk_are_guarded_and_stored_nowhere(url):
    answer = member("Administrator").get(url)

    assert guarding(answer) == STRICT
    assert "no-store" in answer["Cache-Control"]


def test_only_what_is_made_to_be_embedded_can_be(client):
    event = make.published()
    for url in ("/embed/", f"/embed/events/{event.public_id}/"):
        answer = client.get(url)
        allowed = STRICT | {"Content-Security-Policy": POLICY.format("*")}
        del allowed["X-Frame-Options"]
        assert guarding(answer) == allowed


@pytest.mark.parametrize("url", ["/api/v1/events/", "/api/v1/nothing/", "/api/schema/"])
def test_answers_of_the_api_are_guarded_but_read_from_anywhere(client, url):
    answer = client.get(url)

    assert guarding(answer).items() >= {name: STRICT[name] for name in STRICT if name != "X-Frame-Options"}.items()
    assert (answer["Access-Control-Allow-Origin"], answer.cookies) == ("*", {})


@pytest.mark.parametrize("extension", ["csv", "json", "ndjson", "geojson", "xlsx", "bib", "ris", "zip"])
def test_downloads_are_files_and_never_pages(client, extension):
    make.published()
    answer = client.get(f"/events.{extension}")

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; ")


@pytest.mark.parametrize("secure", [False, True])
def test_refusal_of_an_unknown_host_is_guarded_too(client, settings, secure):
    settings.SECURE_SSL_REDIRECT = secure
    answer = client.get("/", headers={"Host": "other.example"})

    assert (answer.status_code, guarding(answer)) == (400, STRICT)


@pytest.mark.parametrize(
    ("url", "status"), [("/", 200), ("/nowhere/", 404), ("/events.csv?x=1", 400), ("/events.csv", 200)]
)
def test_head_is_answered_as_get_without_the_body(client, one_event, url, status):
    head, got = client.head(url), client.get(url)

    assert (head.status_code, body(head)) == (status, b"")
    assert head.headers.get("Content-Length") == (None if url == "/events.csv" else str(len(body(got))))


def test_head_of_a_file_that_is_sent_while_it_is_made_has_no_body():
    answer = no_body_for_head(lambda request: StreamingHttpResponse(iter([b"words"])))(RequestFactory().head("/"))

    assert b"".join(answer.streaming_content) == b""


REFUSED = ["PUT", "PATCH", "DELETE", "TRACE", "OPTIONS", "BREW"]


def refused(path: str, method: str) -> tuple[int, str]:
    """Ask as a browser does, with the check for forged forms."""
    answer = Client(enforce_csrf_checks=True).generic(method, path)
    return answer.status_code, answer.headers.get("Allow", "")


@pytest.mark.parametrize("method", ["POST", *REFUSED])
def test_public_page_is_only_read(method):
    event = make.published()

    assert [refused(path, method) for path in ("/", event.get_absolute_url(), "/healthz", "/events.csv")] == [
        (405, "GET, HEAD")
    ] * 4


@pytest.mark.parametrize("method", REFUSED)
def test_page_with_a_form_is_read_and_sent(method):
    assert [refused(path, method) for path in ("/verify/", "/admin/", "/admin/timeline/event/add/")] == [
        (405, "GET, HEAD, POST")
    ] * 3


def test_forged_form_is_still_refused():
    assert Client(enforce_csrf_checks=True).post("/admin/login/").status_code == 403


def test_address_that_is_not_there_is_not_found_whatever_the_method():
    assert [refused("/nowhere/", method)[0] for method in ("POST", "TRACE")] == [404, 404]
