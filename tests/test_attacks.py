"""Side doors: an editor who would change what the public reads, and who would take more rights than he was given."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from tests import make
from timeline.models import Citation, Event, ImportBatch

from .desk_client import fields, lines, member, rows
from .import_files import brought_in, ged
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db
MOMENT = "?at=2100-01-01T00:00:00.000000"


@made_once
def world():
    """Return a published event and a draft of an editor's own."""
    actor, briefing = make.actor("Armenia"), make.briefing("MS PORTER: The ceasefire holds. Troops moved.")
    public = make.published("Public", briefing=briefing)
    make.participation(public, actor)
    draft = make.event("Draft")
    make.citation(draft, briefing, quote="Troops moved.")
    return {"public": public, "draft": draft, "actor": actor, "briefing": briefing}


def url(name: str, *args) -> str:
    return reverse(f"admin:timeline_{name}", args=args)


def side_doors(world: dict) -> dict[str, tuple[str, dict]]:
    """Return what an editor may send to change what is public, by the side door it would go through."""
    public, draft, actor, briefing = (world[name] for name in ("public", "draft", "actor", "briefing"))
    whole = {"title": "Changed", "edtf": "2022-01-01", "event_type": public.event_type_id, "_save": "1"}
    inline = lines("citations", {"id": public.citations.get().pk, "event": public.pk, "DELETE": "on"})
    merge = {"reason": "One", "version": "", "_merge": "1"}
    name = {"name": "Changed", "slug": "changed", "kind": "state", "_save": "1"}
    changelist, selection = url("event_changelist"), {"_selected_action": [public.pk, draft.pk], "post": "yes"}
    return {
        "form": (url("event_change", public.pk), whole | inline),
        "form that publishes": (url("event_change", draft.pk), whole | {"_publish": "1"}),
        "publish": (url("event_publish", draft.pk), {"seen": "x"}),
        "withdraw": (url("event_withdraw", public.pk), {"reason": "Changed"}),
        "return": (url("event_return", public.pk), {"comment": "Changed"}),
        "restore": (url("event_restore", public.pk) + MOMENT, {"reason": "Changed", "version": "x"}),
        "delete": (url("event_delete", public.pk), {"post": "yes"}),
        "merge into a public one": (url("event_merge", draft.pk), merge | {"with": public.pk, "keep": public.pk}),
        "merge a public one": (url("event_merge", draft.pk), merge | {"with": public.pk, "keep": draft.pk}),
        "bulk publish": (changelist, selection | {"action": "publish_selected"}),
        "bulk withdraw": (changelist, selection | {"action": "withdraw_selected", "all-reason": "Changed"}),
        "recapture": (url("briefing_recapture", briefing.pk), {"text": "Changed", "change_reason": "x"}),
        "confirmed recapture": (
            url("briefing_recapture", briefing.pk),
            {"text": "Changed", "change_reason": "x", "_confirm": "1", "seen": "x"},
        ),
        "briefing": (url("briefing_change", briefing.pk), {"title": "Changed", "_save": "1"}),
        "briefing gone": (url("briefing_delete", briefing.pk), {"post": "yes"}),
        "actor": (url("actor_change", actor.pk), name),
        "actor merged": (url("actor_merge", actor.pk), merge | {"with": make.actor().pk, "keep": actor.pk}),
        "actor gone": (url("actor_delete", actor.pk), {"post": "yes"}),
        "type": (url("eventtype_change", public.event_type_id), name),
        "citation": (url("citation_change", public.citations.get().pk), {"quote": "Changed"}),
        "citation gone": (url("citation_delete", public.citations.get().pk), {"post": "yes"}),
    }


DOORS = (
    *("form", "form that publishes", "publish", "withdraw", "return", "restore", "delete", "merge into a public one"),
    *("merge a public one", "bulk publish", "bulk withdraw", "recapture", "confirmed recapture", "briefing"),
    *("briefing gone", "actor", "actor merged", "actor gone", "type", "citation", "citation gone"),
)


@pytest.mark.parametrize("role", ["Viewer", "Editor"])
@pytest.mark.parametrize("door", DOORS)
def test_no_side_door_changes_what_is_public(world, role, door):
    address, sent = side_doors(world)[door]
    client, before = member(role), rows()

    answer = client.post(address, sent)

    assert answer.status_code in (200, 302, 403, 404), answer
    assert rows() == before


def test_every_door_is_tried(world):
    assert set(DOORS) == set(side_doors(world))


def test_line_of_another_event_is_not_changed_through_an_own_form(world):
    client = member("Editor")
    page = client.get(url("event_change", world["draft"].pk))
    foreign = world["public"].citations.get()
    stolen = fields(page) | {"citations-0-id": str(foreign.pk), "citations-0-quote": "Troops moved.", "_save": "1"}
    before = rows()

    client.post(url("event_change", world["draft"].pk), stolen)

    after = rows()
    for table in ("timeline_citation", "timeline_historicalcitation"):
        assert after[table] == before[table]


@pytest.mark.parametrize(
    "extra", [{"_saveasnew": "1"}, {"_popup": "1"}, {"status": "published"}, {"published_at_0": "x"}]
)
def test_a_form_makes_drafts_whatever_is_sent_with_it(world, extra):
    client = member("Editor")
    sent = fields(client.get(url("event_add"))) | {"title": "New", "event_type": world["public"].event_type_id}
    client.post(url("event_add"), sent | {"edtf": "2022-03-24", "_save": "1"} | extra)
    client.post(url("event_change", world["draft"].pk), sent | {"edtf": "2022-03-24"} | extra)

    assert set(Event.objects.exclude(pk=world["public"].pk).values_list("status", flat=True)) == {"draft"}
    assert Citation.objects.get(event=world["public"]).quote == "The ceasefire holds."


def _may_undo(name: str):
    client = member("Editor", name)
    User.objects.get(username=name).user_permissions.add(Permission.objects.get(codename="delete_importbatch"))
    return client


def test_public_events_go_with_their_import_only_with_the_right_to_publish(tmp_path):
    drafts = brought_in(tmp_path, ged({}))
    client = _may_undo("editor")
    assert client.post(f"/admin/timeline/importbatch/{drafts.pk}/undo/", {"sure": "1"}).status_code == 302
    assert ImportBatch.objects.get(pk=drafts.pk).undone_at

    public = brought_in(tmp_path, ged({"id": "77"}), publish=True)
    before = rows()

    assert Event.objects.public().exists()
    assert client.post(f"/admin/timeline/importbatch/{public.pk}/undo/").status_code == 403
    assert rows() == before


@pytest.mark.parametrize("target", ["himself", "another"])
def test_an_administrator_makes_nobody_a_superuser(target):
    client = member("Administrator", "boss")
    other = User.objects.create_user("other", is_staff=True)
    user = User.objects.get(username="boss") if target == "himself" else other
    address = f"/admin/auth/user/{user.pk}/change/"
    every = list(Permission.objects.values_list("pk", flat=True))
    sent = fields(client.get(address)) | {"is_superuser": "on", "is_staff": "on", "is_active": "on"}

    client.post(address, sent | {"user_permissions": every})

    user.refresh_from_db()
    assert (user.is_superuser, user.user_permissions.count()) == (False, 0)


@pytest.mark.parametrize("page", ["change", "password", "delete"])
def test_an_administrator_cannot_touch_a_superuser(page):
    client = member("Administrator")
    root = User.objects.create_superuser("root", password="as it was")
    before = User.objects.filter(pk=root.pk).values().get()
    sent = {"password1": "a very long password", "password2": "a very long password", "username": "x", "post": "yes"}

    assert client.post(f"/admin/auth/user/{root.pk}/{page}/", sent).status_code == 403
    assert User.objects.filter(pk=root.pk).values().get() == before


def test_no_group_is_given_rights_that_its_editor_lacks():
    client = member("Administrator")
    session = Permission.objects.get(codename="delete_session")
    client.post("/admin/auth/group/add/", {"name": "Sessions", "permissions": [session.pk]})

    assert not Group.objects.filter(permissions=session).exists()
