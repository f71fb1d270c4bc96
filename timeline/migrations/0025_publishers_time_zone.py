"""Where a publisher publishes: on which day a page came out that says when in UTC. Nothing is known of those stored before."""

import timeline.models.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0024_merged_sources'),
    ]

    operations = [
        migrations.AddField(
            model_name='actor',
            name='time_zone',
            field=models.CharField(blank=True, db_default='', default='', help_text='Where it publishes, an IANA name like America/New_York: on which day a page came out that says when in UTC. Empty: that of what it belongs to, or not known.', max_length=40, validators=[timeline.models.validators.time_zone_name]),
        ),
        migrations.AddField(
            model_name='historicalactor',
            name='time_zone',
            field=models.CharField(blank=True, db_default='', default='', help_text='Where it publishes, an IANA name like America/New_York: on which day a page came out that says when in UTC. Empty: that of what it belongs to, or not known.', max_length=40, validators=[timeline.models.validators.time_zone_name]),
        ),
    ]
