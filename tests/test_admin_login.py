"""Signing in: the same words for every mistake, and few attempts."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import User
from django.test import Client

from timeline.models import LoginAttempt, login_attempt

from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ada")]
URL, PASSWORD = "/admin/login/", "a long password of ada"
HERE, ELSEWHERE = "192.0.2.1", "192.0.2.2"


@made_once
def ada():
    return User.objects.create_user("ada", password=PASSWORD, is_staff=True)


def attempt(name: str = "ada", password: str = "wrong", address: str = HERE, **headers):  # noqa: S107 (a wrong one)
    sent = {"username": name, "password": password, "next": "/admin/"}
    return Client().post(URL, sent, REMOTE_ADDR=address, headers=headers)


def message_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.context["form"].non_field_errors()[0])


def later(minutes: float) -> None:
    """Let that much time go by."""
    for attempted in LoginAttempt.objects.all():
        attempted.at -= dt.timedelta(minutes=minutes)
        attempted.save()


def test_right_password_signs_in_and_leaves_no_attempt():
    attempt()

    assert (attempt(password=PASSWORD).status_code, LoginAttempt.objects.count()) == (302, 0)


def test_who_signs_in_without_a_page_to_go_to_comes_to_the_desk():
    answer = Client().post(URL, {"username": "ada", "password": PASSWORD, "next": "https://elsewhere.example/"})

    assert answer.headers["Location"] == "/admin/"


def test_fifth_failure_is_answered_429_and_then_the_right_password_too():
    statuses = [attempt().status_code for _ in range(5)]
    answer = attempt(password=PASSWORD)

    assert statuses == [200, 200, 200, 200, 429]
    assert answer.status_code == 429
    assert 890 < int(answer["Retry-After"]) <= 900  # a slow machine takes seconds for five attempts
    assert message_of(answer) == "Too many attempts to sign in from here. Try again in 15 minutes."
    assert "no-store" in answer["Cache-Control"]
    assert LoginAttempt.objects.count() == 5  # to try again meanwhile makes it no longer


def test_after_a_while_one_may_try_again():
    for _ in range(5):
        attempt()
    later(14.5)
    early = attempt(password=PASSWORD)
    later(0.6)

    assert (early.status_code, message_of(early)) == (
        429,
        "Too many attempts to sign in from here. Try again in 1 minute.",
    )
    assert attempt(password=PASSWORD).status_code == 302


@pytest.mark.parametrize("other", [{"address": ELSEWHERE}, {"name": "bela"}])
def test_neither_another_address_nor_another_name_is_kept_out(other):
    User.objects.create_user("bela", password=PASSWORD, is_staff=True)
    for _ in range(6):
        attempt()

    assert attempt(password=PASSWORD, **other).status_code == 302


def test_another_spelling_is_no_other_account():
    for name in ("ada", "ADA", "Ada", "aDa"):
        attempt(name)

    assert attempt("adA").status_code == 429


def test_one_address_tries_thirty_names_and_no_more():
    statuses = [attempt(f"name {number}").status_code for number in range(30)]

    assert statuses == [200] * 29 + [429]
    assert attempt(password=PASSWORD).status_code == 429
    assert attempt(password=PASSWORD, address=ELSEWHERE).status_code == 302


def test_who_signs_in_between_does_not_begin_anew_under_other_names():
    for number in range(29):
        attempt(f"name {number}")
        if number == 20:
            attempt(password=PASSWORD)

    assert attempt("one more").status_code == 429


@pytest.mark.parametrize("mistake", ["unknown", "closed", "not of the desk", "wrong password"])
def test_every_mistake_is_told_in_the_same_words(ada, mistake):
    changes = {"closed": {"is_active": False}, "not of the desk": {"is_staff": False}}.get(mistake, {})
    User.objects.filter(pk=ada.pk).update(**changes)
    password = "wrong" if mistake == "wrong password" else PASSWORD

    assert message_of(attempt("eve" if mistake == "unknown" else "ada", password)) == (
        "Please enter the correct username and password for a staff account. "
        "Note that both fields may be case-sensitive."
    )


def test_a_header_that_anybody_can_write_makes_no_other_address():
    for number in range(5):
        attempt(**{"X-Forwarded-For": f"198.51.100.{number}"})

    assert attempt(password=PASSWORD, **{"X-Forwarded-For": "198.51.100.9"}).status_code == 429


def test_behind_a_proxy_the_address_is_the_one_the_proxy_met(settings):
    settings.BEHIND_PROXY = True
    for _ in range(5):
        attempt(**{"X-Forwarded-For": "203.0.113.9, 198.51.100.1"})

    assert attempt(password=PASSWORD, **{"X-Forwarded-For": "8.8.8.8, 198.51.100.1"}).status_code == 429
    assert attempt(password=PASSWORD, **{"X-Forwarded-For": "203.0.113.9, 198.51.100.2"}).status_code == 302


def test_what_was_typed_as_a_name_is_not_kept():
    attempt("my password, in the wrong field")

    [stored_attempt] = LoginAttempt.objects.all()
    assert "password" not in f"{stored_attempt} {stored_attempt.account}"


def test_old_attempts_are_forgotten():
    attempt("somebody")
    later(15.1)
    attempt()

    assert LoginAttempt.objects.count() == 1


def test_an_empty_form_is_no_attempt():
    answer = attempt(password="")

    assert (answer.status_code, LoginAttempt.objects.count()) == (200, 0)


def test_many_attempts_at_one_moment_are_counted_before_their_passwords_are_looked_at():
    waits = [LoginAttempt.objects.register("ada", HERE) for _ in range(7)]

    assert waits[:5] == [0] * 5
    assert all(waits[5:])
    assert LoginAttempt.objects.count() == login_attempt.OF_ACCOUNT


@pytest.mark.parametrize(
    "name", ["\x00", "a" * 100_000, "\ud800".encode("utf-16", "surrogatepass").decode("utf-16", "replace")]
)
def test_strange_names_are_refused_like_any_other(name):
    assert attempt(name).status_code == 200
