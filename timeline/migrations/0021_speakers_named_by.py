"""Why a label of a transcript is taken for an actor. Of the labels that were named before this it is not known: ""."""

from django.db import migrations, models

CHOICES = [
    ("alias", "a name or alias of the record"),
    ("full_name", "the full name in the document"),
    ("office", "the full name and title in the document"),
    ("hand", "an editor"),
]


def column(default: str) -> models.CharField:
    return models.CharField(blank=True, choices=CHOICES, default=default, editable=False, max_length=9)


class Migration(migrations.Migration):
    dependencies = [("timeline", "0020_events_by_place")]

    operations = [
        *(
            migrations.AddField(model_name=model, name="named_by", field=column(""))
            for model in ("briefingspeaker", "historicalbriefingspeaker")
        ),
        *(
            migrations.AlterField(model_name=model, name="named_by", field=column("hand"))
            for model in ("briefingspeaker", "historicalbriefingspeaker")
        ),
        migrations.AddConstraint(
            model_name="briefingspeaker",
            constraint=models.CheckConstraint(
                condition=models.Q(("named_by__in", ["alias", "full_name", "office", "hand", ""])),
                name="briefingspeaker_named_by_known",
                violation_error_message="named_by: choose one of alias, full_name, office, hand.",
            ),
        ),
    ]
