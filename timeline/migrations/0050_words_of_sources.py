from django.db import migrations

from . import _search_words, _word_vectors


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0049_codebook_words'),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, _search_words.make_vectors),
        migrations.RunPython(_word_vectors.make_indexes, _word_vectors.drop_indexes),
    ]
