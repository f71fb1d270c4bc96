from django.core.management.base import BaseCommand

from timeline.evidence.codebook import CODEBOOK_VERSION
from timeline.pages.codebook_text import method_lines, type_lines

HEAD = (
    f"# Codebook {CODEBOOK_VERSION}",
    "\nWhat an event claims, and what a source has to do to support it. An event stores the version by which it was coded.",
    "This page is made by `manage.py describe_codebook`; the entries of the types are edited on the desk.\n",
)


class Command(BaseCommand):
    help = (
        "Print the codebook as the page that docs/codebook.md holds: rules, support by act, axes, and every event type."
    )

    def handle(self, **options) -> None:
        self.stdout.write("\n".join([*HEAD, *method_lines(), *type_lines()]))
