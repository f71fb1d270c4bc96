from django.db import migrations

# column of the type "ceasefire" -> (what it said, what it says). An entry that an editor changed stays as it is.
CHANGES = {
    "description": (
        "Fighting stops, or a source speaks of the ceasefire without saying when it was declared.",
        "Fighting stops, or a source mentions the ceasefire without saying when it was declared.",
    ),
    "boundary": (
        "Against line or zone established: this is the end of fighting, that is where forces stand after it.",
        "Against line or zone established: this is the end of fighting, that is where forces are after it.",
    ),
}


def change(apps, before, after):
    ceasefire = apps.get_model("timeline", "EventType").objects.filter(slug="ceasefire")
    for column, texts in CHANGES.items():
        ceasefire.filter(**{column: texts[before]}).update(**{column: texts[after]})


def forwards(apps, schema_editor):
    change(apps, 0, 1)


def backwards(apps, schema_editor):
    change(apps, 1, 0)


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0048_clean_releases'),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
