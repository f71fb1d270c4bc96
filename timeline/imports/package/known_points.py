"""Which places of a package are here already: by an id elsewhere, or by name, country and point, and nothing less."""

from collections import defaultdict
from decimal import Decimal

from timeline.exports.columns import SEPARATOR
from timeline.imports.file_bytes import FileRefused
from timeline.models import Place, PlaceExternalId
from timeline.models.ancestry import ancestor_chain
from timeline.querysets.place import SAME_PLACE
from timeline.text.coordinates import distance
from timeline.text.folding import fold

from .package_archive import validated

Ids = list[tuple[str, str]]  # scheme, value


def read_place_ids(line: int, cell: str) -> Ids:
    """Return the ids elsewhere that a cell lists. Raises FileRefused for one that could not be entered."""
    ids = [(scheme, value) for scheme, _, value in (text.partition(" ") for text in cell.split(SEPARATOR) if text)]
    for scheme, value in ids:
        validated("places", line, PlaceExternalId(scheme=scheme, value=value), "place")
    return ids


class KnownPoints:
    """The places that are stored, and those of the package so far. Two queries."""

    def __init__(self) -> None:
        self.by_name: dict[tuple, list[tuple[tuple | None, int]]] = defaultdict(list)
        self.parents: dict[int, int | None] = {}
        for place in Place.objects.not_merged().order_by("pk"):
            self.by_name[fold(place.name), place.country].append((place.point, place.pk))
            self.parents[place.pk] = place.parent_id
        ids = PlaceExternalId.objects.values_list("scheme", "value", "place")
        self.by_id = {(scheme, value): key for scheme, value, key in ids}

    def find(self, row: dict, ids: Ids) -> int | None:
        """Return the primary key of the place that this one is; None: there is none."""
        if known := next((self.by_id[named] for named in ids if named in self.by_id), None):
            return known
        point = _point(row)
        for other, key in self.by_name[fold(row["name"]), row["country"]]:
            if point == other or (point and other and distance(point, other) <= SAME_PLACE):
                return key
        return None

    def add(self, row: dict, ids: Ids, key: int) -> None:
        self.by_name[fold(row["name"]), row["country"]].append((_point(row), key))
        self.by_id |= dict.fromkeys(ids, key)

    def refuse_circles(self, new: dict[int, tuple[int, int | None]]) -> None:
        """Raise FileRefused where one of these lies within itself; each with its line and what it lies within."""
        parents = self.parents | {key: parent for key, (_, parent) in new.items()}
        for key, (line, _) in new.items():
            if parents[ancestor_chain(key, parents)[-1]] is not None:
                raise FileRefused(
                    f"places.csv, row {line}: the place would lie within itself. Leave its parent, or that of one above, empty."
                )


def _point(row: dict) -> tuple[Decimal, Decimal] | None:
    return (Decimal(row["latitude"]), Decimal(row["longitude"])) if row["latitude"] and row["longitude"] else None
