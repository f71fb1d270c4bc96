"""Derives anew what is searched of every row, and makes the index of it on PostgreSQL."""

from timeline.text.search_words import index_words

FROM_COLUMNS = (  # table, its key, the column that is searched, the columns it is made of
    ("timeline_place", "id", "search_text", ("name",)),
    ("timeline_conflict", "id", "search_text", ("name",)),
    ("timeline_eventtype", "id", "search_text", ("name",)),
    ("timeline_event", "id", "search_text", ("title", "summary")),
    ("timeline_citation", "id", "quote_search", ("quote",)),
)
VECTORS = {"timeline_event": "search_text", "timeline_citation": "quote_search"}
AT_ONCE = 1_000  # rows


def derive(apps, schema_editor):
    """Write the words of all rows: nothing of it is a change that anybody made."""
    for table, key, column, sources in FROM_COLUMNS:
        rows = _rows(schema_editor, f"SELECT {key}, {', '.join(sources)} FROM {table} WHERE {key} > %s ORDER BY {key}")
        _write(schema_editor, f"UPDATE {table} SET {column} = %s WHERE {key} = %s", rows)
    _write(
        schema_editor,
        "UPDATE timeline_actor SET search_text = %s WHERE id = %s",
        ([(key, *names) for key, names in _names_of_actors(schema_editor).items()] for _ in range(1)),
    )
    for column, source in (("folded_title", "title"), ("folded_text", "text")):
        rows = _rows(schema_editor, f"SELECT id, {source} FROM timeline_briefing WHERE id > %s ORDER BY id", at_once=50)
        _write(schema_editor, f"UPDATE timeline_briefingwords SET {column} = %s WHERE briefing_id = %s", rows)


def _rows(schema_editor, statement, at_once=AT_ONCE):
    """Yield rows in lots, by key."""
    last = 0
    while True:
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(f"{statement} LIMIT {at_once}", [last])
            rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        last = rows[-1][0]


def _names_of_actors(schema_editor):
    names = {}
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM timeline_actor")
        names = {key: [name] for key, name in cursor.fetchall()}
        cursor.execute("SELECT actor_id, name FROM timeline_actoralias ORDER BY name")
        for key, name in cursor.fetchall():
            names[key].append(name)
    return names


def _write(schema_editor, statement, lots):
    for rows in lots:
        with schema_editor.connection.cursor() as cursor:
            cursor.executemany(statement, [(index_words(*texts), key) for key, *texts in rows])


def make_vectors(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table, column in VECTORS.items():
            words = f"array_to_tsvector(string_to_array(btrim({column}), ' '))"
            schema_editor.execute(f"CREATE INDEX {table}_words ON {table} USING gin (({words}))")


def drop_vectors(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in VECTORS:
            schema_editor.execute(f"DROP INDEX IF EXISTS {table}_words")
