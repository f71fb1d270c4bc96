"""A source has a day on which it can have been put out, or none: 1753-01-01 of a data set becomes unknown."""

import timeline.models.source_day
from django.db import migrations, models

from . import _source_days


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0005_support_index'),
    ]

    operations = [
        migrations.AlterField(
            model_name='briefing',
            name='published_on',
            field=models.DateField(blank=True, help_text='The day it was put out, not the day it was captured. Empty: not known; then no “known by” filter finds it.', null=True, validators=[timeline.models.source_day.source_day]),
        ),
        migrations.AlterField(
            model_name='historicalbriefing',
            name='published_on',
            field=models.DateField(blank=True, help_text='The day it was put out, not the day it was captured. Empty: not known; then no “known by” filter finds it.', null=True, validators=[timeline.models.source_day.source_day]),
        ),
        migrations.RunPython(_source_days.forget_impossible_days, migrations.RunPython.noop),
    ]
