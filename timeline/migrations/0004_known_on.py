from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("timeline", "0003_ancestors_and_revision")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="known_on",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        date_qualifier="", start_earliest=models.F("end_latest"), then=models.F("start_earliest")
                    )
                ),
                output_field=models.DateField(null=True),
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(
                fields=[
                    "status",
                    "known_on",
                    "event_type",
                    "sort_on",
                    "start_latest",
                    "end_earliest",
                    "end_latest",
                    "date_qualifier",
                ],
                name="event_known",
            ),
        ),
    ]
