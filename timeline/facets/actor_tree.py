"""Actors listed with those that belong to them beneath."""

from collections import defaultdict

from timeline.models import ActorAncestor


def arrange_actors(listed: list[int]) -> dict[int, int]:
    """Return the actors in a new order, each with its level: to how many of those listed it belongs. One query.

    Those that belong to the same one keep their order.
    """
    above = defaultdict(list)
    rows = ActorAncestor.objects.filter(actor__in=listed, ancestor__in=listed)
    for ancestor, actor in rows.values_list("ancestor", "actor"):
        if ancestor != actor:
            above[actor].append(ancestor)
    members = defaultdict(list)
    for actor in listed:
        nearest = max(above[actor], key=lambda ancestor: len(above[ancestor]), default=None)
        members[nearest].append(actor)
    waiting = [*reversed(listed), *reversed(members[None])]  # in a circle of parents nobody stands on top
    arranged: dict[int, int] = {}
    while waiting:
        actor = waiting.pop()
        if actor not in arranged:
            arranged[actor] = len(above[actor])
            waiting += reversed(members[actor])
    return arranged
