"""`list_unsupported`: the events whose claim no citation supports by the codebook."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from timeline.migrations import _evidence
from timeline.models import Event

from . import make

pytestmark = pytest.mark.django_db


def listed() -> list[str]:
    out = StringIO()
    call_command("list_unsupported", stdout=out)
    return out.getvalue().splitlines()


def unsupported(**changes) -> Event:
    """Return a published call for whose support its only words are a call for it."""
    event = make.published("They meet", type="meeting", **changes)
    event.citations.update(act="calls_for", support="nothing")
    Event.objects.filter(pk=event.pk).refresh_evidence()
    return event


def test_public_events_come_first_each_with_what_it_needs():
    draft = make.event("Talks open", type="negotiation", actuality="announced")
    make.citation(draft, act="calls_for")
    public = unsupported()

    assert listed() == [
        f"published  /admin/timeline/event/{public.pk}/change/  They meet  Happened, a deed: needs a source that confirms "
        "or reports it, outside a question; has calls for",
        f"draft      /admin/timeline/event/{draft.pk}/change/  Talks open  Announced, a deed: needs a source that announces, "
        "confirms or reports it, outside a question; has calls for",
        "Lacking support by the codebook: 1 public, 1 other.",
    ]


def test_what_is_supported_or_claims_nothing_is_not_listed():
    make.published(type="meeting")
    make.published(type="meeting", cited={"act": "mentions"})  # taken for granted
    unsupported(actuality="unclear")
    unsupported().withdraw("Wrong.")

    assert listed() == ["Lacking support by the codebook: 0 public, 0 other."]


def test_support_that_readers_do_not_see_is_none():
    event = unsupported()
    make.citation(event, make.briefing(status="draft"))

    assert list(Event.objects.lacking("support")) == [event]


def test_words_of_a_question_alone_are_named_so():
    event = make.event("They meet", type="meeting")
    make.citation(event, make.briefing("QUESTION: The ceasefire holds."), act="reports")

    assert listed()[0].endswith("; has reports in a question")


def test_the_migration_says_how_many_there_are(capsys):
    _evidence.tell_unsupported(apps, None)
    assert capsys.readouterr().out == ""

    unsupported()
    _evidence.tell_unsupported(apps, None)
    assert capsys.readouterr().out == (
        "\n  Public events that lack support by the codebook: 1. List them: manage.py list_unsupported\n"
    )
