"""Which methods an address answers to; the matrix in authorization.csv names them all."""

import pytest
from django.test import Client

from tests import make

pytestmark = pytest.mark.django_db

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
