from django.conf import settings
from django.core import serializers
from django.core.management.base import BaseCommand
from django.db import transaction

from timeline.imports.briefings.document import Received
from timeline.imports.briefings.originals import PLAIN, keep_original
from timeline.models import Briefing, Event
from timeline.models.event import Status
from timeline.models.original import Way

FIXTURES = ("actors", "places", "briefings", "events")


class Command(BaseCommand):
    help = "Load the seed briefing of 25 March 2022 and its events. Rows that exist already are left unchanged."

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="Do nothing where any event or source was ever kept."
        )

    @transaction.atomic
    def handle(self, *, if_empty: bool, **options) -> None:
        if if_empty and (Event.history.exists() or Briefing.history.exists()):
            self.stdout.write("The database holds data already; no demo data loaded.")
            return
        added = [self.add(deserialized) for name in FIXTURES for deserialized in read_fixture(name)]
        for event in [record for record in added if isinstance(record, Event)]:
            event.refresh_from_db()
            event.publish()
        self.stdout.write(f"{sum(record is not None for record in added)} demo records added.")

    def add(self, deserialized: serializers.base.DeserializedObject):
        """Save one record as an editor would, history and all; None where its natural key is known already."""
        record = deserialized.object
        if record.pk is not None:
            return None
        if isinstance(record, Event):
            record.status, record.published_at = Status.DRAFT, None
        record.save()
        if isinstance(record, Briefing):
            keep_original(record, Received(record.text.encode(), PLAIN, "briefings.json"), Way.COMMAND)
        return record


def read_fixture(name: str):
    """Yield a fixture's records one by one: each may refer to those before it."""
    text = (settings.BASE_DIR / "fixtures" / f"{name}.json").read_text(encoding="utf-8")
    return serializers.deserialize("json", text)
