"""The history that a table keeps of its rows."""

from functools import cache

from django.db import models
from simple_history.manager import HistoryManager
from simple_history.models import HistoricalRecords


class CachedHistoryManager(HistoryManager):
    """The library makes a class of managers whenever `history` is read, so with every save; this is made once a table."""

    @classmethod
    @cache
    def from_queryset(
        cls, queryset_class: type[models.QuerySet], class_name: str | None = None
    ) -> type[HistoryManager]:
        return super().from_queryset(queryset_class, class_name)


class ChangeClass(models.TextChoices):
    """What kind of change readers see. Source of the kinds: corrections policies of AP, Reuters and the BBC."""

    CORRECTION = "correction", "Correction"  # we were wrong
    UPDATE = "update", "Update"  # something new is known
    SOURCE = "source", "Source changed"
    CLARIFICATION = "clarification", "Clarification"
    WITHDRAWAL = "withdrawal", "Withdrawal"
    TYPO = "typo", "Typographical error"  # kept, not shown to readers


class ChangeRow(models.Model):
    """What every row of a history has besides the columns of its table."""

    change_class = models.CharField(max_length=13, choices=ChangeClass, blank=True, default="")  # empty: not said
    reason_withheld = models.BooleanField(default=False)  # readers learn that there is a reason, not which

    class Meta:
        abstract = True


class History(HistoricalRecords):
    def __init__(self, **options):
        super().__init__(history_manager=CachedHistoryManager, bases=(ChangeRow,), **options)
