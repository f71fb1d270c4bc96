"""Actors that are known, and what is proposed from the words of a briefing of Friday, 25 March 2022."""

from tests import make
from timeline.models import ActorAlias, Briefing
from timeline.suggest import Suggestion, known_actors, suggestions

from .shared_fixtures import made_once


@made_once
def actors() -> dict[str, int]:
    made = {
        name: make.actor(name, country=code).pk
        for name, code in [("Armenia", "AM"), ("Azerbaijan", "AZ"), ("Russia", "RU")]
    }
    made["Antony Blinken"] = make.actor("Antony Blinken", kind="person").pk
    made["Jalina Porter"] = make.actor("Jalina Porter", kind="person").pk
    ActorAlias.objects.create(actor_id=made["Jalina Porter"], name="MS PORTER")
    return made


def proposed(words: str, label: str = "MS PORTER", **changes) -> list[Suggestion]:
    briefing = make.briefing(f"{label}: {words}" if label else words, **changes)
    return suggestions(Briefing.objects.select_related("publisher").get(pk=briefing.pk), known_actors())
