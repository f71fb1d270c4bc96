import pytest
from django.test import Client


@pytest.fixture
def client() -> Client:
    """Return an anonymous reader: the public."""
    return Client()
