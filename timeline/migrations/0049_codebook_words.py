from django.db import migrations

# slug -> column -> (what it said, what it says). An entry that an editor changed stays as it is.
CHANGES = {
    "ceasefire": {
        "description": (
            "Fighting stops, or a source speaks of the ceasefire without saying when it was declared.",
            "Fighting stops, or a source mentions the ceasefire without saying when it was declared.",
        ),
        "boundary": (
            "Against line or zone established: this is the end of fighting, that is where forces stand after it.",
            "Against line or zone established: this is the end of fighting, that is where forces are after it.",
        ),
    },
    "meeting": {
        "boundary": (
            "Against negotiation: a meeting is one occasion whose aim is not said to be a settlement. Against visit: words that only say where "
            "they met, be it in the capital of one of them, tell of a meeting.",
            "Against negotiation: a meeting is one occasion whose aim is not said to be a settlement. Against visit: words that only say where "
            "they met, be it in the capital of one of them, mean a meeting.",
        ),
    },
}


def change(apps, before, after):
    types = apps.get_model("timeline", "EventType").objects
    for slug, columns in CHANGES.items():
        for column, texts in columns.items():
            types.filter(slug=slug, **{column: texts[before]}).update(**{column: texts[after]})


def forwards(apps, schema_editor):
    change(apps, 0, 1)


def backwards(apps, schema_editor):
    change(apps, 1, 0)


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0048_clean_releases'),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
