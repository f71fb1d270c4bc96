"""The history that a table keeps of its rows."""

from functools import cache

from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords


class CachedHistoryManager(HistoryManager):
    """The library makes a class of managers whenever `history` is read, so with every save; this is made once a table."""

    from_queryset = classmethod(cache(HistoryManager.from_queryset.__func__))


class History(HistoricalRecords):
    def __init__(self, **options):
        super().__init__(history_manager=CachedHistoryManager, **options)
