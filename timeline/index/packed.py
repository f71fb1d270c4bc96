"""Sets of places in a part (numbers below PART_SIZE), small in memory and quick to intersect and count."""

from array import array
from collections.abc import Iterable

from timeline.parts import PART_SIZE

Packed = int | array  # bits, or, where they are few, the places themselves
FEW = 24
_BYTES = PART_SIZE // 8
_FLAGS = bytes.maketrans(b"01", b"\0\1")


def pack(places: list[int]) -> Packed:
    """Return a set; each place stands in the list once."""
    return array("H", places) if len(places) < FEW else bits(places)


def bits(places: Iterable[int] | Packed) -> int:
    """Return a set as bits, place 0 the lowest."""
    if isinstance(places, int):
        return places
    found = bytearray(_BYTES)
    for place in places:
        found[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(found, "little")


def flags(mask: int) -> bytes:
    """Return a byte for each place of the part: 1 where it is in the mask, else 0."""
    return format(mask, f"0{PART_SIZE}b").encode().translate(_FLAGS)[::-1]


class Selection:
    """Some places of one part."""

    def __init__(self, mask: int):
        self.mask, self.flags = mask, flags(mask)

    def count(self, places: Packed) -> int:
        if isinstance(places, int):
            return (places & self.mask).bit_count()
        return sum(map(self.flags.__getitem__, places))

    def within(self, places: Packed) -> int:
        """Return those of `places` that are selected, as bits."""
        if isinstance(places, int):
            return places & self.mask
        return bits([place for place in places if self.flags[place]])
