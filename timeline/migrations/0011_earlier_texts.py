"""The texts that briefings had before: kept as rows of their own, which the database does not let anybody change."""

from itertools import groupby

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLE, TRIGGER, MESSAGE = "timeline_earliertext", "earliertext_never_changed", "An earlier text is never changed."
ON_SQLITE = f"""
CREATE TRIGGER {TRIGGER} BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END
"""
ON_POSTGRESQL = f"""
CREATE FUNCTION {TRIGGER}() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER {TRIGGER} BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TRIGGER}();
"""


def guard(apps, schema_editor):
    """Let the database refuse every change of an earlier text."""
    schema_editor.execute(ON_SQLITE if schema_editor.connection.vendor == "sqlite" else ON_POSTGRESQL)


def unguard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"DROP TRIGGER {TRIGGER}")
    else:
        schema_editor.execute(f"DROP TRIGGER {TRIGGER} ON {TABLE}; DROP FUNCTION {TRIGGER}();")


def keep_from_history(apps, schema_editor):
    """Keep the texts that briefings had before this table was there, as the history tells of them."""
    database = schema_editor.connection.alias
    history = apps.get_model("timeline", "HistoricalBriefing").objects.using(database)
    columns = ("history_id", "history_date", "history_user_id", "text_sha256", "captured_on", "status")
    for pk in apps.get_model("timeline", "Briefing").objects.using(database).values_list("pk", flat=True).iterator():
        rows = history.filter(id=pk).order_by("history_date", "history_id").values(*columns)
        runs = [list(run) for _, run in groupby(rows, key=lambda row: row["text_sha256"])]
        _keep(apps.get_model("timeline", "EarlierText").objects.using(database), history, pk, runs)


def _keep(texts, history, briefing, runs):
    replaced = [(run, following) for run, following in zip(runs, runs[1:]) if run[0]["text_sha256"]]
    for number, (run, following) in enumerate(replaced, 1):
        first, last, now = run[0], run[-1], following[0]
        texts.create(
            briefing_id=briefing,
            number=number,
            text=history.get(history_id=first["history_id"]).text,
            text_sha256=first["text_sha256"],
            captured_on=last["captured_on"],
            recorded_at=first["history_date"],
            recorded_by_id=first["history_user_id"],
            replaced_at=now["history_date"],
            replaced_by_id=now["history_user_id"],
            was_public=last["status"] == "published",
        )


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0010_briefing_kinds_and_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='EarlierText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('text', models.TextField()),
                ('text_sha256', models.CharField(max_length=64, verbose_name='SHA-256 of the text')),
                ('captured_on', models.DateField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('replaced_at', models.DateTimeField()),
                ('was_public', models.BooleanField()),
                ('briefing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='earlier_texts', to='timeline.briefing')),
                ('recorded_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='recorded_texts', to=settings.AUTH_USER_MODEL)),
                ('replaced_by', models.ForeignKey(db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_texts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('briefing', 'number'), name='earliertext_numbered_once'), models.CheckConstraint(condition=models.Q(('text_sha256__length', 64), ('text__length__gte', 1)), name='earliertext_hashed')],
            },
        ),
        migrations.RunPython(keep_from_history, migrations.RunPython.noop),
        migrations.RunPython(guard, unguard),
    ]
