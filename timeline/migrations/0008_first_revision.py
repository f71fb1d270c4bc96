"""Begin to count the changes of what the public can read."""

from django.db import migrations
from django.utils import timezone


def count_from_here(apps, schema_editor):
    """What is public already has its first revision now."""
    events = apps.get_model("timeline", "Event").objects.filter(status="published")
    at = timezone.now()
    if events.update(revision=1, revised_at=at):
        apps.get_model("timeline", "PublicRevision").objects.create(pk=1, number=1, at=at)


class Migration(migrations.Migration):

    dependencies = [("timeline", "0007_data_sets_and_public_revision")]

    operations = [migrations.RunPython(count_from_here, migrations.RunPython.noop)]
