"""The roles of the editors' desk, as the migrations leave them."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import connection

from timeline.migrations import _roles

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TABLES = ["actor", "actoralias", "briefing", "briefingspeaker", "citation", "conflict", "event", "eventrelation"]
TABLES += ["eventtype", "participation", "place", "placeexternalid", "dataset"]
CURATED = {"conflict", "eventtype", "dataset"}


def permissions_of(role: str) -> set[str]:
    return set(Group.objects.get(name=role).permissions.values_list("codename", flat=True))


def ways(*actions: str, on) -> set[str]:
    return {f"{action}_{table}" for table in on for action in actions}


def add_again() -> None:
    _roles.add_roles(apps, SimpleNamespace(connection=connection))


def test_each_role_holds_what_the_one_before_holds_and_more():
    viewer = ways("view", on=[*TABLES, "importbatch"])
    editor = viewer | ways("add", "change", "delete", on=set(TABLES) - CURATED) | {"add_importbatch"}
    editor |= {"view_original"}
    reviewer = editor | ways("add", "change", "delete", on=CURATED) | {"publish_event", "delete_importbatch"}
    reviewer |= {"restrict_words"}
    administrator = reviewer | {"erase_words"} | ways("view", "add", "change", "delete", on=["user", "group"])

    assert {name: permissions_of(name) for name in Group.objects.values_list("name", flat=True)} == {
        "Viewer": viewer,
        "Editor": editor,
        "Reviewer": reviewer,
        "Administrator": administrator,
    }


def test_every_table_of_the_desk_is_known_to_the_roles():
    history = {f"historical{table}" for table in TABLES}
    bookkeeping = {
        "actorancestor",
        "briefingwords",
        "datarevision",
        "earliertext",
        "earlierquote",
        "loginattempt",
        "original",
        "placeancestor",
        "preset",
        "publicrevision",
        "redaction",
        "redactedfield",
        "release",
        "submission",
        "unsavedform",
    }  # written by the software alone
    bookkeeping |= {"importbatch", "importchange", "importedevent", "importedit", "importupload"}
    bookkeeping |= {"actorexternalid"}
    bookkeeping |= {"pendingchange", "reviewassignment", "reviewnote"}  # the rights on events say who writes them

    named = {model._meta.model_name for model in apps.get_app_config("timeline").get_models()}

    assert named - history - bookkeeping == set(TABLES)


def test_roles_are_added_again_without_a_second_group():
    before = {name: permissions_of(name) for name in _roles.ROLES}

    add_again()

    assert {name: permissions_of(name) for name in _roles.ROLES} == before
    assert Group.objects.count() == 4


def test_group_of_that_name_gets_what_is_missing_and_loses_nothing():
    editor = Group.objects.get(name="Editor")
    editor.permissions.set(Permission.objects.filter(codename="view_logentry"))
    Group.objects.get(name="Viewer").delete()
    translators = Group.objects.create(name="Translator")
    viewed = ways("view", on=[*TABLES, "importbatch"])
    entered = ways("add", "change", "delete", on=set(TABLES) - CURATED) | {"add_importbatch"}

    add_again()

    assert permissions_of("Editor") == viewed | entered | {"view_logentry"}
    assert permissions_of("Viewer") == viewed
    assert translators.permissions.count() == 0


def test_permissions_are_made_where_a_new_database_has_none_yet():
    Permission.objects.all().delete()

    add_again()

    assert "publish_event" in permissions_of("Reviewer")
