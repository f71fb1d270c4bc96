import pytest
from django.db import OperationalError, connection


@pytest.mark.django_db
def test_healthz_answers_while_the_database_does(client):
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-cache" in response["Cache-Control"]


def test_healthz_says_when_the_database_does_not(client, monkeypatch):
    def down():
        raise OperationalError("down")

    monkeypatch.setattr(connection, "cursor", down)
    response = client.get("/healthz")

    assert (response.status_code, response.json()) == (503, {"status": "the database does not answer"})
