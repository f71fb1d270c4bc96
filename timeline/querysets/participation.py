from .slugged import KeyedManager
from .versioned import EventRowQuerySet


class ParticipationManager(KeyedManager.from_queryset(EventRowQuerySet)):
    pass
