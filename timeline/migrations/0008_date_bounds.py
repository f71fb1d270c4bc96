"""The bounds of approximate dates and of dates without an end are derived anew, in the history too."""

from django.db import migrations

from . import _date_bounds


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0007_acled_places'),
    ]

    operations = [
        migrations.RunPython(_date_bounds.derive_bounds, migrations.RunPython.noop),
    ]
