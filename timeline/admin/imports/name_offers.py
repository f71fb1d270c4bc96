"""The names of a file that are new here, and what is called nearly so: somebody says which of them are the same."""

from typing import NamedTuple


class NameOffer(NamedTuple):
    field: str  # of the form
    key: str  # under which the answer is kept, see imports.events.options
    name: str
    kind: str  # of an actor; precision of a place
    near: list[tuple[str, str]]  # slug, name


def offer_names(check: dict, what: str) -> list[NameOffer]:
    """Return the new names of "actors" or "places", those with something near first."""
    listed = [_offer(what, number, entry) for number, entry in enumerate(check.get(what, ()))]
    return sorted(listed, key=lambda offer: not offer.near)


def _offer(what: str, number: int, entry: dict) -> NameOffer:
    name, kind = entry["name"], entry["kind"]
    key = name if what == "actors" else f"{name}, {kind}"  # places of one name may stand for several areas
    return NameOffer(f"{what}-{number}", key, name, kind.replace("_", " "), [tuple(near) for near in entry["near"]])
