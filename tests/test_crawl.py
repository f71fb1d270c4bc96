"""Every address, as the public and as one who may do everything: strange values break none, and no text becomes markup."""

import pytest
from django.db import models
from django.test import Client

from timeline.models import Actor, ActorAlias, Briefing, Citation, Conflict, Event, Participation, Place

from .authorization_matrix import World, addresses

pytestmark = pytest.mark.django_db

NAMES = ("q", "page", "at", "with", "keep", "term", "text", "after", "before", "first", "lane", "url", "from", "actor")
NAMES += ("status__exact", "o", "p", "e", "_popup", "_to_field", "a", "cursor", "limit", "since", "columns", "type")
NASTY = ("%00", "9" * 30, "-1", "%ED%A0%80", "(a%2B)%2B$", "0000-00-00", "%27%22%3E%3Cimg%20src=x%3E", "a" * 5_000)
MARKER = "\"><img src=x onerror=alert(1)>'{{7*7}}</script><!--"
RAW = (b"<img src=x", b"</script><!--")


def paths(world: World, who: str) -> list[str]:
    return [world.path(address, who) for address in addresses() if "logout" not in address.route]


@pytest.mark.long
@pytest.mark.parametrize("who", ["anonymous", "superuser"])
def test_strange_values_break_no_page(who):
    world = World()
    client = world.clients[who]
    client.raise_request_exception = False
    broken = {}
    for path in paths(world, who):
        start = path + ("&" if "?" in path else "?")
        for value in NASTY:
            alone = [f"{start}{name}={value}" for name in NAMES[:1]]
            for address in (*alone, start + "&".join(f"{name}={value}" for name in NAMES)):
                answer = client.get(address)
                if answer.status_code >= 500:
                    broken[address[:200]] = answer.status_code

    assert broken == {}


@pytest.mark.long
@pytest.mark.parametrize("value", ["\x00", "9" * 30, "-1", "a" * 20_000, "[" * 2_000, MARKER])
def test_strange_forms_break_no_page_of_the_desk(value):
    world = World()
    client = world.clients["superuser"]
    client.raise_request_exception = False
    names = (
        *NAMES,
        "title",
        "name",
        "slug",
        "edtf",
        "event_type",
        "reason",
        "version",
        "seen",
        "accept",
        "event",
        "act",
    )
    sent = dict.fromkeys((*names, "action", "_selected_action", "change_reason", "submission", "captured_on"), value)
    broken = {}
    for path in paths(world, "superuser"):
        if "password" in path or "/auth/" in path:
            continue
        answer = client.post(path, sent)
        if answer.status_code >= 500:
            broken[path] = answer.status_code

    assert broken == {}


def hostile(model: type[models.Model]) -> None:
    """Put the marker into every text that somebody can fill in, past all forms; where one has to be unlike the others, too."""
    for row in model.objects.all():
        for field in model._meta.fields:
            kinds = isinstance(field, (models.CharField, models.TextField)) and not isinstance(field, models.SlugField)
            if kinds and field.editable and not field.choices and field.name not in PLAIN:
                text = f"{row.pk}{MARKER}"[: field.max_length or 200]
                model.objects.filter(pk=row.pk).update(**{field.name: text})


PLAIN = ("url", "archive_url", "edtf", "published_within", "language", "country", "time_zone", "text", "quote")


@pytest.mark.long
@pytest.mark.parametrize("who", ["anonymous", "superuser"])
def test_no_text_becomes_markup(who):
    world = World()
    for model in (Actor, ActorAlias, Briefing, Citation, Conflict, Event, Participation, Place):
        hostile(model)
    text = f"MS PORTER: The ceasefire holds. {MARKER} Troops moved."
    spoken = Briefing.objects.get(pk=world.public_briefing.pk)
    spoken.text = text
    spoken.save()
    world.withdrawn.refresh_from_db()
    client: Client = world.clients[who]
    met, raw = 0, []
    for path in (*paths(world, who), f"/briefings/{spoken.slug}/", f"/events/{world.withdrawn.public_id}/"):
        answer = client.get(path)
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        body = answer.content
        met += b"onerror=alert" in body
        raw += [path for mark in RAW if mark in body]

    assert raw == []
    assert met > 10
