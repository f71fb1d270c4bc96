import pytest
from django.db import IntegrityError
from django.urls import reverse

from tests import make
from timeline.models import Actor, Citation, Event, EventType, Place

from .desk_client import editor, errors, fields, lines, member, reviewer, rows, send

pytestmark = pytest.mark.django_db


def page(row, name: str = "change") -> str:
    return reverse(f"admin:timeline_{row._meta.model_name}_{name}", args=[row.pk])


def test_actor_is_entered_with_other_names():
    parent = make.actor("Armenia")
    typed = {"name": "Nikol Pashinyan", "slug": "nikol-pashinyan", "kind": "person", "parent": parent.pk}

    send(
        editor(), "/admin/timeline/actor/add/", **typed, **lines("aliases", {"name": "Пашинян"}, {"name": "Pashinian"})
    )

    actor = Actor.objects.get(slug="nikol-pashinyan")
    assert [alias.name for alias in actor.aliases.all()] == ["Pashinian", "Пашинян"]
    assert "пашинян" in actor.search_text


def test_other_name_twice_is_refused():
    actor, client = make.actor(), editor()

    answer = send(client, page(actor), **lines("aliases", {"name": "AZ"}, {"name": "AZ"}))

    assert errors(answer) == ["This name is listed twice. Delete one of the two."]


def test_place_conflict_and_type_are_entered():
    client = editor()
    place = {"name": "Vardenis", "slug": "vardenis", "country": "AM", "latitude": "40.18", "longitude": "45.73"}

    send(client, "/admin/timeline/place/add/", **place)
    send(client, "/admin/timeline/conflict/add/", name="Second war", slug="second-war")
    send(client, "/admin/timeline/eventtype/add/", name="Visit", slug="visit-2", category="talks")

    assert str(Place.objects.get(slug="vardenis").latitude) == "40.180000"
    assert EventType.objects.get(slug="visit-2").category == "talks"


def test_country_is_offered_by_name_and_kept_as_a_code():
    client = editor()

    assert '<option value="AM">Armenia</option>' in client.get("/admin/timeline/place/add/").content.decode()
    answer = send(client, "/admin/timeline/place/add/", name="Vardenis", slug="vardenis", country="Armenia")
    assert Place.objects.count() == 0
    assert "country" in answer.context["adminform"].form.errors


@pytest.mark.parametrize("create", [make.actor, make.conflict, make.place, make.event])
def test_who_and_why_stand_in_the_history(create):
    row = create()

    send(editor(), page(row), change_reason="A slip")

    newest = row.history.first()
    assert (newest.history_type, newest.history_user.username, newest.history_change_reason) == (
        "~",
        "editor",
        "A slip",
    )


@pytest.mark.parametrize("create", [make.actor, make.conflict, make.place, make.event])
def test_change_of_somebody_else_is_not_overwritten(create):
    row = create()
    slow, quick = editor("slow"), editor("quick")
    opened = fields(slow.get(page(row)))
    send(quick, page(row), change_reason="Quicker")
    before = rows()

    answer = slow.post(page(row), opened | {"change_reason": "Slower", "_save": "1"})

    assert errors(answer)[0].startswith(f"Nothing was saved: quick changed this {row._meta.verbose_name} on ")
    assert fields(answer)["change_reason"] == "Slower"
    assert rows() == before


def test_what_only_the_database_refuses_comes_back_with_the_form(monkeypatch):
    event, client = make.event(), editor()
    before = rows()

    def refuse(self, *args, **kwargs):
        raise IntegrityError("CHECK constraint failed: event_published_with_evidence")

    monkeypatch.setattr(Event, "save", refuse)
    answer = send(client, page(event), title="Typed with care")

    assert errors(answer) == ["Nothing was saved. A published event needs at least one citation that supports it."]
    assert fields(answer)["title"] == "Typed with care"
    assert rows() == before


def test_roles_cannot_be_exchanged_in_one_save_and_nothing_is_lost():
    event, actor, client = make.event(), make.actor(), editor()
    for role in ("initiator", "recipient"):
        make.participation(event, actor, role)
    before = rows()

    answer = send(client, page(event), **{"participations-0-role": "recipient", "participations-1-role": "initiator"})

    assert errors(answer)[0].startswith("Nothing was saved")
    assert fields(answer)["participations-0-role"] == "recipient"
    assert rows() == before


def test_citations_are_read_and_not_entered():
    citation = make.citation(make.event("The ceasefire holds"))
    client = reviewer()
    before = rows()

    shown = client.get(page(citation))
    assert shown.status_code == 200
    assert "The ceasefire holds" in shown.content.decode()
    answers = [
        client.get("/admin/timeline/citation/add/"),
        client.post(page(citation), {"quote": "Other"}),
        client.post(page(citation, "delete"), {"post": "yes"}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 3
    assert rows() == before


def test_citations_are_found_by_state_and_by_words():
    verified, lost = make.citation(make.event()), make.citation(make.event(), quote="Troops moved.")
    Citation.objects.filter(pk=lost.pk).update(state="missing", start=None, end=None)
    client = editor()

    def listed(query: str) -> list:
        return list(client.get(f"/admin/timeline/citation/?{query}").context["cl"].result_list)

    assert listed("state__exact=missing") == [lost]
    assert listed("q=ceasefire+HOLDS") == [verified]


def test_drafts_have_no_link_to_a_public_page():
    draft, published = make.event(), make.published()
    client = editor()

    assert [client.get(page(event)).context["has_absolute_url"] for event in (draft, published)] == [False, True]


@pytest.mark.parametrize("table", ["actor", "event"])
def test_row_added_in_a_window_of_its_own_goes_back_to_the_form(table):
    typed = {
        "actor": {"name": "Nikol Pashinyan", "slug": "nikol-pashinyan", "kind": "person"},
        "event": {"title": "Talks", "event_type": EventType.objects.get(slug="statement").pk},
    }

    answer = send(editor(), f"/admin/timeline/{table}/add/?_popup=1", _popup="1", **typed[table])

    assert answer.template_name[-1] == "admin/popup_response.html"


@pytest.mark.parametrize("table", ["conflict", "eventtype", "dataset"])
def test_who_may_not_add_to_a_list_reads_whom_to_ask(table):
    client, chief = member("Editor"), member("Reviewer", "Ada")
    member("Viewer", "Bo")

    listed = client.get(f"/admin/timeline/{table}/")

    assert listed.context["who_may_add"] == ["Ada"]
    assert "You may not add to this list. Ask Ada." in listed.text
    assert "You may not add" not in chief.get(f"/admin/timeline/{table}/").text
