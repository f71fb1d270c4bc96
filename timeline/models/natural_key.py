from collections.abc import Callable
from typing import TypeVar

_NaturalKey = TypeVar("_NaturalKey", bound=Callable[..., tuple])


def depends_on(*tables: str) -> Callable[[_NaturalKey], _NaturalKey]:
    """Mark a `natural_key` with the tables that it names rows of: a dump writes them before, a load reads them before."""

    def mark(natural_key: _NaturalKey) -> _NaturalKey:
        natural_key.__dict__["dependencies"] = list(tables)
        return natural_key

    return mark
