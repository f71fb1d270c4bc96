"""Indexes of folded words on PostgreSQL, one entry for each word of a row: see timeline.querysets.full_text."""

INDEXED = {
    "timeline_event": "search_text",
    "timeline_citation": "quote_search",
    "timeline_briefingwords": "folded_title || folded_text",
}
# A vector has room for a megabyte of words: a longer text has a mark in their place, by which it is found and read. The cost, in units of
# comparing two numbers, is that of a long text: no word is so common that making all vectors anew is quicker than the index.
FUNCTION = """
CREATE FUNCTION timeline_words(words text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT COST 10000 AS $$
BEGIN
    RETURN CASE WHEN octet_length(words) < 1000000
        THEN array_to_tsvector(array_remove(string_to_array(words, ' '), '')) ELSE '§§'::tsvector END;
END $$
"""


def make_indexes(apps, schema_editor):
    """Without statistics: to take some, PostgreSQL would make the vectors of 30,000 texts again, each time."""
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(FUNCTION)
    for table, words in INDEXED.items():
        schema_editor.execute(f"DROP INDEX IF EXISTS {table}_words")  # of another expression
        schema_editor.execute(f"CREATE INDEX {table}_words ON {table} USING gin (timeline_words({words}))")
        schema_editor.execute(f"ALTER INDEX {table}_words ALTER COLUMN 1 SET STATISTICS 0")


def drop_indexes(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for table in INDEXED:
            schema_editor.execute(f"DROP INDEX IF EXISTS {table}_words")
        schema_editor.execute("DROP FUNCTION timeline_words")
