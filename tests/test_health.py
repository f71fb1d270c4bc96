import pytest
from django.db import connection

from tests.database_errors import database_error
from timeline.database.faults import BROKEN, OUT_OF_REACH


@pytest.mark.django_db
def test_healthz_answers_while_the_database_does(client):
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-cache" in response["Cache-Control"]


@pytest.mark.parametrize(("code", "fault", "after"), [("XX001", BROKEN, None), ("57P03", OUT_OF_REACH, "5")])
def test_healthz_says_when_the_database_does_not(client, monkeypatch, caplog, code, fault, after):
    def down():
        raise database_error(code)

    monkeypatch.setattr(connection, "cursor", down)
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (503, {"status": fault.words})
    assert response.headers.get("Retry-After") == after
    assert caplog.messages[0] == f"/healthz: {fault.words}"


@pytest.mark.django_db
def test_healthz_of_an_https_site_is_asked_without_the_proxy_and_at_any_host(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert (client.get("/healthz").status_code, client.get("/").status_code) == (200, 301)
    assert client.get("/healthz", headers={"Host": "10.0.0.5:8000"}).json() == {"status": "ok"}
