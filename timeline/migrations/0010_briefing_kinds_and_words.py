"""Kinds of documents that importing meets, and the folded words of briefings, apart from the briefings."""

import django.db.models.deletion
from django.db import migrations, models

from timeline.text.folding import fold


def fold_all(apps, schema_editor):
    """Fold what is stored. A text or two in memory, however many there are."""
    briefings = apps.get_model("timeline", "Briefing").objects.order_by("pk")
    words = apps.get_model("timeline", "BriefingWords").objects
    for pk, title, text, digest in briefings.values_list("pk", "title", "text", "text_sha256").iterator(chunk_size=10):
        words.create(briefing_id=pk, text_sha256=digest, folded_title=fold(title), folded_text=fold(text))


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0009_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='BriefingWords',
            fields=[
                ('pk', models.CompositePrimaryKey('briefing', 'text_sha256', blank=True, editable=False, primary_key=True, serialize=False)),
                ('briefing', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='timeline.briefing')),
                ('text_sha256', models.CharField(blank=True, max_length=64)),
                ('folded_title', models.TextField()),
                ('folded_text', models.TextField(blank=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='briefing',
            name='briefing_kind_known',
        ),
        migrations.AlterField(
            model_name='briefing',
            name='kind',
            field=models.CharField(choices=[('press_briefing', 'Press briefing'), ('interview', 'Interview'), ('remarks', 'Speech or remarks'), ('readout', 'Readout'), ('statement', 'Statement'), ('fact_sheet', 'Fact sheet'), ('press_release', 'Press release'), ('social_post', 'Social post'), ('report', 'Report'), ('news_item', 'News item'), ('data_record', 'Data-set record')], max_length=14),
        ),
        migrations.AlterField(
            model_name='historicalbriefing',
            name='kind',
            field=models.CharField(choices=[('press_briefing', 'Press briefing'), ('interview', 'Interview'), ('remarks', 'Speech or remarks'), ('readout', 'Readout'), ('statement', 'Statement'), ('fact_sheet', 'Fact sheet'), ('press_release', 'Press release'), ('social_post', 'Social post'), ('report', 'Report'), ('news_item', 'News item'), ('data_record', 'Data-set record')], max_length=14),
        ),
        migrations.AddConstraint(
            model_name='briefing',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['press_briefing', 'interview', 'remarks', 'readout', 'statement', 'fact_sheet', 'press_release', 'social_post', 'report', 'news_item', 'data_record'])), name='briefing_kind_known', violation_error_message='kind: choose one of press_briefing, interview, remarks, readout, statement, fact_sheet, press_release, social_post, report, news_item, data_record.'),
        ),
        migrations.RunPython(fold_all, migrations.RunPython.noop),
    ]
