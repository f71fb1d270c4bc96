"""Statements that Django has no query for: their tables and columns are named by the program alone, never by a reader.

The one place where SQL is put together from text. What somebody entered goes into the parameters, which the driver passes on.
"""

from collections.abc import Iterable

from django.db import connections


def statement(template: str, alias: str = "default", **parts: str | Iterable[str] | int) -> str:
    """Return the template with its parts: a name of a table or column, quoted; several of them, separated by commas; for a number
    so many places for parameters; for what this function returned, that."""
    return Statement(template.format(**{key: _written(part, alias) for key, part in parts.items()}))


class Statement(str):
    """SQL, in whose template others may be put."""


def _written(part: str | Iterable[str] | int, alias: str) -> str:
    quote = connections[alias].ops.quote_name
    if isinstance(part, int):
        return ", ".join(["%s"] * part)
    if isinstance(part, Statement):
        return part
    return quote(part) if isinstance(part, str) else ", ".join(map(quote, part))
