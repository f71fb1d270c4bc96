"""What public pages print of actors, places, conflicts and types is changed by those alone who may publish."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from tests import make

from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def signed_in(*permissions: str) -> Client:
    user = User.objects.create_user("-".join(permissions)[:100], is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


@made_once
def rows():
    """Return public rows by the name of their table, and one of each kind that no published event needs."""
    actor, place, conflict = make.actor("Known"), make.place("Known"), make.conflict("Known")
    event = make.published(place=place, conflict=conflict)
    make.participation(event, actor)
    return {"actor": actor, "place": place, "conflict": conflict, "eventtype": event.event_type}


@pytest.mark.parametrize("table", ["actor", "place", "conflict", "eventtype"])
def test_editor_reads_but_does_not_change_what_is_public(rows, table):
    editor = signed_in(f"view_{table}", f"change_{table}", f"delete_{table}")
    address = f"/admin/timeline/{table}/{rows[table].pk}/change/"

    page = editor.get(address)
    answer = editor.post(address, {"name": "Renamed", "slug": "renamed"})
    rows[table].refresh_from_db()

    assert "Public pages print this." in page.content.decode()
    assert 'name="_save"' not in page.content.decode()
    assert answer.status_code == 403
    assert rows[table].name != "Renamed"


@pytest.mark.parametrize("table", ["actor", "place", "conflict", "eventtype"])
def test_reviewer_changes_what_is_public(rows, table):
    reviewer = signed_in(f"view_{table}", f"change_{table}", "publish_event")

    page = reviewer.get(f"/admin/timeline/{table}/{rows[table].pk}/change/")

    assert 'name="_save"' in page.content.decode()


def test_editor_changes_what_no_public_page_prints():
    editor = signed_in("view_place", "change_place")
    place = make.place("Nowhere yet")

    page = editor.get(f"/admin/timeline/place/{place.pk}/change/")

    assert 'name="_save"' in page.content.decode()
