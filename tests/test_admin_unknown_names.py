"""The list of names in a workspace that are those of no actor, and adding one."""

import pytest

from tests import make
from timeline.models import Actor

from .desk_client import desk, editor, said
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

TEXT = "MS PORTER: Iran called. Ada Quill said so. Ada Quill met the Iranian minister, and Iran agreed."


@made_once
def briefing():
    return make.briefing(TEXT)


def listed(client, briefing) -> list[tuple[str, int, str]]:
    context = client.get(f"/admin/timeline/briefing/{briefing.pk}/workspace/").context
    return [(unknown.name, unknown.count, kind) for unknown, kind in context.get("unknown_names", [])]


def add(client, briefing, **typed):
    return client.post(f"/admin/timeline/briefing/{briefing.pk}/add-name/", typed)


def test_a_name_of_the_table_is_added_by_one_click(briefing):
    client = editor()
    assert listed(client, briefing) == [("Iran", 3, "state"), ("Ada Quill", 2, "")]

    answer = add(client, briefing, name="Iran", kind="person")

    iran = Actor.objects.get(name="Iran")
    assert (iran.kind, iran.country, iran.aliases.filter(name="Иран").exists()) == ("state", "IR", True)
    assert said(answer) == ["“Iran” is an actor now: State, Iran."]
    assert answer.url == f"/admin/timeline/briefing/{briefing.pk}/workspace/#names"
    assert listed(client, briefing) == [("Ada Quill", 2, "")]


def test_of_another_name_the_kind_is_asked(briefing):
    client = editor()

    refused = said(add(client, briefing, name="Ada Quill"))
    assert (refused, Actor.objects.filter(name="Ada Quill").count()) == (
        ["“Ada Quill” was not added. This field is required."],
        0,
    )
    add(client, briefing, name="Ada Quill", kind="person")
    assert Actor.objects.get(name="Ada Quill").kind == "person"


def test_nothing_else_is_added():
    briefing, near = (
        make.briefing("MS PORTER: Nikol Pashinyan came. Nikol Pashinyan left."),
        make.actor("Nikol Pashinian"),
    )
    client, before = editor(), Actor.objects.count()

    answers = [
        said(add(client, briefing, name=name, kind="person"))[-1] for name in ("Bo Quill", "", "Nikol Pashinyan")
    ]

    assert answers[:2] == ["This name is no longer in the list: it may have been added in the meantime."] * 2
    assert answers[2].startswith(
        f"Nothing was added: <a href='/admin/timeline/actor/{near.pk}/change/'>Nikol Pashinian</a>"
    )
    assert Actor.objects.count() == before


def test_who_may_add_no_actors_has_no_list(briefing):
    names = ("view_briefing", "view_event", "add_event", "add_citation", "view_actor")
    client = desk("coder", *names)

    assert listed(client, briefing) == []
    assert add(client, briefing, name="Iran").status_code == 403
