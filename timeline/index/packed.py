"""Sets of places in a part (numbers below PART_SIZE), small in memory and quick to intersect and count."""

from collections.abc import Iterable

from timeline.parts import PART_SIZE

Packed = int | tuple[int, ...]  # bits, or, where they are few, the places themselves
FEW = 24
_BYTES = PART_SIZE // 8
_PLACE = list(range(PART_SIZE))  # each number once in memory
_BIT = [1 << place for place in range(PART_SIZE)]
_FLAGS = bytes.maketrans(b"01", b"\0\1")


def pack(places: list[int]) -> Packed:
    """Return a set; each place stands in the list once."""
    return tuple(_PLACE[place] for place in places) if len(places) < FEW else bits(places)


def bits(places: Iterable[int]) -> int:
    """Return places as bits, place 0 the lowest."""
    found = bytearray(_BYTES)
    for place in places:
        found[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(found, "little")


def union(sets: Iterable[Packed]) -> int:
    """Return the places that are in any of the sets, as bits."""
    found, few = 0, []
    for places in sets:
        if isinstance(places, int):
            found |= places
        else:
            few += places
    return found | bits(few) if few else found


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
        found = 0
        for place in places:
            if self.flags[place]:
                found |= _BIT[place]
        return found
