from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0014_login_attempts'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['status', 'data_set'], name='event_data_set'),
        ),
    ]
