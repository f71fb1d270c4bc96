"""The generated world that is measured: a database beside the system's temporary files, made once and used again."""

import os
import tempfile
from pathlib import Path


def address(events: int) -> str:
    """Return the address of the database with so many events."""
    return f"sqlite:///{Path(tempfile.gettempdir()) / f'timeline-benchmark-{events}.sqlite3'}"


def prepare(events: int) -> None:
    """Set Django up on that database, and fill it where it is empty."""
    os.environ |= {"DATABASE_URL": address(events), "DJANGO_SETTINGS_MODULE": "tracker.settings"}
    import django

    django.setup()
    from django.core.management import call_command

    from benchmarks import world
    from timeline.models import Event

    call_command("migrate", verbosity=0)
    if not Event.objects.exists():
        world.fill(events, print)
