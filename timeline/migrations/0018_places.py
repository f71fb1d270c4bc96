"""A place is one real place, which may lie within another; how precisely it is known belongs to the event."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import timeline.models.validators

from . import _full_text, _place_precision


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0017_sources_by_month'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(_full_text.drop_indexes, migrations.RunPython.noop),
        migrations.AddField(
            model_name='event',
            name='place_precision',
            field=models.CharField(blank=True, choices=[('exact', 'exact place'), ('near', 'within about 25 km of the point'), ('district', 'somewhere in the district'), ('province', 'somewhere in the province'), ('feature', 'along a line or in a loosely bounded area'), ('country', 'somewhere in the country'), ('waters', 'international waters or airspace'), ('area', 'in a part of the region; the point is a town of it'), ('region', 'somewhere in a larger region; the point is a town of it')], help_text='As the sources tell it: the middle of a province is no exact place. Empty: not stated.', max_length=8, verbose_name='how precisely the place is known'),
        ),
        migrations.AddField(
            model_name='historicalevent',
            name='place_precision',
            field=models.CharField(blank=True, choices=[('exact', 'exact place'), ('near', 'within about 25 km of the point'), ('district', 'somewhere in the district'), ('province', 'somewhere in the province'), ('feature', 'along a line or in a loosely bounded area'), ('country', 'somewhere in the country'), ('waters', 'international waters or airspace'), ('area', 'in a part of the region; the point is a town of it'), ('region', 'somewhere in a larger region; the point is a town of it')], help_text='As the sources tell it: the middle of a province is no exact place. Empty: not stated.', max_length=8, verbose_name='how precisely the place is known'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('place_precision__in', ['exact', 'near', 'district', 'province', 'feature', 'country', 'waters', 'area', 'region', ''])), name='event_place_precision_known', violation_error_message='place_precision: choose one of exact, near, district, province, feature, country, waters, area, region.'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('place_precision', ''), ('place__isnull', False), _connector='OR'), name='event_precision_of_a_place', violation_error_message='How precisely a place is known needs the place.'),
        ),
        migrations.RunPython(_full_text.make_indexes, migrations.RunPython.noop),
        migrations.RunPython(_place_precision.move_to_events, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='place',
            name='place_precision_known',
        ),
        migrations.RemoveField(
            model_name='historicalplace',
            name='precision',
        ),
        migrations.RemoveField(
            model_name='place',
            name='precision',
        ),
        migrations.CreateModel(
            name='HistoricalPlaceExternalId',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('change_class', models.CharField(blank=True, choices=[('correction', 'Correction'), ('update', 'Update'), ('source', 'Source changed'), ('clarification', 'Clarification'), ('withdrawal', 'Withdrawal'), ('typo', 'Typographical error')], default='', max_length=13)),
                ('reason_withheld', models.BooleanField(default=False)),
                ('scheme', models.CharField(max_length=40, validators=[timeline.models.validators.one_line])),
                ('value', models.CharField(max_length=100, validators=[timeline.models.validators.one_line])),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.TextField(null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
            ],
            options={
                'verbose_name': 'historical place external id',
                'verbose_name_plural': 'historical place external ids',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name='historicalplace',
            name='merged_into',
            field=models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='timeline.place'),
        ),
        migrations.AddField(
            model_name='historicalplace',
            name='parent',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='A filter for that place finds the events of this one too: a town lies within its district.', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='timeline.place', verbose_name='lies within'),
        ),
        migrations.AddField(
            model_name='place',
            name='merged_into',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_places', to='timeline.place'),
        ),
        migrations.AddField(
            model_name='place',
            name='parent',
            field=models.ForeignKey(blank=True, help_text='A filter for that place finds the events of this one too: a town lies within its district.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='places_within', to='timeline.place', verbose_name='lies within'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('parent', models.F('pk')), _negated=True), ('parent__isnull', True), _connector='OR'), name='place_parent_not_itself', violation_error_message='parent: choose another one; nothing belongs to itself.'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('merged_into', models.F('pk')), _negated=True), ('merged_into__isnull', True), _connector='OR'), name='place_merged_into_not_itself', violation_error_message='merged_into: choose another one; nothing belongs to itself.'),
        ),
        migrations.AddField(
            model_name='historicalplaceexternalid',
            name='history_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='historicalplaceexternalid',
            name='place',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='timeline.place'),
        ),
        migrations.CreateModel(
            name='PlaceAncestor',
            fields=[
                ('pk', models.CompositePrimaryKey('ancestor', 'place', blank=True, editable=False, primary_key=True, serialize=False)),
                ('ancestor', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='timeline.place')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='ancestry', to='timeline.place')),
            ],
        ),
    ]
