"""What a rule of the grammar returns: what words mean once it is known when they were said, and where they end."""

from collections.abc import Callable
from typing import NamedTuple

from .context import Context
from .values import Value

Node = Callable[[Context], Value]


class Parsed(NamedTuple):
    node: Node
    end: int  # number of the token behind
    announces: bool = False  # the words alone say that it is still to come
