from .base import KeyedManager
from .revised import EventRowQuerySet


class ParticipationManager(KeyedManager.from_queryset(EventRowQuerySet)):
    pass
