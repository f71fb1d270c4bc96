"""The history that a table keeps of its rows."""

from functools import cache

from django.db.models import QuerySet
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords


class CachedHistoryManager(HistoryManager):
    """The library makes a class of managers whenever `history` is read, so with every save; this is made once a table."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: type[QuerySet], class_name: str | None = None) -> type[HistoryManager]:
        return super().from_queryset(queryset_class, class_name)


class History(HistoricalRecords):
    def __init__(self, **options):
        super().__init__(history_manager=CachedHistoryManager, **options)
