import timeline.models.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0013_accepted_kinds'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='actor',
            name='actor_name_filled',
        ),
        migrations.RemoveConstraint(
            model_name='actoralias',
            name='actoralias_name_filled',
        ),
        migrations.RemoveConstraint(
            model_name='conflict',
            name='conflict_name_filled',
        ),
        migrations.RemoveConstraint(
            model_name='dataset',
            name='dataset_name_filled',
        ),
        migrations.RemoveConstraint(
            model_name='place',
            name='place_name_filled',
        ),
        migrations.AlterField(
            model_name='actor',
            name='name',
            field=models.CharField(help_text='The name in full. An office whose holder no source names is an actor too: “Foreign Minister of Armenia”.', max_length=300, validators=[timeline.models.validators.one_line]),
        ),
        migrations.AlterField(
            model_name='actoralias',
            name='name',
            field=models.CharField(max_length=300, validators=[timeline.models.validators.one_line]),
        ),
        migrations.AlterField(
            model_name='conflict',
            name='name',
            field=models.CharField(max_length=300, validators=[timeline.models.validators.one_line]),
        ),
        migrations.AlterField(
            model_name='dataset',
            name='name',
            field=models.CharField(help_text='“UCDP GED 23.1”', max_length=300, validators=[timeline.models.validators.one_line]),
        ),
        migrations.AlterField(
            model_name='dataset',
            name='publisher',
            field=models.CharField(blank=True, max_length=300, validators=[timeline.models.validators.one_line]),
        ),
        migrations.AlterField(
            model_name='historicalactor',
            name='name',
            field=models.CharField(help_text='The name in full. An office whose holder no source names is an actor too: “Foreign Minister of Armenia”.', max_length=300, validators=[timeline.models.validators.one_line]),
        ),
        migrations.AlterField(
            model_name='historicalactoralias',
            name='name',
            field=models.CharField(max_length=300, validators=[timeline.models.validators.one_line]),
        ),
        migrations.AlterField(
            model_name='historicalconflict',
            name='name',
            field=models.CharField(max_length=300, validators=[timeline.models.validators.one_line]),
        ),
        migrations.AlterField(
            model_name='historicaldataset',
            name='name',
            field=models.CharField(help_text='“UCDP GED 23.1”', max_length=300, validators=[timeline.models.validators.one_line]),
        ),
        migrations.AlterField(
            model_name='historicaldataset',
            name='publisher',
            field=models.CharField(blank=True, max_length=300, validators=[timeline.models.validators.one_line]),
        ),
        migrations.AlterField(
            model_name='historicalplace',
            name='name',
            field=models.CharField(max_length=300, validators=[timeline.models.validators.one_line]),
        ),
        migrations.AlterField(
            model_name='place',
            name='name',
            field=models.CharField(max_length=300, validators=[timeline.models.validators.one_line]),
        ),
        migrations.AddConstraint(
            model_name='actor',
            constraint=models.CheckConstraint(condition=models.Q(('name__length__gte', 1), ('name__length__lte', 300)), name='actor_name_filled', violation_error_message='name: write 1 to 300 characters.'),
        ),
        migrations.AddConstraint(
            model_name='actoralias',
            constraint=models.CheckConstraint(condition=models.Q(('name__length__gte', 1), ('name__length__lte', 300)), name='actoralias_name_filled', violation_error_message='name: write 1 to 300 characters.'),
        ),
        migrations.AddConstraint(
            model_name='conflict',
            constraint=models.CheckConstraint(condition=models.Q(('name__length__gte', 1), ('name__length__lte', 300)), name='conflict_name_filled', violation_error_message='name: write 1 to 300 characters.'),
        ),
        migrations.AddConstraint(
            model_name='dataset',
            constraint=models.CheckConstraint(condition=models.Q(('name__length__gte', 1), ('name__length__lte', 300)), name='dataset_name_filled', violation_error_message='name: write 1 to 300 characters.'),
        ),
        migrations.AddConstraint(
            model_name='place',
            constraint=models.CheckConstraint(condition=models.Q(('name__length__gte', 1), ('name__length__lte', 300)), name='place_name_filled', violation_error_message='name: write 1 to 300 characters.'),
        ),
    ]
