import secrets

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Create an administrator with a random password, which is shown only once."

    def add_arguments(self, parser) -> None:
        parser.add_argument("name", nargs="?", default="admin")

    def handle(self, *, name: str, **options) -> None:
        users = get_user_model().objects
        if users.filter(username=name).exists():
            raise CommandError(f"{name} already exists. For a new password: manage.py changepassword {name}")
        password = secrets.token_urlsafe(15)
        users.create_superuser(name, password=password)
        self.stdout.write(f"Administrator {name}, password {password}\nIt is shown only once: write it down.")
