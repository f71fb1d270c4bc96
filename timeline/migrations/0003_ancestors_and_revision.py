import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    """Write each actor's line of those it belongs to, and the one row of the revision."""
    parents = dict(apps.get_model("timeline", "Actor").objects.values_list("pk", "parent"))
    ancestor = apps.get_model("timeline", "ActorAncestor")
    rows = []
    for pk in parents:
        line, above = [], pk
        while above is not None and above not in line:
            line.append(above)
            above = parents.get(above)
        rows += [ancestor(ancestor_id=one, actor_id=pk) for one in line]
    ancestor.objects.bulk_create(rows, batch_size=500)
    apps.get_model("timeline", "DataRevision").objects.create(pk=1)


class Migration(migrations.Migration):
    dependencies = [("timeline", "0002_event_types")]

    operations = [
        migrations.CreateModel(
            name="ActorAncestor",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "ancestor", "actor", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "ancestor",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="timeline.actor",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ancestry",
                        to="timeline.actor",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DataRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField(default=0)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("pk", 1)), name="datarevision_one_row")
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
