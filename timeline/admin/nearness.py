"""The order in which an autocomplete offers rows: who types a name and presses Enter takes the first."""

from django.db.models import Case, Q, QuerySet, Value, When


def name_conditions(column: str, words: str) -> list[Q]:
    """Return the conditions of a name in this column: it is these words, begins with them, holds them where a word begins."""
    ways = {"iexact": words, "istartswith": words, "icontains": f" {words}"}
    return [Q((f"{column}__{way}", typed)) for way, typed in ways.items()]


def nearest_first(rows: QuerySet, near: list[Q]) -> QuerySet:
    """Return the rows by the first of these conditions that each meets, then in their own order."""
    rank = Case(
        *(When(condition, then=Value(number)) for number, condition in enumerate(near)), default=Value(len(near))
    )
    return rows.order_by(rank, *(rows.query.order_by or rows.model._meta.ordering))
