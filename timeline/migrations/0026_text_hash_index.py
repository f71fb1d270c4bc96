"""A document is looked up by the hash of its text."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0025_publishers_time_zone'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='briefing',
            index=models.Index(fields=['text_sha256'], name='briefing_text_hash'),
        ),
    ]
