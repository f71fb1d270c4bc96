"""Errors of a database as Django passes them on."""

import django.db
import psycopg


def database_error(sqlstate: str, words: str = "") -> django.db.DatabaseError:
    """Return PostgreSQL's error of this code."""
    cause = psycopg.errors.lookup(sqlstate)(words)
    kind = getattr(django.db, type(cause).__mro__[1].__name__)
    error = kind(words)
    error.__cause__ = cause
    return error
