from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0012_codebook_boundaries'),
    ]

    operations = [
        migrations.AddField(
            model_name='importbatch',
            name='accepted',
            field=models.JSONField(default=dict),
        ),
    ]
