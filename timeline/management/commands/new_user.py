import secrets

from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction


class Command(BaseCommand):
    help = "Create an account for the editors' desk with a random password, which is shown only once."

    def add_arguments(self, parser) -> None:
        parser.add_argument("name")
        parser.add_argument("--role", required=True, help="viewer, editor, reviewer, administrator, or a group's name")

    def handle(self, *, name: str, role: str, **options) -> None:
        group = role_named(role)
        if User.objects.filter(username=name).exists():
            raise CommandError(f"{name} already exists. For a new password: manage.py changepassword {name}")
        password = secrets.token_urlsafe(15)
        create_account(name, password, group)
        self.stdout.write(f"{group} {name}, password {password}\nIt is shown only once: write it down.")


def role_named(role: str) -> Group:
    """Return the role, or raise CommandError that names those there are. Upper and lower case are one."""
    roles = {group.name.lower(): group for group in Group.objects.order_by("name")}
    if role.lower() not in roles:
        known = ", ".join(roles) or "none yet: run manage.py migrate"
        raise CommandError(f"There is no role “{role}”. Roles: {known}.")
    return roles[role.lower()]


@transaction.atomic
def create_account(name: str, password: str, role: Group) -> None:
    user = User(username=name, is_staff=True)
    user.set_password(password)
    try:
        user.full_clean()
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    user.save()
    user.groups.add(role)
