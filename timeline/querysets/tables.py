"""The rows of tables, for querysets of other tables. Looked up when they are asked for: the models import the querysets."""

from typing import TYPE_CHECKING

from django.apps import apps

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from timeline.models import ActorAlias, BriefingSpeaker, EventRelation, Participation
    from timeline.models.ancestry import AncestorManager
    from timeline.models.earlier_quote import EarlierQuoteManager
    from timeline.models.earlier_text import BriefingWordsManager
    from timeline.querysets.briefing import EarlierTextQuerySet

    from .actor import ActorQuerySet
    from .briefing import BriefingQuerySet
    from .citation import CitationQuerySet
    from .event import EventQuerySet
    from .place import PlaceQuerySet
    from .review import ReviewNoteQuerySet


def actors() -> "ActorQuerySet":
    return apps.get_model("timeline", "Actor").objects.all()


def aliases() -> "QuerySet[ActorAlias]":
    return apps.get_model("timeline", "ActorAlias").objects.all()


def ancestry() -> "AncestorManager":
    return apps.get_model("timeline", "ActorAncestor").objects


def place_ancestry() -> "AncestorManager":
    return apps.get_model("timeline", "PlaceAncestor").objects


def briefings() -> "BriefingQuerySet":
    return apps.get_model("timeline", "Briefing").objects.all()


def briefing_words() -> "BriefingWordsManager":
    return apps.get_model("timeline", "BriefingWords").objects


def citations() -> "CitationQuerySet":
    return apps.get_model("timeline", "Citation").objects.all()


def earlier_texts() -> "EarlierTextQuerySet":
    return apps.get_model("timeline", "EarlierText").objects.all()


def earlier_quotes() -> "EarlierQuoteManager":
    return apps.get_model("timeline", "EarlierQuote").objects


def events() -> "EventQuerySet":
    return apps.get_model("timeline", "Event").objects.all()


def named_of_events() -> "dict[str, QuerySet]":
    """Return the rows that events have one of each, by column: their names are words of the event."""
    models = {"place": "Place", "conflict": "Conflict", "event_type": "EventType"}
    return {column: apps.get_model("timeline", model).objects.all() for column, model in models.items()}


def participations() -> "QuerySet[Participation]":
    return apps.get_model("timeline", "Participation").objects.all()


def places() -> "PlaceQuerySet":
    return apps.get_model("timeline", "Place").objects.all()


def relations() -> "QuerySet[EventRelation]":
    return apps.get_model("timeline", "EventRelation").objects.all()


def review_notes() -> "ReviewNoteQuerySet":
    return apps.get_model("timeline", "ReviewNote").objects.all()


def speakers() -> "QuerySet[BriefingSpeaker]":
    return apps.get_model("timeline", "BriefingSpeaker").objects.all()
