"""Questions to the discussion of events and to the changes proposed for them."""

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Case, Count, F, Q, When
from django.utils import timezone

from timeline.database.transactions import take_write_lock

if TYPE_CHECKING:
    from timeline.models.review import PendingChange, ReviewNote


class PendingChangeQuerySet(models.QuerySet["PendingChange"]):
    def waiting(self) -> Self:
        return self.filter(state="open")

    def decided(self) -> Self:
        """Return those that are no longer open, the last decided first."""
        return self.exclude(state="open").order_by("-decided_at", "-pk")

    def proposed_by(self, user: User) -> Self:
        return self.filter(author=user)

    def not_proposed_by(self, user: User) -> Self:
        return self.filter(Q(author=None) | ~Q(author=user))

    def by_readers(self) -> Self:
        """Return those that came without an account."""
        return self.filter(author=None)

    def editors_first(self) -> Self:
        """Return what the desk has proposed before what readers have, each by the time it has waited."""
        return self.order_by(Case(When(author=None, then=1), default=0), "written_at", "pk")

    def assigned_to(self, user: User | None) -> Self:
        """Return those of events that this person looks after; None: nobody does."""
        return self.filter(event__assignment__reviewer=user)

    def in_conflict(self, conflict: int | None) -> Self:
        return self.filter(event__conflict=conflict)

    def with_event(self) -> Self:
        """Return them with the event, its type and conflict, its reviewer, and who proposed it. One query."""
        related = ("author", "decided_by", "about_citation", "event__event_type", "event__conflict", "event__place")
        return self.select_related(*related, "event__assignment__reviewer")

    def locked(self, pk: int) -> "PendingChange | None":
        """Return the change, its row locked until the transaction ends; None where there is none."""
        take_write_lock()
        return self.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()

    def counts(self, user: User) -> dict[str, int]:
        """Return how many are `open`, how many of them are of events that this person looks after (`assigned`), and how
        many this person has proposed (`proposed`), and how many came from readers (`reports`). One query."""
        return self.waiting().aggregate(
            open=Count("pk"),
            assigned=Count("pk", filter=Q(event__assignment__reviewer=user)),
            proposed=Count("pk", filter=Q(author=user)),
            reports=Count("pk", filter=Q(author=None)),
        )


class ReviewNoteQuerySet(models.QuerySet["ReviewNote"]):
    def write(self, event, kind: str, text: str = "", by: User | None = None, change=None) -> "ReviewNote":
        """Add a line to the discussion of an event. Raises ValidationError for a text that cannot be stored."""
        note = self.model(event=event, kind=kind, text=text.strip(), author=by, change=change)
        note.written_at = timezone.now()
        note.full_clean(exclude=["event", "author", "change"])
        note.save()
        return note

    def of_last_return(self) -> Self:
        """Return the notes with which events came back to their authors, since review was last asked for."""
        return self.filter(Q(event__submitted_at=None) | Q(written_at__gte=F("event__submitted_at")), kind="returned")

    def with_author(self) -> Self:
        return self.select_related("author", "change")
