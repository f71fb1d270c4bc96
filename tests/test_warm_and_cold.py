"""What a process keeps in memory never shows: after each kind of write it answers as one that has just begun."""

import datetime as dt

import pytest

from tests import make
from tests.public_addresses import FILTERS, LISTS, answers, differing, forget_all
from timeline.history.replace_text import TextReplacement, replace_text
from timeline.merging import ActorMerge, EventMerge
from timeline.models import Actor, Event

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TEXT = "MS PORTER: The ceasefire holds. Troops moved."
PATHS = [f"{path}?{query}" if query else path for path in LISTS for query in FILTERS[:5]]
PATHS += [
    "/actors/",
    "/briefings/",
    "/facets/actor/",
    "/facets/type/",
    "/api/v1/facets/",
    "/events.csv",
    "/events.atom",
]


@pytest.fixture
def world():
    forget_all()
    briefing, actor = make.briefing(TEXT), make.actor("Armenia")
    events = [
        make.published(f"The ceasefire holds {day}", briefing=briefing, edtf=f"2022-03-{day}") for day in (10, 11)
    ]
    for event in events:
        make.participation(event, actor, "initiator")
        make.citation(event, make.briefing(TEXT, published_on=dt.date(2022, 4, 1)), act="denies")
    draft = make.event("The ceasefire of a draft")
    make.citation(draft, briefing)
    return {"events": events, "briefing": briefing, "actor": actor, "draft": draft, "other": make.actor("Another")}


def _rename(world):
    actor = Actor.objects.get(pk=world["actor"].pk)
    actor.name = "Renamed"
    actor.save()


def _rename_type(world):
    kind = world["events"][0].event_type
    kind.name = "Renamed type"
    kind.save()


def _recapture(world):
    briefing = world["briefing"]
    text = f"Good afternoon. {TEXT}"
    seen = TextReplacement(briefing, text).fingerprint
    replace_text(briefing.pk, text, seen=seen, captured_on=None, reason="Again")


def _day_of_briefing(world):
    world["briefing"].refresh_from_db()
    world["briefing"].published_on = dt.date(2022, 3, 30)
    world["briefing"].save()


WRITES = (
    lambda world: world["draft"].publish(),
    _rename,
    _rename_type,
    _recapture,
    _day_of_briefing,
    lambda world: ActorMerge(world["actor"], world["other"]).apply("One"),
    lambda world: EventMerge(*Event.objects.public().order_by("pk")[:2]).apply("One"),
    lambda world: Event.objects.get(pk=world["draft"].pk).withdraw("It did not happen"),
)


@pytest.mark.long
def test_warm_answers_are_cold_answers(world):
    warm = answers(PATHS)
    for number, write in enumerate(WRITES):
        write(world)
        make.older_revision()
        before, warm = warm, answers(PATHS)
        forget_all()

        assert differing(warm, answers(PATHS)) == {}, number
        assert warm != before, number
