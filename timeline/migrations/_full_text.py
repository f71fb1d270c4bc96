"""Indexes of folded words on SQLite, which else reads every row for every search.

A later migration that alters one of these tables makes it anew, without its triggers: let it run `drop_indexes` and `make_indexes` after that.
"""

INDEXED = {  # table -> its key, what is searched of it
    "timeline_briefingwords": ("briefing_id", ("folded_title", "folded_text")),
    "timeline_citation": ("id", ("quote_search",)),
    "timeline_event": ("id", ("search_text",)),
}


def statements(table, key, columns):
    """Yield what makes the index, and keeps it. The tokenizer "ascii" parts at white space alone, since folded words hold
    nothing else that it parts at."""
    index, listed = f"{table}_index", ", ".join(columns)
    old, new = (", ".join(f"{row}.{column}" for column in (key, *columns)) for row in ("old", "new"))
    forget = f"INSERT INTO {index} ({index}, rowid, {listed}) VALUES ('delete', {old});"
    learn = f"INSERT INTO {index} (rowid, {listed}) VALUES ({new});"
    yield (
        f"CREATE VIRTUAL TABLE {index} USING fts5 "
        f"({listed}, content='{table}', content_rowid='{key}', tokenize='ascii', columnsize=0)"
    )
    yield f"INSERT INTO {index} ({index}) VALUES ('rebuild')"
    yield f"CREATE TRIGGER {index}_insert AFTER INSERT ON {table} BEGIN {learn} END"
    yield f"CREATE TRIGGER {index}_delete AFTER DELETE ON {table} BEGIN {forget} END"
    yield (
        f"CREATE TRIGGER {index}_update AFTER UPDATE OF {key}, {listed} ON {table} "
        f"WHEN ({old}) IS NOT ({new}) BEGIN {forget} {learn} END"
    )


def make_indexes(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table, (key, columns) in INDEXED.items():
            for statement in statements(table, key, columns):
                schema_editor.execute(statement)


def drop_indexes(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in INDEXED:
            for name in ("insert", "delete", "update"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_index_{name}")
            schema_editor.execute(f"DROP TABLE IF EXISTS {table}_index")
