"""How tests ask for the page that compares two filters, and the events that they compare."""

from urllib.parse import urlencode

from django.test import Client

from tests import make

CALLS, TROOPS = "category=call", "category=troops"


def compare(client: Client, a: str, b: str, **more: str):
    return client.get(f"/compare/?{urlencode({'a': a, 'b': b} | more)}")


def record() -> None:
    """Two calls and three troop movements, one of these undated, in March 2022; a clash elsewhere."""
    briefing = make.briefing()
    for edtf, type_ in [
        ("2022-03-21", "phone-call"),
        ("2022-03-24", "phone-call"),
        ("2022-03-24", "troop-movement"),
        ("[2022-03-24..2022-03-27]", "troop-movement"),
        ("[..2022-03-25]", "troop-movement"),
        ("1994-05-12", "clash"),
    ]:
        make.published(edtf=edtf, type=type_, briefing=briefing)
