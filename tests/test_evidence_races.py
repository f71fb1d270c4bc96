"""Two writers at one moment: whoever wins, what is public has its quote, and nothing names what was merged."""

import datetime as dt
from importlib import import_module

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from tests import make
from tests.races import Between
from timeline.database import transactions
from timeline.evidence.choices import VERIFIED_STATES
from timeline.history import replace_text
from timeline.merging import ActorMerge, EventMerge
from timeline.models import (
    Actor,
    ActorAlias,
    Briefing,
    BriefingSpeaker,
    Citation,
    Event,
    EventRelation,
    Participation,
)
from timeline.models.revisions import DataRevisionManager

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.database]

OLD = "MS PORTER: The ceasefire holds. Troops moved."
MOVED = "MS PORTER: Good afternoon. The ceasefire holds. Troops moved."
LOST = "MS PORTER: Troops moved."


def broken() -> list[str]:
    """Return in words what no write may ever leave behind."""
    faults = [f"{event}: public without a verified quote" for event in Event.objects.public() if event.obstacles()]
    for citation in Citation.objects.select_related("briefing", "earlier_text"):
        text, holds = citation.version_text, citation.state in VERIFIED_STATES
        if (citation.start is not None and text[citation.start : citation.end] != citation.quote) or holds != (
            citation.quote in text
        ):
            faults.append(f"{citation}: {citation.state}, which is not so in the stored text")
    merged = Actor.objects.exclude(merged_into=None)
    for model, name in NAMING:
        faults += [f"{row!r} names {merged}" for row in model.objects.filter(**{f"{name}__in": merged})]
    for end in ("from_event", "to_event"):
        faults += [
            f"{relation} ties a merged event"
            for relation in EventRelation.objects.filter(**{f"{end}__status": "merged"})
        ]
    return faults


def captured(briefing: Briefing, text: str):
    """Return what captures this text, as compared now."""
    seen = replace_text.TextReplacement(briefing, text).fingerprint

    def act():
        day = dt.date(2022, 4, 1)
        return replace_text.replace_text(briefing.pk, text, seen=seen, captured_on=day, reason="Again")

    return act


NAMING = (
    (Participation, "actor"),
    (Citation, "speaker"),
    (Briefing, "publisher"),
    (BriefingSpeaker, "actor"),
    (Actor, "parent"),
    (ActorAlias, "actor"),
)


@pytest.mark.parametrize("text", [MOVED, LOST])
def test_a_citation_saved_while_its_text_is_replaced_stands_in_the_text_that_stays(shared, monkeypatch, text):
    briefing = make.briefing(OLD)
    citation = Citation(event=make.event(), briefing=briefing, quote="The ceasefire holds.", act="reports")

    saved, taken = Between(monkeypatch, Citation, "anchor").run(citation.save, captured(briefing, text))

    assert saved is None
    assert isinstance(taken, replace_text.StaleText)  # who captures it sees the new citation first
    assert broken() == []


@pytest.mark.parametrize("text", [MOVED, LOST])
def test_a_citation_made_for_the_text_before_is_anchored_to_the_one_that_came(shared, monkeypatch, text):
    briefing = make.briefing(OLD)
    citation = Citation(event=make.event(), briefing=briefing, quote="The ceasefire holds.", act="reports")
    assert citation.briefing.text == OLD

    taken, saved = Between(monkeypatch, Briefing, "_own_citations").run(captured(briefing, text), citation.save)

    assert (type(taken), saved) == (replace_text.TextReplacement, None)
    assert Citation.objects.get().state == ("verified" if text == MOVED else "missing")
    assert broken() == []


def test_an_event_published_while_its_quote_goes_stays_public_with_its_quote(shared, monkeypatch):
    briefing, event = make.briefing(OLD), make.event()
    make.citation(event, briefing)

    published, taken = Between(monkeypatch, Event, "obstacles").run(event.publish, captured(briefing, LOST))

    assert published is None
    assert isinstance(taken, replace_text.StaleText)
    assert (Event.objects.get().status, Briefing.objects.get().text, broken()) == ("published", OLD, [])


def test_an_event_whose_quote_goes_first_is_published_on_the_version_that_had_it(shared, monkeypatch):
    briefing, event = make.briefing(OLD), make.event()
    make.citation(event, briefing)

    taken, published = Between(monkeypatch, Briefing, "_own_citations").run(captured(briefing, LOST), event.publish)

    assert (type(taken), published) == (replace_text.TextReplacement, None)
    assert Citation.objects.get().earlier_text == briefing.earlier_texts.get()
    assert (Event.objects.get().status, broken()) == ("published", [])


def test_an_event_published_while_its_briefing_is_hidden(shared, monkeypatch):
    briefing, event = make.briefing(OLD), make.event()
    make.citation(event, briefing)
    hidden = Briefing.objects.get()
    hidden.status = "draft"

    first, second = Between(monkeypatch, Event, "obstacles").run(event.publish, hidden.save)

    assert first is None
    assert isinstance(second, IntegrityError)  # event_published_with_evidence
    assert broken() == []


def _participation(gone: Actor):
    return Participation(event=make.event(), actor=gone, role="initiator")


def _citation(gone: Actor):
    return Citation(event=make.event(), briefing=make.briefing(), speaker=gone, quote="Troops moved.", act="reports")


def _briefing(gone: Actor):
    return Briefing(slug="new", title="New", kind="statement", publisher=gone, text=OLD)


def _speaker(gone: Actor):
    return BriefingSpeaker(briefing=make.briefing(), label="MS PORTER", actor=gone)


def _member(gone: Actor):
    return Actor(slug="member", name="Member", kind="state", parent=gone)


def _alias(gone: Actor):
    return ActorAlias(actor=gone, name="Another name")


REFERENCES = (_participation, _citation, _briefing, _speaker, _member, _alias)


@pytest.mark.parametrize("create", REFERENCES)
def test_an_actor_that_is_named_while_it_is_merged_is_named_no_more(shared, monkeypatch, create):
    gone, target = make.actor("Gone"), make.actor("Kept")
    row = create(gone)

    saved, merged = Between(monkeypatch, import_module(type(row).__module__), "follow_merged").run(
        row.save, lambda: ActorMerge(gone, target).apply("One")
    )

    assert (saved, merged, broken()) == (None, None, [])


@pytest.mark.parametrize("create", REFERENCES)
def test_an_actor_that_was_merged_first_is_followed_to_the_one_it_became(shared, monkeypatch, create):
    gone, target = make.actor("Gone"), make.actor("Kept")
    row = create(gone)

    merged, saved = Between(monkeypatch, ActorMerge, "obstacles").run(
        lambda: ActorMerge(gone, target).apply("One"), row.save
    )

    [name] = [name for model, name in NAMING if type(row) is model]
    assert (merged, saved, broken()) == (None, None, [])
    assert getattr(type(row).objects.get(pk=row.pk), name) == target


def test_an_event_that_is_tied_while_it_is_merged_is_tied_no_more(shared, monkeypatch):
    gone, target = make.published("Gone"), make.published("Kept")
    tie = EventRelation(from_event=make.event(), kind="follows", to_event=gone)

    merged, saved = Between(monkeypatch, EventMerge, "obstacles").run(
        lambda: EventMerge(gone, target).apply("One"), tie.save
    )

    assert (merged, saved, broken()) == (None, None, [])
    assert EventRelation.objects.get().to_event == target


def test_what_pulls_in_both_directions_never_stops_for_good(shared, monkeypatch):
    """An event is saved with a citation of the briefing that is saved with its citations."""
    briefing, actor = make.briefing(OLD), make.actor()
    events = [make.event(), make.event()]
    for event in events:
        make.citation(event, briefing)
    fresh = Briefing.objects.get(pk=briefing.pk)
    fresh.text = MOVED

    def entered():
        with transaction.atomic():
            locked = Event.objects.locked(events[0].pk)
            locked.save()
            make.participation(locked, actor)
            make.citation(locked, Briefing.objects.get(pk=briefing.pk), quote="Troops moved.")

    def exchanged():
        with transaction.atomic():
            Briefing.objects.locked(briefing.pk)
            fresh.save()
            actor.save()

    for first, second in ((entered, exchanged), (exchanged, entered)):
        Participation.objects.all().delete()
        with monkeypatch.context() as patched:
            assert Between(patched, DataRevisionManager, "bump").run(first, second) == (None, None)
        assert broken() == []


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite waits by a setting of its connection")
def test_a_writer_that_waits_too_long_is_told_so_and_writes_nothing(shared, monkeypatch):
    monkeypatch.setattr(transactions, "WAIT", 0.2)
    actor = make.actor("As it was")
    renamed = Actor.objects.get()
    renamed.name = "Another"

    def renaming():
        with transaction.atomic():
            actor.save()
            transactions.take_write_lock()

    def late():
        with transaction.atomic():
            renamed.save()

    first, second = Between(monkeypatch, Actor, "_searchable").run(renaming, late)

    assert first is None
    assert isinstance(second, OperationalError)
    assert Actor.objects.get().name == "As it was"


def test_a_turn_needs_a_transaction(transactional_db):
    with pytest.raises(RuntimeError, match="open one first"):
        transactions.take_write_lock()
