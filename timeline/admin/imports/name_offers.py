"""The names of a file that are new here, and what is called nearly so: somebody says which of them are the same."""

from typing import NamedTuple


class NameOffer(NamedTuple):
    field: str  # of the form
    key: str  # under which the answer is kept, see imports.events.options
    name: str
    kind: str  # of an actor; precision of a place
    near: list[tuple[str, str]]  # slug, name


def offer_names(found: dict, what: str) -> list[NameOffer]:
    """Return the new names of "actors" or "places", those with something near first."""
    listed = [_offer(what, number, one) for number, one in enumerate(found.get(what, ()))]
    return sorted(listed, key=lambda one: not one.near)


def _offer(what: str, number: int, one: dict) -> NameOffer:
    name, kind = one["name"], one["kind"]
    key = name if what == "actors" else f"{name}, {kind}"  # places of one name may stand for several areas
    return NameOffer(f"{what}-{number}", key, name, kind.replace("_", " "), [tuple(near) for near in one["near"]])
