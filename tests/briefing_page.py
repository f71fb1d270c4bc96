"""How tests read the public page of a briefing."""

import re

from django.test import Client

from tests import make
from timeline.models import Briefing, Citation

from .clients import words

TEXT = """Briefing on the Ceasefire

QUESTION: Is there a readout of the call?

And what of the talks?

MS PORTER: Thanks. The ceasefire holds. Troops moved.

12:30 p.m.
"""


def html_of(client: Client, briefing: Briefing) -> str:
    response = client.get(f"/briefings/{briefing.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def stretches(html: str, start: str, end: str) -> list[str]:
    """Return what readers read of each stretch of the page from `start` to `end`."""
    return [words(stretch) for stretch in re.findall(f"{start}(.*?){end}", html, re.S)]


def notes(html: str) -> list[str]:
    return stretches(html, '<li class="note" id="', "</li>")


def cited(briefing: Briefing, title: str, quote: str, actuality: str = "occurred", **changes) -> Citation:
    """Return the citation of this briefing by a new published event."""
    event = make.published(title, briefing=briefing, actuality=actuality, cited={"quote": quote} | changes)
    return event.citations.get()
