"""An index of the words of briefings on SQLite, which else reads every text for every search."""

from django.db import migrations

TABLE, INDEX = "timeline_briefingwords", "timeline_briefingwords_index"
COLUMNS = "folded_title, folded_text"
OLD, NEW = (f"{row}.briefing_id, {row}.folded_title, {row}.folded_text" for row in ("old", "new"))
FORGET = f"INSERT INTO {INDEX} ({INDEX}, rowid, {COLUMNS}) VALUES ('delete', {OLD});"
LEARN = f"INSERT INTO {INDEX} (rowid, {COLUMNS}) VALUES ({NEW});"

# The tokenizer "ascii" parts at white space alone, since folded words hold nothing else that it parts at.
ON_SQLITE = (
    f"CREATE VIRTUAL TABLE {INDEX} USING fts5 "
    f"({COLUMNS}, content='{TABLE}', content_rowid='briefing_id', tokenize='ascii', columnsize=0)",
    f"INSERT INTO {INDEX} ({INDEX}) VALUES ('rebuild')",
    f"CREATE TRIGGER {INDEX}_insert AFTER INSERT ON {TABLE} BEGIN {LEARN} END",
    f"CREATE TRIGGER {INDEX}_delete AFTER DELETE ON {TABLE} BEGIN {FORGET} END",
    f"CREATE TRIGGER {INDEX}_update AFTER UPDATE OF briefing_id, {COLUMNS} ON {TABLE} "
    f"WHEN ({OLD}) IS NOT ({NEW}) BEGIN {FORGET} {LEARN} END",
)


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for statement in ON_SQLITE:
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in ("insert", "delete", "update"):
            schema_editor.execute(f"DROP TRIGGER {INDEX}_{name}")
        schema_editor.execute(f"DROP TABLE {INDEX}")


class Migration(migrations.Migration):

    dependencies = [
        ('timeline', '0014_login_attempts'),
    ]

    operations = [
        migrations.RunPython(make, drop),
    ]
