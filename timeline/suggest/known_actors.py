from collections import defaultdict

from timeline.models import Actor, ActorAlias

from .actor_names import KnownActor, KnownActors


def known_actors() -> KnownActors:
    """Return all actors, ready to be looked for in texts. Two queries.

    An actor that was merged into another goes by that one's name: its names lead there.
    """
    rows = {
        row[0]: row for row in Actor.objects.order_by("pk").values_list("pk", "name", "kind", "country", "merged_into")
    }
    aliases = defaultdict(list)
    for pk, name in ActorAlias.objects.order_by("pk").values_list("actor", "name"):
        aliases[_standing(pk, rows)].append(name)
    for pk, row in rows.items():
        if (now := _standing(pk, rows)) != pk:
            aliases[now].append(row[1])
    return KnownActors(
        KnownActor(pk, name, kind, country, tuple(aliases[pk]))
        for pk, name, kind, country, merged in rows.values()
        if merged is None
    )


def _standing(pk: int, rows: dict[int, tuple]) -> int:
    seen = set()
    while rows[pk][-1] is not None and pk not in seen:
        seen.add(pk)
        pk = rows[pk][-1]
    return pk
