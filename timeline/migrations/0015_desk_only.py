from django.db import migrations, models


def mark_acled(apps, schema_editor):
    """What is public of it stays so; more is published only where the owner says so. Source: docs/importing.md."""
    for model in ("DataSet", "HistoricalDataSet"):
        apps.get_model("timeline", model).objects.filter(slug="acled", redistributable=False).update(desk_only=True)


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0014_names_of_300_characters'),
    ]

    operations = [
        migrations.AddField(
            model_name='dataset',
            name='desk_only',
            field=models.BooleanField(default=False, help_text='On: its events are not published, unless the setting SHOWN_DATA_SETS names it: its terms let this site show them.', verbose_name='for the desk only'),
        ),
        migrations.AddField(
            model_name='historicaldataset',
            name='desk_only',
            field=models.BooleanField(default=False, help_text='On: its events are not published, unless the setting SHOWN_DATA_SETS names it: its terms let this site show them.', verbose_name='for the desk only'),
        ),
        migrations.AddConstraint(
            model_name='dataset',
            constraint=models.CheckConstraint(condition=models.Q(('desk_only', False), ('redistributable', False), _connector='OR'), name='dataset_desk_only_stays', violation_error_message='What is for the desk only may not be passed on: switch “redistributable” off.'),
        ),
        migrations.RunPython(mark_acled, migrations.RunPython.noop),
    ]
