"""How often one address may ask for exports and pages."""

import pytest

from timeline.request_limits import clear_buckets


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
