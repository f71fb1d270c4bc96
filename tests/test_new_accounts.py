"""The commands that make an account of the desk: `new_user` of a role, `new_admin` of the owner."""

import io
import re
from functools import partial

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def call(command: str, *arguments: str) -> str:
    said = io.StringIO()
    call_command(command, *arguments, stdout=said)
    return said.getvalue()


new_user, new_admin = partial(call, "new_user"), partial(call, "new_admin")


def password_in(said: str) -> str:
    (password,) = re.findall(r"password (\S+)", said)
    return password


@pytest.mark.parametrize("role", ["viewer", "editor", "reviewer", "administrator"])
def test_new_user_can_sign_in_and_has_one_role(role):
    said = new_user("ada", "--role", role)

    user = authenticate(username="ada", password=password_in(said))
    assert (user.is_staff, user.is_superuser, user.is_active) == (True, False, True)
    assert [group.name for group in user.groups.all()] == [role.capitalize()]
    assert said == f"{role.capitalize()} ada, password {password_in(said)}\nIt is shown only once: write it down.\n"


@pytest.mark.parametrize("new_account", [new_admin, partial(new_user, "--role=editor")])
def test_password_is_long_and_of_its_own(new_account):
    passwords = {password_in(new_account(name)) for name in ("ada", "grace", "jean")}

    assert [len(password) for password in passwords] == [20, 20, 20]


def test_group_of_the_sites_own_is_a_role_too():
    Group.objects.create(name="Translator")

    new_user("ada", "--role", "TRANSLATOR")

    assert [group.name for group in User.objects.get().groups.all()] == ["Translator"]


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        (
            ("ada", "--role", "edtior"),
            "There is no role “edtior”. Roles: administrator, editor, reviewer, viewer.",
        ),
        (("grace", "--role", "editor"), "grace already exists. For a new password: manage.py changepassword grace"),
        (
            ("ada lovelace", "--role", "editor"),
            "Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.",
        ),
        (("", "--role", "editor"), "This field cannot be blank."),
    ],
)
def test_refused_and_nothing_made(arguments, refusal):
    User.objects.create_user("grace")

    with pytest.raises(CommandError) as refused:
        new_user(*arguments)

    assert str(refused.value) == refusal
    assert [user.username for user in User.objects.all()] == ["grace"]


def test_role_must_be_said():
    with pytest.raises(CommandError, match="--role"):
        new_user("ada")


def test_where_no_role_is_there_it_says_how_to_get_them():
    Group.objects.all().delete()

    with pytest.raises(CommandError, match="none yet: run manage.py migrate"):
        new_user("ada", "--role", "editor")


def test_new_admin_can_sign_in_with_the_password_shown():
    said = new_admin("ada")

    user = authenticate(username="ada", password=password_in(said))
    assert (user.is_superuser, user.is_staff, user.is_active) == (True, True, True)
    assert said == f"Administrator ada, password {password_in(said)}\nIt is shown only once: write it down.\n"


def test_new_admin_is_called_admin_unless_named():
    new_admin()

    assert [user.username for user in User.objects.all()] == ["admin"]


def test_new_admin_leaves_one_who_is_there_alone():
    password = password_in(new_admin("ada"))

    with pytest.raises(CommandError) as refusal:
        new_admin("ada")

    assert str(refusal.value) == "ada already exists. For a new password: manage.py changepassword ada"
    assert authenticate(username="ada", password=password) is not None


def test_new_admin_has_a_long_password_of_its_own():
    passwords = {password_in(new_admin(name)) for name in ("ada", "grace", "jean")}

    assert [len(password) for password in passwords] == [20, 20, 20]
