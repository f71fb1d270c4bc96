import datetime as dt
import uuid
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.utils import timezone

from timeline.database.transactions import take_write_lock

KEPT_FOR = dt.timedelta(days=7)
LONGEST = 256 * 1024  # bytes of what was typed in one form
MOST = 50  # of one account; beyond them the oldest goes


class UnsavedFormManager(models.Manager["UnsavedForm"]):
    def store(self, key: uuid.UUID, owner: int, table: str, path: str, title: str, typed: str) -> HTTPStatus:
        """Store what was typed, in place of what was stored of this form; delete what is too old. Return NO_CONTENT, RESET_CONTENT
        where the form was saved or discarded, CONFLICT where it is another's or the account is closed, REQUEST_ENTITY_TOO_LARGE where it is too long. At most seven queries."""
        if len(typed.encode()) > LONGEST:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        with transaction.atomic():
            take_write_lock()
            stored = self.filter(key=key).first()
            if stored and stored.is_done:
                return HTTPStatus.RESET_CONTENT
            if (stored and stored.owner_id != owner) or not get_user_model().objects.filter(
                pk=owner, is_active=True
            ).exists():
                return HTTPStatus.CONFLICT
            columns = {
                "table": table,
                "path": path[:300],
                "title": title[:300],
                "typed": typed,
                "stored_at": timezone.now(),
            }
            self.update_or_create(key=key, defaults=columns, create_defaults=columns | {"owner_id": owner})
            if stored is None:
                self._make_room(owner)
        return HTTPStatus.NO_CONTENT

    def _make_room(self, owner: int) -> None:
        self.too_old().delete()
        beyond = self.filter(owner=owner).order_by("-stored_at").values("pk")[MOST:]
        self.filter(pk__in=list(beyond.values_list("pk", flat=True))).delete()

    def too_old(self) -> models.QuerySet["UnsavedForm"]:
        return self.filter(stored_at__lt=timezone.now() - KEPT_FOR)

    def waiting(self, owner: int) -> models.QuerySet["UnsavedForm"]:
        """Return what this account has typed and not saved, the newest first."""
        return self.filter(owner=owner, is_done=False).order_by("-stored_at")

    def finish(self, key: uuid.UUID, owner: int) -> None:
        """Forget what was typed; the key stays, so that no late copy of it comes back. At most four queries."""
        columns = {"is_done": True, "typed": "", "title": "", "stored_at": timezone.now()}
        self.update_or_create(key=key, owner_id=owner, defaults=columns)


class UnsavedForm(models.Model):
    """What an account has typed into a form of the desk and not saved. No part of the history, and of no export."""

    key = models.UUIDField(primary_key=True)  # of the form as it was opened once
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    table = models.CharField(max_length=50)  # of the row, as `timeline.event`
    path = models.CharField(max_length=300)  # of the form
    title = models.CharField(max_length=300, blank=True)  # of the row, as far as it was typed
    typed = models.TextField(blank=True)  # as a browser sends a form; no password is ever among it
    is_done = models.BooleanField(default=False)  # saved or discarded: nothing of it is kept
    stored_at = models.DateTimeField()  # UTC

    objects = UnsavedFormManager()

    def __str__(self) -> str:
        return self.title or self.path
