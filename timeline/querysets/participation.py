from .slugged import NaturalKeyManager
from .versioned import EventRowQuerySet


class ParticipationManager(NaturalKeyManager.from_queryset(EventRowQuerySet)):
    pass
