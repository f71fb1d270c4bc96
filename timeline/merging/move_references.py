"""How a row passes from the duplicate to the target: it moves, or it is folded into an equal row."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.text import capfirst


@dataclass(frozen=True, slots=True)
class Move:
    """What becomes of one row."""

    what: str  # "citation"
    row: models.Model
    into: models.Model | None = (
        None  # the equal row of the target, which takes over what only this row says; None: it moves
    )
    ends: bool = False  # a relation of the target to itself: deleted
    words: str = ""  # names the row where str(row) says too little

    def __str__(self) -> str:
        return self.words or str(self.row)


@dataclass(frozen=True, slots=True)
class Group:
    """Moves of one kind."""

    name: str  # "Citations"
    count: int
    moves: list[Move]  # the first of them

    @classmethod
    def of(cls, rows: models.QuerySet | models.Manager, moves: list[Move]) -> "Group":
        """Return the group of all these rows. One query."""
        return cls(_plural_name(rows.model), rows.count(), moves)


def group_moves(moves: list[Move], most: int) -> list[Group]:
    """Return the moves by kind, of each the first."""
    kinds: dict[type[models.Model], list[Move]] = {}
    for move in moves:
        kinds.setdefault(type(move.row), []).append(move)
    return [
        Group(_plural_name(kind), len(moves_of_kind), moves_of_kind[:most]) for kind, moves_of_kind in kinds.items()
    ]


def _plural_name(kind: type[models.Model]) -> str:
    return capfirst(str(kind._meta.verbose_name_plural))


def plan_moves(
    rows: Iterable[models.Model],
    matches: dict,
    key: Callable[[models.Model], tuple],
    words: Callable[[models.Model], str] = str,
) -> list[Move]:
    """Return what becomes of each row; `matches`: rows of the target by the same key."""
    return [Move(str(row._meta.verbose_name), row, matches.get(key(row)), words=words(row)) for row in rows]


def copy_missing(into: models.Model, row: models.Model, names: Iterable[str]) -> bool:
    """Write into `into` what only `row` says; return whether that is anything."""
    changed = False
    for name in names:
        field = into._meta.get_field(name)
        mine, other = (getattr(side, field.attname) for side in (into, row))
        if is_unset(mine) and not is_unset(other):
            setattr(into, field.attname, other)
            changed = True
    return changed


def is_unset(value: object) -> bool:
    return value in (None, "")


def fields_agree(first: models.Model, second: models.Model, names: Iterable[str]) -> bool:
    """Return whether no field has different values in both rows; an unset field agrees with any value."""
    for name in names:
        field = first._meta.get_field(name)
        mine, theirs = (getattr(row, field.attname) for row in (first, second))
        if mine != theirs and not is_unset(mine) and not is_unset(theirs):
            return False
    return True


def join_texts(first: str, second: str, longest: int) -> str:
    """Return both texts as one; the first alone where they are the same or too long together."""
    texts = list(dict.fromkeys(text for text in (first, second) if text))
    both = "; ".join(texts)
    return both if len(both) <= longest else first or second
