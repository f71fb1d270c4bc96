import sys

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from timeline.exports.make_release import make_release


class Command(BaseCommand):
    help = "Freeze the public data as the next numbered release, at an address that stays. It cannot be changed or taken back."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--notes", default="", help="what readers should know of it; “-” reads it from standard input"
        )

    def handle(self, *, notes: str, **options) -> None:
        try:
            release = make_release(sys.stdin.read() if notes == "-" else notes)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(
            f"Release {release.number}: {release.event_count:,} events, {release.size:,} bytes, SHA-256 {release.sha256}"
        )
        self.stdout.write(f"Its page: {release.get_absolute_url()}")
