"""Who put a document out: an actor that is known, or one that the file or its address names."""

import difflib
from urllib.parse import urlsplit

from timeline.models import Actor, ActorAlias
from timeline.text.folding import fold
from timeline.text.languages import romanised_slug

from .document import Document, Refused

# Host, and every host under it -> name, country, time zone where it publishes. The name may be an alias of the actor that is kept.
_BY_HOST = {
    "whitehouse.gov": ("The White House", "US", "America/New_York"),
    "bidenwhitehouse.archives.gov": ("The White House", "US", "America/New_York"),
    "trumpwhitehouse.archives.gov": ("The White House", "US", "America/New_York"),
    "obamawhitehouse.archives.gov": ("The White House", "US", "America/New_York"),
    "state.gov": ("Department of State", "US", "America/New_York"),
    "defense.gov": ("Department of Defense", "US", "America/New_York"),
    "mfa.am": ("Ministry of Foreign Affairs of Armenia", "AM", "Asia/Yerevan"),
    "primeminister.am": ("Office of the Prime Minister of Armenia", "AM", "Asia/Yerevan"),
    "mfa.gov.az": ("Ministry of Foreign Affairs of Azerbaijan", "AZ", "Asia/Baku"),
    "president.az": ("Office of the President of Azerbaijan", "AZ", "Asia/Baku"),
    "mid.ru": ("Ministry of Foreign Affairs of Russia", "RU", "Europe/Moscow"),
    "kremlin.ru": ("Office of the President of Russia", "RU", "Europe/Moscow"),
    "mfa.gov.tr": ("Ministry of Foreign Affairs of Türkiye", "TR", "Europe/Istanbul"),
    "gov.uk": ("Government of the United Kingdom", "GB", "Europe/London"),
    "osce.org": ("OSCE", "", ""),
    "un.org": ("United Nations", "", ""),
    "nato.int": ("NATO", "", ""),
    "consilium.europa.eu": ("Council of the European Union", "", ""),
    "eeas.europa.eu": ("European External Action Service", "", ""),
}
_NEAR = 0.85


class Publishers:
    """The known actors by name, alias and slug; and those that this run made."""

    def __init__(self, name: str = ""):
        """Raises Refused where `chosen` is close to a known name but not one: it may be misspelt."""
        self._by_name = _actors_by_name()
        self._chosen = self.of_name(name) if name else None

    def of(self, document: Document) -> Actor:
        """Return the publisher; one without a primary key is new, and yet to be saved. Raises Refused."""
        if self._chosen is not None:
            return self._chosen
        named, country, zone = _by_host(document.url)
        if document.publisher:
            return self.of_name(document.publisher)
        if named:
            return self.of_name(named, country, zone)
        raise Refused("It does not name its publisher. Name it: --publisher NAME, or publisher: in the front matter.")

    def zone_of(self, document: Document) -> str:
        """Return the time zone of who published it; "": not known."""
        try:
            return self.of(document).publishing_zone
        except Refused:
            return ""

    def of_name(self, name: str, country: str = "", zone: str = "") -> Actor:
        folded = fold(name)
        if folded not in self._by_name:
            if near := difflib.get_close_matches(folded, self._by_name, n=1, cutoff=_NEAR):
                raise Refused(
                    f"There is no actor “{name}”. Is it “{self._by_name[near[0]]}”? Then give it this name as an alias; "
                    "else make the actor first."
                )
            self._by_name[folded] = _new(name, country, zone, {actor.slug for actor in self._by_name.values()})
        return self._by_name[folded]


def _actors_by_name() -> dict[str, Actor]:
    """Return the actors by folded names: a name before an alias before a slug. A merged one leads to what stands for it."""
    actors = {actor.pk: actor for actor in Actor.objects.order_by("pk")}
    by_name: dict[str, Actor] = {}
    aliases = ActorAlias.objects.order_by("pk").values_list("actor", "name")
    pairs = [(pk, actor.name) for pk, actor in actors.items()] + list(aliases)
    pairs += [(pk, actor.slug) for pk, actor in actors.items()]
    for pk, name in pairs:
        by_name.setdefault(fold(name), _merge_target(actors, pk))
    return by_name


def _merge_target(actors: dict[int, Actor], pk: int) -> Actor:
    seen = set()
    while (into := actors[pk].merged_into_id) and pk not in seen:
        seen.add(pk)
        pk = into
    return actors[pk]


def _new(name: str, country: str, zone: str, taken: set[str]) -> Actor:
    slug = start = romanised_slug(name)[:75] or "publisher"
    number = 1
    while slug in taken:
        number += 1
        slug = f"{start}-{number}"
    return Actor(name=name, slug=slug, kind="organisation", country=country, time_zone=zone)


def _by_host(url: str) -> tuple[str, str, str]:
    host = urlsplit(url).hostname or "" if url else ""
    parts = host.split(".")
    return next((_BY_HOST[end] for n in range(len(parts)) if (end := ".".join(parts[n:])) in _BY_HOST), ("", "", ""))
