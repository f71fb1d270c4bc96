"""Accounts and groups: nobody gives more than he holds, or touches an account that holds more."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from .desk_client import desk, fields, member

pytestmark = pytest.mark.django_db

LIST = "/admin/auth/user/"
PASSWORDS = {"password1": "a long enough password", "password2": "a long enough password"}


def change(user: User) -> str:
    return reverse("admin:auth_user_change", args=[user.pk])


def password(user: User) -> str:
    return reverse("admin:auth_user_password_change", args=[user.pk])


def group(name: str) -> Group:
    return Group.objects.get(name=name)


def account(name: str, *roles: str, **changes) -> User:
    user = User.objects.create_user(name, is_staff=True, **changes)
    user.groups.set(Group.objects.filter(name__in=roles))
    return user


def rights_of(user: User) -> tuple:
    user = User.objects.get(pk=user.pk)
    return user.is_superuser, user.is_staff, sorted(user.get_all_permissions())


def save(client, user: User, *roles: str, **more):
    """Send the account's form with these roles."""
    sent = fields(client.get(change(user))) | {"is_active": "on", "is_staff": "on", "user_permissions": []} | more
    return client.post(change(user), sent | {"groups": [group(role).pk for role in roles]})


def superuser():
    client = desk("root")
    User.objects.filter(username="root").update(is_superuser=True)
    return client


def test_administrator_makes_an_account_with_a_role():
    made = member("Administrator").post(
        f"{LIST}add/",
        {"username": "bela", "usable_password": "true", "groups": [group("Editor").pk], **PASSWORDS},
    )

    bela = User.objects.get(username="bela")
    assert made.status_code == 302
    assert (bela.is_staff, bela.is_superuser, [str(group) for group in bela.groups.all()]) == (True, False, ["Editor"])
    assert bela.has_perm("timeline.add_event")


def test_administrator_changes_a_role():
    bela = account("bela", "Viewer")

    assert save(member("Administrator"), bela, "Reviewer").status_code == 302

    assert User.objects.get(pk=bela.pk).has_perm("timeline.publish_event")


@pytest.mark.parametrize("whom", ["himself", "another"])
def test_administrator_makes_no_superuser_and_gives_no_right_beyond_his_own(whom):
    client = member("Administrator")
    user = User.objects.get(username="administrator") if whom == "himself" else account("bela", "Editor")
    roles = ["Administrator"] if whom == "himself" else ["Editor"]
    before = rights_of(user)
    beyond = Permission.objects.get(codename="delete_logentry")

    answer = save(client, user, *roles, is_superuser="on", user_permissions=[beyond.pk])

    assert answer.status_code == 302
    assert rights_of(user) == before
    page = client.get(change(user)).content.decode()
    assert 'name="is_superuser"' not in page
    assert 'name="user_permissions"' not in page


def test_administrator_puts_nobody_in_a_group_that_holds_more():
    owners = Group.objects.create(name="Owners")
    owners.permissions.set(Permission.objects.filter(codename="delete_logentry"))
    bela, client = account("bela", "Editor"), member("Administrator")

    offered = client.get(change(bela)).context["adminform"].form.fields["groups"].queryset
    answer = save(client, bela, "Owners")

    assert [str(group) for group in offered] == ["Administrator", "Editor", "Reviewer", "Viewer"]
    assert list(answer.context["adminform"].form.errors) == ["groups"]
    assert [str(group) for group in bela.groups.all()] == ["Editor"]


@pytest.mark.parametrize("is_active", [True, False])
@pytest.mark.parametrize("more", ["superuser", "own right", "group"])
def test_administrator_does_not_touch_an_account_that_holds_more(more, is_active):
    chief = account("chief", is_superuser=more == "superuser", is_active=is_active, password="before")
    beyond = Permission.objects.get(codename="delete_logentry")
    if more == "own right":
        chief.user_permissions.add(beyond)
    if more == "group":
        owners = Group.objects.create(name="Owners")
        owners.permissions.add(beyond)
        chief.groups.add(owners)
    client = member("Administrator")

    assert client.get(change(chief)).status_code == 200  # to read
    answers = [
        client.post(change(chief), {"username": "chief", "is_active": "on"}),
        client.get(password(chief)),
        client.post(password(chief), {"usable_password": "true", **PASSWORDS}),
        client.post(reverse("admin:auth_user_delete", args=[chief.pk]), {"post": "yes"}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 4
    client.post(LIST, {"action": "delete_selected", "_selected_action": [chief.pk], "post": "yes"})
    assert User.objects.get(pk=chief.pk).check_password("before")
    assert User.objects.get(pk=chief.pk).is_active is is_active


def test_superuser_gives_everything():
    bela, client = account("bela", "Editor"), superuser()

    assert save(client, bela, is_superuser="on").status_code == 302

    assert rights_of(bela)[0] is True


def test_account_that_was_used_is_closed_and_not_deleted():
    used, unused, client = account("used", "Editor"), account("unused", "Editor"), superuser()
    User.objects.filter(pk=used.pk).update(last_login="2026-01-01T00:00Z")

    answers = [
        client.post(reverse("admin:auth_user_delete", args=[user.pk]), {"post": "yes"}) for user in (used, unused)
    ]

    assert [answer.status_code for answer in answers] == [403, 302]
    assert list(User.objects.order_by("pk").values_list("username", flat=True)) == ["used", "root"]


def test_list_shows_the_role_plainly():
    account("ada", "Editor", "Viewer")
    account("bela")
    account("chief", "Editor", is_superuser=True)

    page = member("Administrator").get(LIST).content.decode()

    for role in ("Editor, Viewer", "none", "Superuser", "Administrator"):
        assert f'<td class="field-role">{role}</td>' in page


def test_group_gets_no_right_that_its_editor_lacks():
    client = member("Administrator")
    beyond, within = Permission.objects.get(codename="delete_logentry"), Permission.objects.get(codename="view_event")
    url = reverse("admin:auth_group_change", args=[group("Viewer").pk])

    refused = client.post(url, {"name": "Viewer", "permissions": [within.pk, beyond.pk]})
    assert list(refused.context["adminform"].form.errors) == ["permissions"]
    assert group("Viewer").permissions.count() == 14
    assert client.post(url, {"name": "Viewer", "permissions": [within.pk]}).status_code == 302
    assert group("Viewer").permissions.get() == within


def test_group_that_holds_more_is_not_changed_or_deleted():
    owners = Group.objects.create(name="Owners")
    owners.permissions.set(Permission.objects.filter(codename="delete_logentry"))
    client = member("Administrator")

    answers = [
        client.post(reverse("admin:auth_group_change", args=[owners.pk]), {"name": "Mine"}),
        client.post(reverse("admin:auth_group_delete", args=[owners.pk]), {"post": "yes"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert group("Owners") == owners


def test_a_role_is_chosen_and_not_made_on_the_form_of_an_account():
    client, bela = superuser(), account("bela", "Editor")

    for page in (f"{LIST}add/", change(bela)):
        html = client.get(page).content.decode()
        assert ('name="groups"' in html, "add_id_groups" in html) == (True, False)
