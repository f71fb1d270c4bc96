"""No page makes more queries for three rows of each kind than for one, and none makes more than its maximum."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from tests.public_addresses import forget_all
from timeline import history
from timeline.admin.selection import workspace_transcript
from timeline.exports import FORMATS
from timeline.history.pending_changes import CITED, propose, stored_columns
from timeline.models import ActorAlias, BriefingSpeaker, Event, EventRelation, ReviewAssignment, ReviewNote

from .desk_client import reviewer

pytestmark = pytest.mark.django_db

TEXT = "MS NAME A: The ceasefire holds. Armenia met with Azerbaijan.\n\n"
TEXT += "\n\n".join(f"MS NAME {letter}: Yes." for letter in "BCD")
PUBLIC = {
    "/": 37,
    "/actors/": 15,
    "/actors/armenia/": 39,
    "/places/": 15,
    "/places/yerevan/": 28,
    "/conflicts/": 17,
    "/actors/?order=events&kind=state": 16,
    "/conflicts/karabakh/": 26,
    "/briefings/": 13,
    "/briefings/?q=ceasefire": 15,
    "/briefings/march/": 14,
    "/search/?q=ceasefire": 38,
    "/compare/?a=q%3Dceasefire&b=type%3Dstatement": 41,
    "/embed/": 13,
    "/events/0123456789/": 31,
    "/events/0123456789/cite/": 14,
    "/events/0123456789/card/": 11,
    "/marks.html": 17,
    "/facets/actor/": 15,
    "/about/": 10,
    "/codebook/": 18,
    "/changes/": 25,
    "/changes.atom": 24,
    "/sitemap-events.xml": 3,
    "/export/": 51,
    "/api/v1/events/": 12,
    "/api/v1/citations/": 15,
    "/api/v1/briefings/": 14,
    "/api/v1/actors/": 15,
    "/api/v1/places/": 15,
    "/api/v1/conflicts/": 13,
    **{f"/events.{extension}": 12 for extension in FORMATS},
    "/events.atom": 14,
    "/events.feed.json": 14,
    "/events.xlsx": 15,
    "/events.zip": 32,
    "/events.bib": 13,
    "/events.ris": 13,
    "/events.csl.json": 13,
}
DESK = {
    "/admin/": 16,
    "/admin/auth/user/": 9,
    "/admin/guide/": 4,
    "/admin/timeline/actor/": 8,
    "/admin/timeline/briefing/": 12,
    "/admin/timeline/citation/": 8,
    "/admin/timeline/conflict/": 8,
    "/admin/timeline/event/": 12,
    "/admin/timeline/event/review/": 15,
    "/admin/timeline/eventtype/": 8,
    "/admin/timeline/place/": 8,
    "actor_merge": 19,
    "briefing_change": 13,
    "briefing_workspace": 13,
    "event_change": 16,
    "event_discussion": 8,
    "event_propose": 14,
    "event_history": 17,
    "event_merge": 15,
}


@pytest.fixture
def world() -> SimpleNamespace:
    """Return the rows that have pages of their own."""
    actor, place = make.actor("Armenia", slug="armenia"), make.place("Yerevan", slug="yerevan")
    conflict, briefing = make.conflict("Karabakh", slug="karabakh"), make.briefing(TEXT, slug="march")
    event = make.published("The talks", public_id="0123456789", place=place, conflict=conflict, briefing=briefing)
    other = SimpleNamespace(actor=make.actor(), event=make.event("Talks"))
    return SimpleNamespace(
        actor=actor, place=place, conflict=conflict, briefing=briefing, event=event, other=other, rows=0
    )


def add_row_of_everything(world: SimpleNamespace) -> None:
    world.rows += 1
    author = User.objects.create_user(f"author{world.rows}", is_staff=True)
    speaker, member = make.actor(), make.actor(parent=world.actor)
    where = {"place": world.place, "conflict": world.conflict}
    published = make.published(f"Told {world.rows}", briefing=world.briefing, cited={"speaker": speaker}, **where)
    make.participation(published, member)
    make.participation(published, world.actor)
    ActorAlias.objects.create(actor=world.actor, name=f"Name {world.rows}")
    BriefingSpeaker.objects.create(briefing=world.briefing, label=f"MS NAME {'ABCD'[world.rows]}", actor=speaker)
    for event in (world.event, world.other.event):
        citation = make.citation(event, make.briefing(published_on=dt.date(2022, 3, 24)), speaker=make.actor())
        make.participation(event)
        EventRelation.objects.create(from_event=event, to_event=published, kind="follows", citation=citation)
        event.save()
    elsewhere = make.published(place=make.place(), conflict=make.conflict())
    make.participation(elsewhere, world.other.actor)
    waiting = make.event("Waiting", author=author)
    make.citation(waiting)
    waiting.submit(author)
    ReviewNote.objects.write(world.event, "comment", "Is that all?", author)
    ReviewAssignment.objects.create(event=waiting, reviewer=author)
    for event in (world.event, published):
        wanted = Event.objects.get(pk=event.pk)
        wanted.title, wanted.place = f"Talks {world.rows}", make.place()
        cited = stored_columns(make.citation(make.event(), speaker=make.actor()), CITED)
        propose(event, author, history.version(event, history.EVENT_PARTS), wanted, citation=cited)


def queries(client: Client, path: str) -> int:
    """Return how many queries a page makes, in a process with empty caches."""
    forget_all()
    workspace_transcript._turns.clear()
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
        assert answer.status_code == 200, path
        list(answer.streaming_content) if answer.streaming else None
    return len(captured)


def count_queries(client: Client, world: SimpleNamespace, paths: dict[str, str]) -> tuple[dict, dict]:
    """Return how many queries each page makes with one row of everything, and with three."""
    counts = []
    for rows in (1, 2):
        for _ in range(rows):
            add_row_of_everything(world)
        counts.append({name: queries(client, path) for name, path in paths.items()})
    return counts[0], counts[1]


def desk_path(world: SimpleNamespace, name: str) -> str:
    """Return the address of a page, for a name like `event_change` that of the world's event."""
    if name.startswith("/"):
        return name
    model, _, page = name.partition("_")
    row = getattr(world, model)
    other = f"?with={getattr(world.other, model).pk}&keep={row.pk}" if page == "merge" else ""
    return reverse(f"admin:timeline_{name}", args=[row.pk]) + other


def test_public_pages_ask_no_more_for_more_rows(client, world):
    first, third = count_queries(client, world, {path: path for path in PUBLIC})

    assert {path: count for path, count in third.items() if count > first[path]} == {}
    assert {path: count for path, count in third.items() if count > PUBLIC[path]} == {}


def test_desk_pages_ask_no_more_for_more_rows(world):
    client = reviewer()
    User.objects.get(username="reviewer").user_permissions.add(Permission.objects.get(codename="view_user"))
    first, third = count_queries(client, world, {name: desk_path(world, name) for name in DESK})

    assert {name: count for name, count in third.items() if count > first[name]} == {}
    assert {name: count for name, count in third.items() if count > DESK[name]} == {}
