"""Places that are one become one, each place has its line of what it lies within, and the roles may enter ids of places.

By itself, after the tables are made: PostgreSQL makes no index in the transaction of such writes.
"""

from django.db import migrations

from . import _one_place, _roles


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0018_places'),
    ]

    operations = [
        migrations.RunPython(_one_place.merge_doubles, migrations.RunPython.noop),
        migrations.RunPython(_roles.add_place_ids, migrations.RunPython.noop),
    ]
