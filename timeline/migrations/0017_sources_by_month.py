import django.db.models.functions.comparison
import timeline.models.source_day
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0016_import_edits'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='briefing',
            options={'ordering': ['-published_latest', 'title', 'pk']},
        ),
        migrations.RemoveIndex(
            model_name='briefing',
            name='briefing_newest',
        ),
        migrations.RemoveIndex(
            model_name='briefing',
            name='briefing_kind',
        ),
        migrations.AddField(
            model_name='briefing',
            name='published_until',
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name='briefing',
            name='published_within',
            field=models.CharField(blank=True, help_text='The month or year it was put out, 2022-03 or 2022, where the day is not known: “known by” counts it from its end.', max_length=7, validators=[timeline.models.source_day.source_period], verbose_name='published in'),
        ),
        migrations.AddField(
            model_name='historicalbriefing',
            name='published_within',
            field=models.CharField(blank=True, help_text='The month or year it was put out, 2022-03 or 2022, where the day is not known: “known by” counts it from its end.', max_length=7, validators=[timeline.models.source_day.source_period], verbose_name='published in'),
        ),
        migrations.AlterField(
            model_name='briefing',
            name='published_on',
            field=models.DateField(blank=True, help_text='The day it was put out, not the day it was captured. Empty: not known.', null=True, validators=[timeline.models.source_day.source_day]),
        ),
        migrations.AlterField(
            model_name='historicalbriefing',
            name='published_on',
            field=models.DateField(blank=True, help_text='The day it was put out, not the day it was captured. Empty: not known.', null=True, validators=[timeline.models.source_day.source_day]),
        ),
        migrations.AddField(
            model_name='briefing',
            name='published_latest',
            field=models.GeneratedField(db_persist=True, expression=django.db.models.functions.comparison.Coalesce('published_on', 'published_until'), output_field=models.DateField(null=True)),
        ),
        migrations.AddIndex(
            model_name='briefing',
            index=models.Index(fields=['status', '-published_latest', '-id'], name='briefing_newest'),
        ),
        migrations.AddIndex(
            model_name='briefing',
            index=models.Index(fields=['status', 'kind', '-published_latest', '-id'], name='briefing_kind'),
        ),
        migrations.AddConstraint(
            model_name='briefing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_until', None), ('published_within', '')), models.Q(models.Q(('published_within', ''), _negated=True), ('published_on', None), ('published_until__isnull', False)), _connector='OR'), name='briefing_day_or_period', violation_error_message='Give the day, or the month or year, not both.'),
        ),
    ]
