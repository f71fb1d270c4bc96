import pytest
from django.db import connection

from tests.database_errors import database_error
from timeline.database_faults import BROKEN


@pytest.mark.django_db
def test_healthz_answers_while_the_database_does(client):
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-cache" in response["Cache-Control"]


def test_healthz_says_when_the_database_does_not(client, monkeypatch, caplog):
    def down():
        raise database_error("XX001")

    monkeypatch.setattr(connection, "cursor", down)
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (503, {"status": BROKEN.words})
    assert caplog.messages[0] == f"/healthz: {BROKEN.words}"


@pytest.mark.django_db
def test_healthz_of_an_https_site_is_asked_without_the_proxy(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert (client.get("/healthz").status_code, client.get("/").status_code) == (200, 301)
