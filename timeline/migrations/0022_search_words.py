from django.db import migrations, models

from . import _search_words


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0021_speakers_named_by'),
    ]

    operations = [
        migrations.AddField(
            model_name='conflict',
            name='search_text',
            field=models.TextField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='eventtype',
            name='search_text',
            field=models.TextField(default='', editable=False),
        ),
        migrations.AddField(
            model_name='place',
            name='search_text',
            field=models.TextField(default='', editable=False),
        ),
        migrations.RunPython(_search_words.derive, migrations.RunPython.noop),
        migrations.RunPython(_search_words.make_vectors, _search_words.drop_vectors),
    ]
