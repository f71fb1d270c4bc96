"""How tests use the page where a briefing is worked on."""

import datetime as dt

from django.urls import reverse

from tests import make
from timeline.models import Briefing, BriefingSpeaker, EventType

TEXT = """Briefing

QUESTION: Did the ministers speak? They said nothing.

MS PORTER: I can confirm that Armenia and Azerbaijan spoke by phone on March 24th. The ceasefire holds.

They said nothing.
"""

QUOTE = "Armenia and Azerbaijan spoke by phone on March 24th."


def page(briefing: Briefing) -> str:
    return reverse("admin:timeline_briefing_workspace", args=[briefing.pk])


def choose(client, briefing: Briefing, button: str, quote: str = QUOTE, **more):
    return client.post(page(briefing), {"quote": quote, button: ""} | more)


def make_source(**changes) -> Briefing:
    briefing = make.briefing(TEXT, published_on=dt.date(2022, 3, 25), **changes)
    porter = make.actor("Jalina Porter", kind="person")
    BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=porter)
    return briefing


def type_of(slug: str) -> int:
    return EventType.objects.get(slug=slug).pk
