"""How often one client may ask. How often one address may ask for exports and pages."""

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from timeline import request_limits
from timeline.absolute_urls import client_address
from timeline.request_limits import TokenBuckets, clear_buckets


@pytest.fixture
def rate(settings):
    """Two requests a minute, and no request yet."""
    settings.API_REQUESTS_PER_MINUTE = 2
    clear_buckets()
    yield settings
    clear_buckets()


@pytest.mark.django_db
def test_one_request_too_many_is_told_when_to_ask_again(rate, client):
    answers = [client.get("/api/v1/") for _ in range(3)]
    last = answers[-1]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    wait = int(last["Retry-After"])
    assert 28 <= wait <= 30
    assert last.json() == {
        "errors": {"requests": [f"Too many requests from your address. Try again in {wait} seconds."]},
        "status": 429,
    }
    assert last["Access-Control-Allow-Origin"] == "*"


@pytest.mark.django_db
def test_each_client_has_a_bucket_of_its_own(rate, client):
    for _ in range(3):
        client.get("/api/v1/", REMOTE_ADDR="192.0.2.1")

    assert client.get("/api/v1/", REMOTE_ADDR="192.0.2.2").status_code == 200


@pytest.mark.django_db
def test_refusals_and_unknown_addresses_count_too(rate, client):
    assert [client.get(f"/api/v1/{path}").status_code for path in ("nothing/", "events/?x=1", "events/")] == [
        404,
        400,
        429,
    ]


@pytest.mark.django_db
def test_none_is_refused_without_a_limit(rate, client):
    rate.API_REQUESTS_PER_MINUTE = 0

    assert {client.get("/api/v1/").status_code for _ in range(10)} == {200}


@pytest.mark.django_db
def test_pages_for_people_are_not_counted(rate, client):
    assert {client.get("/api/docs/").status_code for _ in range(4)} == {200}


@pytest.mark.parametrize(
    ("address", "known_as"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_client_is_known_by_its_address(address, known_as):
    assert client_address(RequestFactory().get("/", REMOTE_ADDR=address)) == known_as


@pytest.mark.parametrize(("behind", "known_as"), [(False, "192.0.2.9"), (True, "192.0.2.2")])
def test_only_the_own_proxy_is_believed(settings, behind, known_as):
    settings.BEHIND_PROXY = behind
    header = "10.0.0.1, 192.0.2.2"  # the first is what the client says of itself

    assert client_address(RequestFactory().get("/", REMOTE_ADDR="192.0.2.9", HTTP_X_FORWARDED_FOR=header)) == known_as


def test_bucket_fills_again_steadily():
    buckets = TokenBuckets()

    assert [buckets.take("a", 2, now) for now in (0, 0, 0, 10, 29, 30, 30, 1000, 1000, 1000)] == [
        *(0, 0, 30, 20, 1, 0, 30),
        *(0, 0, 30),
    ]


@given(st.lists(st.floats(0, 30), max_size=40), st.integers(1, 5))
def test_who_waits_as_long_as_told_is_answered(pauses, most):
    buckets, now, taken = TokenBuckets(), 0.0, 0
    for pause in pauses:
        now += pause
        if wait := buckets.take("a", most, now):
            now += wait
            assert buckets.take("a", most, now) == 0
        taken += 1
    assert taken <= most + now * most / 60 + 1


def test_clients_that_are_long_gone_are_forgotten(monkeypatch):
    monkeypatch.setattr(request_limits, "MOST_CLIENTS", 3)
    buckets = TokenBuckets()
    for client, at in (("old", 0), ("older", 0), ("recent", 90)):
        buckets.take(client, 1, at)

    buckets.take("new", 1, 100)
    assert list(buckets.tokens) == ["recent", "new"]

    for number in range(2):
        buckets.take(f"newer {number}", 1, 101)
    assert list(buckets.tokens) == ["newer 1"]  # all others came a moment ago, and are too many


@pytest.fixture
def two_a_minute(settings):
    settings.FILES_PER_MINUTE = settings.PAGES_PER_MINUTE = 2
    clear_buckets()
    yield
    clear_buckets()


@pytest.mark.django_db
def test_export_too_many_is_refused_in_json(client, two_a_minute):
    answers = [client.get(address) for address in ("/events.csv", "/events.csv.manifest", "/events.json")]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    wait = int(answers[-1]["Retry-After"])
    assert wait in (29, 30)
    words = f"Too many requests from your address. Try again in {wait} seconds."
    assert answers[-1].json() == {"errors": {"requests": [words]}, "status": 429}


@pytest.mark.django_db
def test_page_too_many_is_refused_in_a_page(client, two_a_minute):
    answers = [client.get(address) for address in ("/", "/export/", "/compare/")]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert f"Try again in {answers[-1]['Retry-After']} seconds.</p>" in answers[-1].content.decode()
    assert answers[-1]["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_pages_exports_and_addresses_are_counted_apart(client, two_a_minute):
    for address in ("/", "/", "/events.csv", "/events.csv"):
        assert client.get(address).status_code == 200

    assert client.get("/", REMOTE_ADDR="192.0.2.2").status_code == 200
    assert {client.get("/healthz").status_code for _ in range(4)} == {200}
    assert client.get("/").status_code == 429
