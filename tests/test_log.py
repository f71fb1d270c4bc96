"""What goes wrong is seen: in the log on standard error, with the number that the answer has."""

import logging
import re
import subprocess
import sys
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.test import Client

from tests.test_settings import CLEAN, ROOT
from tracker.request_ids import WithRequestId, request_id

NUMBER = re.compile(r"[0-9a-f]{12}")
GUNICORN = [sys.executable, "-m", "gunicorn", "--bind", "127.0.0.1:0"]


@pytest.fixture(scope="module")
def fault() -> tuple[str, str, str]:
    """Return the number, the page and the log of a fault in a view, under gunicorn and with DEBUG off."""
    given = CLEAN | {
        "DEBUG": "no",
        "SITE_URL": "http://127.0.0.1:8000",
        "DATABASE_URL": "sqlite://:memory:",
        "WORKERS": "1",
    }
    command = [*GUNICORN, "tests.failing_site"]
    with subprocess.Popen(command, cwd=ROOT, env=given, stderr=subprocess.PIPE, text=True) as server:  # noqa: S603
        address = next(filter(None, (re.search(r"http://\S+", line) for line in server.stderr)))[0]
        try:
            with pytest.raises(HTTPError) as caught:
                urlopen(f"{address}/fail/", timeout=20)  # noqa: S310 (our own server)
            with caught.value as answer:
                number, page = answer.headers["X-Request-ID"], answer.read().decode()
        finally:
            server.terminate()
        return number, page, server.stderr.read()


def test_fault_stands_in_the_log_with_its_traceback_and_number(fault):
    number, _, log = fault

    assert NUMBER.fullmatch(number)
    assert f"ERROR django.request [{number}] Internal Server Error: /fail/\nTraceback" in log
    assert "ZeroDivisionError: a fault in a view\n" in log


def test_page_of_a_fault_gives_the_number_and_says_only_what_is_known(fault):
    number, page, _ = fault

    assert re.findall(r"<p>(.*?)</p>\n", page[page.index("<main") : page.index("</main")]) == [
        "The fault is ours, not yours. If you sent a form, check whether it was saved before you send it again.",
        f"The error is recorded in the site’s log. If you report it, quote the number <b>{number}</b>.",
        '<a href="/">Go to the timeline</a>',
    ]


def test_each_answer_has_a_number_of_its_own():
    first, second = (Client().get("/nowhere/").headers["X-Request-ID"] for _ in range(2))

    assert NUMBER.fullmatch(first)
    assert NUMBER.fullmatch(second)
    assert first != second


def test_number_is_taken_from_no_request():
    answer = Client().get("/nowhere/", headers={"X-Request-ID": "forged"})

    assert answer.headers["X-Request-ID"] != "forged"


def test_each_line_of_the_log_has_the_number(settings):
    formatter = logging.Formatter(settings.LOGGING["formatters"]["line"]["format"], style="{")
    record = logging.LogRecord("timeline", logging.WARNING, "", 0, "a %s", ("word",), None)
    request_id.set("0123456789ab")
    WithRequestId().filter(record)

    assert formatter.format(record).split(" ", 2)[2] == "WARNING timeline [0123456789ab] a word"
