"""What ACLED says of places and deaths, by its own rules and not by those of UCDP."""

from django.db import migrations, models

from . import _acled_deaths


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0006_source_days'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='place',
            name='place_precision_known',
        ),
        migrations.AlterField(
            model_name='historicalplace',
            name='precision',
            field=models.CharField(choices=[('exact', 'exact place'), ('near', 'within about 25 km of the point'), ('district', 'somewhere in the district'), ('province', 'somewhere in the province'), ('feature', 'along a line or in a loosely bounded area'), ('country', 'somewhere in the country'), ('waters', 'international waters or airspace'), ('area', 'in a part of the region; the point is a town of it'), ('region', 'somewhere in a larger region; the point is a town of it')], default='exact', help_text='What the point stands for.', max_length=8),
        ),
        migrations.AlterField(
            model_name='place',
            name='precision',
            field=models.CharField(choices=[('exact', 'exact place'), ('near', 'within about 25 km of the point'), ('district', 'somewhere in the district'), ('province', 'somewhere in the province'), ('feature', 'along a line or in a loosely bounded area'), ('country', 'somewhere in the country'), ('waters', 'international waters or airspace'), ('area', 'in a part of the region; the point is a town of it'), ('region', 'somewhere in a larger region; the point is a town of it')], default='exact', help_text='What the point stands for.', max_length=8),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('precision__in', ['exact', 'near', 'district', 'province', 'feature', 'country', 'waters', 'area', 'region'])), name='place_precision_known', violation_error_message='precision: choose one of exact, near, district, province, feature, country, waters, area, region.'),
        ),
        migrations.RunPython(_acled_deaths.move_counts, migrations.RunPython.noop),
    ]
