from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("timeline", "0004_known_on")]

    operations = [
        migrations.DeleteModel(name="DataRevision"),
        migrations.CreateModel(
            name="DataRevision",
            fields=[
                ("part", models.BigIntegerField(primary_key=True, serialize=False)),
                ("number", models.BigIntegerField()),
            ],
        ),
        migrations.RemoveIndex(model_name="citation", name="citation_event_briefing"),
        migrations.AddIndex(
            model_name="citation",
            index=models.Index(fields=["event", "briefing", "speaker", "act", "state"], name="citation_of_event"),
        ),
        migrations.AddIndex(
            model_name="citation",
            index=models.Index(fields=["briefing", "act", "speaker", "state", "event"], name="citation_of_briefing"),
        ),
    ]
