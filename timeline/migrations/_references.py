"""PostgreSQL alters no table of which it has yet to check what rows refer to, which it does at the end of a transaction."""


def check_now(apps, schema_editor):
    """Have it check what was written so far, so that tables can be altered after it in the same migration."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")
