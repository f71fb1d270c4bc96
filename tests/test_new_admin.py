import io
import re

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def new_admin(*arguments: str) -> str:
    said = io.StringIO()
    call_command("new_admin", *arguments, stdout=said)
    return said.getvalue()


def password_in(said: str) -> str:
    (password,) = re.findall(r"password (\S+)", said)
    return password


def test_new_admin_can_sign_in_with_the_password_shown():
    said = new_admin("ada")

    user = authenticate(username="ada", password=password_in(said))
    assert (user.is_superuser, user.is_staff, user.is_active) == (True, True, True)
    assert said == f"Administrator ada, password {password_in(said)}\nIt is shown only once: write it down.\n"


def test_new_admin_is_called_admin_unless_named():
    new_admin()

    assert list(get_user_model().objects.values_list("username", flat=True)) == ["admin"]


def test_new_admin_has_a_long_password_of_its_own():
    passwords = {password_in(new_admin(name)) for name in ("ada", "grace", "jean")}

    assert [len(password) for password in passwords] == [20, 20, 20]


def test_new_admin_leaves_one_who_is_there_alone():
    password = password_in(new_admin("ada"))

    with pytest.raises(CommandError) as refusal:
        new_admin("ada")

    assert str(refusal.value) == "ada already exists. For a new password: manage.py changepassword ada"
    assert authenticate(username="ada", password=password) is not None
