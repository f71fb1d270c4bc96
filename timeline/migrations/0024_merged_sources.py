"""A source can become part of another, which is the same document."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0023_source_addresses'),
    ]

    operations = [
        migrations.AddField(
            model_name='briefing',
            name='merged_into',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_briefings', to='timeline.briefing'),
        ),
        migrations.AddField(
            model_name='historicalbriefing',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='timeline.briefing'),
        ),
        migrations.AddConstraint(
            model_name='briefing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into', models.F('pk')), _negated=True), ('merged_into__isnull', True), _connector='OR'), name='briefing_merged_into_not_itself', violation_error_message='merged_into: choose another one; nothing belongs to itself.'),
        ),
        migrations.AddConstraint(
            model_name='briefing',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', None), ('status', 'draft'), _connector='OR'), name='briefing_merged_is_hidden', violation_error_message='It became part of another: publish that one.'),
        ),
    ]
