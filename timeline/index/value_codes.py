"""Values as small numbers, so that arrays can hold and count them."""

from collections.abc import Iterable
from threading import RLock

import numpy as np

NONE = 0  # the number of no value


class Values:
    """The numbers of one column's values, in this process. They only grow: an array never changes its meaning."""

    def __init__(self) -> None:
        self.values: list = [None]
        self.numbers: dict[object, int] = {None: NONE, "": NONE}
        self.lock = RLock()

    def __len__(self) -> int:
        return len(self.values)

    def encode(self, values: Iterable) -> np.ndarray:
        """Return the number of each value; new values have a new one."""
        values = list(values)
        with self.lock:
            for value in dict.fromkeys(values):
                if value not in self.numbers:
                    self.numbers[value] = len(self.values)
                    self.values.append(value)
            return np.fromiter(map(self.numbers.__getitem__, values), np.int32, len(values))

    def known(self, values: Iterable) -> list[int]:
        """Return the numbers of those values that were ever met."""
        return [self.numbers[value] for value in values if value in self.numbers]

    def counted(self, numbers: np.ndarray) -> dict[object, int]:
        """Return how often each value stands in an array of numbers; without those of none."""
        counts = np.bincount(numbers)
        counts[NONE:1] = 0
        return {self.values[number]: int(counts[number]) for number in np.flatnonzero(counts)}
