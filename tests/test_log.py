"""What goes wrong is seen: in the log on standard error, with the number that the answer has."""

import json
import logging
import re
import subprocess
import sys
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
import sentry_sdk
from django.contrib.auth.models import Group, User
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError
from django.test import Client
from sentry_sdk.integrations.django import DjangoIntegration
from sentry_sdk.transport import Transport

from tests.test_settings import CLEAN, ROOT, run
from tracker.logs.fault_reports import report_to, without_entries
from tracker.logs.lines import JsonLine, TextLine, logging_settings
from tracker.request_ids import WithRequestId, request_id

NUMBER = re.compile(r"[0-9a-f]{12}")
GUNICORN = [sys.executable, "-m", "gunicorn", "--bind", "127.0.0.1:0"]

pytestmark = pytest.mark.django_db  # a page asks for the version of the data


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


def record(**given) -> logging.LogRecord:
    made = logging.LogRecord("timeline", logging.WARNING, "", 0, "a %s", ("word",), given.pop("exc_info", None))
    made.__dict__ |= given
    request_id.set("0123456789ab")
    WithRequestId().filter(made)
    return made


def test_each_line_of_the_log_has_the_number():
    assert TextLine().format(record()).split(" ", 2)[2] == "WARNING timeline [0123456789ab] a word"


def test_line_of_json_is_one_object():
    line = json.loads(JsonLine().format(record(fields={"seconds": 2}, created=1.5)))

    assert line == {
        "at": "1970-01-01T00:00:01.500+00:00",
        "level": "WARNING",
        "logger": "timeline",
        "request": "0123456789ab",
        "message": "a word",
        "seconds": 2,
    }


@pytest.mark.parametrize("formatter", [TextLine(), JsonLine()])
def test_values_of_a_row_are_in_no_line(formatter):
    error = IntegrityError(
        "a rule is broken\nDETAIL:  Failing row contains (1, words of a draft,\n\tmore of it).\nHINT: none"
    )
    line = formatter.format(record(exc_info=(IntegrityError, error, None)))

    assert "a rule is broken" in line
    assert "HINT: none" in line
    assert "draft" not in line
    assert "more of it" not in line


def test_format_of_the_log_is_a_setting():
    assert logging_settings("json")["formatters"]["line"]["()"] is JsonLine
    assert run("from tracker import settings", ("LOG_FORMAT", "yaml")).stderr.endswith("KeyError: 'yaml'\n")


@pytest.mark.parametrize(("slow", "lines"), [(0.0, ["slow: GET /nowhere/ answered 404 after 0.0 s"]), (60.0, [])])
def test_slow_request_has_a_line_without_its_query(monkeypatch, caplog, slow, lines):
    monkeypatch.setattr("tracker.logs.slow_requests.SLOW", slow)
    Client().get("/nowhere/?q=draft")

    assert [line for line in caplog.messages if line.startswith("slow")] == lines


@pytest.mark.django_db
def test_sign_ins_and_rights_have_lines_without_names(caplog):
    caplog.set_level("INFO", "tracker")
    user = User.objects.create_user("hidden-name", password="hidden-password")
    user.groups.add(group := Group.objects.create(name="hidden-group"))
    user.is_superuser = True
    user.save()
    user.save()
    client = Client()
    client.login(username="hidden-name", password="hidden-password")
    client.logout()
    client.login(username="hidden-password", password="hidden-name")
    key = user.pk
    user.delete()

    assert [line for line in caplog.messages if "password" not in line or "changed" in line] == [
        f"account made: account {key}, superuser False",
        f"rights changed: account {key}, add group [{group.pk}]",
        f"account changed: account {key}, is_superuser True",
        *(f"signed {way}: account {key}, address unknown" for way in ("in", "out")),
        "sign-in refused: from unknown",
        f"account deleted: account {key}",
    ]
    assert "hidden" not in caplog.text


def test_command_that_nobody_watches_has_a_line():
    done = subprocess.run(
        [sys.executable, "manage.py", "makemigrations", "--nothing"],
        cwd=ROOT,
        env=CLEAN,
        capture_output=True,
        text=True,
    )

    assert re.search(r"INFO tracker.logs.commands \[-\] command makemigrations: ended with 2 after \d", done.stderr)


# Reports of faults


def test_report_has_no_word_of_what_was_entered():
    sent = []

    class Kept(Transport):
        def capture_envelope(self, envelope):
            sent.append(envelope)

    report_to(
        "https://key@reports.example/1", transport=Kept, default_integrations=False, integrations=[DjangoIntegration()]
    )
    try:
        secret = "words-of-a-draft"  # noqa: S105
        sentry_sdk.capture_exception(IntegrityError(f"a rule\nDETAIL:  Failing row contains ({secret})."))
    finally:
        sentry_sdk.init()
    (event,) = [envelope.get_event() for envelope in sent]

    assert event["exception"]["values"][0]["value"] == "a rule\n"
    assert "words-of-a-draft" not in json.dumps(event)


def test_report_of_a_request_keeps_address_and_agent_alone():
    request = {"url": "https://a.example/x?q=secret", "query_string": "q=secret", "data": "secret", "cookies": "secret"}
    event = without_entries({"request": request | {"headers": {"Cookie": "secret", "User-Agent": "curl"}}}, {})

    assert event == {"request": {"url": "https://a.example/x", "headers": {"User-Agent": "curl"}}}


def test_library_that_is_missing_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "sentry_sdk", None)

    assert report_to("") is None
    with pytest.raises(ImproperlyConfigured, match="run pip install sentry-sdk"):
        report_to("https://key@reports.example/1")
