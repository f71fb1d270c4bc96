from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0050_words_of_sources'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='citation',
            index=models.Index(fields=['state'], name='citation_state'),
        ),
    ]
