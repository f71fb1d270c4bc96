"""Errors that readers report: a remark without an author, in the queue of proposed changes. Never shown in public."""

from django.core import signing
from django.utils import timezone

from timeline.models import Citation, Event, PendingChange
from timeline.models.review import ChangeState

from .pending_changes import propose

SHORTEST, LONGEST = 10, 1000  # characters of a report
MOST_WAITING = 500  # reports of readers that wait; more are not taken
DAYS = 2  # that a token holds: pages are cached for a day
SIGNER = signing.Signer(salt="timeline.report")


def report_token(event: Event) -> str:
    """Return what a form has to bring back: that it came from a page of this site, about this event, and on which day."""
    return SIGNER.sign(f"{event.public_id}:{timezone.localdate().toordinal()}")


def is_valid_token(token: str, event: Event) -> bool:
    try:
        public_id, _, day = SIGNER.unsign(token).partition(":")
    except signing.BadSignature:
        return False
    return public_id == event.public_id and 0 <= timezone.localdate().toordinal() - int(day) < DAYS


def are_too_many() -> bool:
    return PendingChange.objects.filter(state=ChangeState.OPEN).by_readers().count() >= MOST_WAITING


def report(event: Event, citation: Citation | None, words: str) -> PendingChange:
    """Keep what a reader says is wrong with an event, or with one of its quotes. The same report is kept once.

    Raises ValidationError for words that cannot be stored.
    """
    return propose(event, None, "", reason=words, about_citation=citation)
