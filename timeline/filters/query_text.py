"""Queries as text: the links of a page say the same few parameters hundreds of times."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlencode


def query_text(pairs: Iterable[tuple[str, str]]) -> str:
    """Return parameters as an address has them behind its question mark, in the order given; "" for none."""
    return "&".join(map(_pair_text, pairs))


@lru_cache(maxsize=4096)
def _pair_text(pair: tuple[str, str]) -> str:
    return urlencode([pair])
