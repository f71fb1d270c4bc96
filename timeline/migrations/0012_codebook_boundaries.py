from django.db import migrations

# slug -> column -> (what it says in codebook 1.0, what it says in 1.1). An entry that an editor changed stays as it is.
CHANGES = {
    "sanctions": {
        "include": (
            "States or organisations break off, reduce or forbid dealings: sanctions, expulsion of diplomats, suspended treaties.",
            "States or organisations break off, reduce or forbid dealings, be it with states, groups or persons: sanctions, listings, "
            "expulsion of diplomats, suspended treaties.",
        ),
        "boundary": (
            "Against coercion: between states, without force.",
            "Against coercion: by a rule or an order, without force on the spot.",
        ),
    },
    "meeting": {
        "boundary": (
            "Against negotiation: a meeting is one occasion whose aim is not said to be a settlement.",
            "Against negotiation: a meeting is one occasion whose aim is not said to be a settlement. Against visit: words that only say where "
            "they met, be it in the capital of one of them, tell of a meeting.",
        ),
    },
    "visit": {
        "boundary": (
            "Against meeting: one is guest, one is host.",
            "Against meeting: the words say that one travels to the other, or is received.",
        ),
    },
    "ceasefire-declared": {
        "include": (
            "A signed or announced promise to stop fighting, by one side or by all; an extension of one.",
            "A signed or announced promise to stop fighting, by one side or by all; an extension or a renewal of one.",
        ),
    },
}


def change(apps, before, after):
    EventType = apps.get_model("timeline", "EventType")
    for slug, columns in CHANGES.items():
        for column, texts in columns.items():
            EventType.objects.filter(slug=slug, **{column: texts[before]}).update(**{column: texts[after]})


def forwards(apps, schema_editor):
    change(apps, 0, 1)


def backwards(apps, schema_editor):
    change(apps, 1, 0)


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0011_leads'),
    ]

    operations = [migrations.RunPython(forwards, backwards)]
