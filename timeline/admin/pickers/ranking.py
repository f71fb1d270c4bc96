"""The order of what a picker offers: exact name, exact other name, beginning of a name, beginning of a word, the rest, and
last what only sounds like it."""

from collections.abc import Iterable

from django.db.models import Case, Q, QuerySet, Value, When

from timeline.text.search_words import BARRIER, plain_words
from timeline.text.sound_keys import SHORTEST, sound_key

EXACT = 2  # of the conditions, the first: they say that a row is called just so
MOST_ALIKE = 5


def names_in(column: str, words: str) -> list[Q]:
    """Return conditions on a column of names as `index_words` has them, the nearest first."""
    folded = f" {plain_words(words)}"
    alone, first, later = f"{folded} ", f"{folded} {BARRIER}", f"{BARRIER}{folded}"
    return [
        Q((column, alone)) | Q((f"{column}__startswith", first)),
        Q((f"{column}__contains", f"{later} {BARRIER}")) | Q((f"{column}__endswith", f"{later} ")),
        Q((f"{column}__startswith", folded)) | Q((f"{column}__contains", later)),
        Q((f"{column}__contains", folded)),
    ]


def name_in(column: str, words: str) -> list[Q]:
    """Return conditions on a column with one name as it is written, the nearest first; no row has another name."""
    ways = {"iexact": words, "istartswith": words, "icontains": f" {words}"}
    exact, *others = (Q((f"{column}__{way}", typed)) for way, typed in ways.items())
    return [exact, Q(pk__in=[]), *others]


def sounds_like(words: str) -> list[Q]:
    """Return two conditions: that a row has names with words that sound like each of these, and that they begin so. None where
    the keys of the words say too little."""
    keys = [key for key in map(sound_key, plain_words(words).split()) if key]
    if not any(len(key) >= SHORTEST for key in keys):
        return []
    whole, begun = Q(), Q()
    for key in keys:
        whole &= Q(sounds__contains=f" {key} ")
        begun &= Q(sounds__contains=f" {key}")
    return [whole, begun]


def nearest_first(rows: QuerySet, near: list[Q], last: Iterable[Q] = ()) -> QuerySet:
    """Return the rows with `nearness`, the number of the first of these conditions that each meets, in its order and then
    in their default order. Rows that meet only one of `last` come after those that meet none, in the order of these."""
    ranks = [When(condition, then=Value(number)) for number, condition in enumerate(near)]
    ranks += [When(condition, then=Value(number)) for number, condition in enumerate(last, len(near) + 1)]
    rank = Case(*ranks, default=Value(len(near)))
    return rows.annotate(nearness=rank).order_by("nearness", *(rows.query.order_by or rows.model._meta.ordering))


def alike(rows: QuerySet, name: str) -> list:
    """Return rows called so, or that sound so, the nearest first; at most MOST_ALIKE. One query."""
    near = names_in("search_text", name)
    condition = near[0] | near[1]
    for whole in sounds_like(name)[:1]:
        condition |= whole
    return list(nearest_first(rows.filter(condition), near)[:MOST_ALIKE])
