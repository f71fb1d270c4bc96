"""What waits for review, the longest wait first, and what each event lacks."""

from dataclasses import dataclass

from django import forms
from django.contrib.auth.models import User
from django.db.models import Max, QuerySet

from timeline.admin.workflow.workflow_buttons import PUBLISH_PERMISSION
from timeline.history import EVENT_PARTS, Part
from timeline.models import Conflict, Event, PendingChange
from timeline.querysets.editorial import NOTHING_MISSING

NAMED = 4  # people named in one line

_LACKS = {
    "": "Any",
    NOTHING_MISSING: "Nothing: ready to publish",
    "citation": "A citation",
    "verified": "A matched quote",
    "support": "Support by the codebook",
    "type": "A type other than “Other”",
    "date": "A date",
    "actor": "An actor",
    "place": "A place",
}


class QueueForm(forms.Form):
    """What the queue is narrowed by; a value that is not offered is refused."""

    whose = forms.ChoiceField(
        label="Author",
        required=False,
        choices=[("", "Anyone"), ("others", "Others"), ("mine", "Me"), ("readers", "Readers")],
    )
    reviewer = forms.ChoiceField(
        label="Reviewer", required=False, choices=[("", "Anyone"), ("me", "Me"), ("nobody", "Nobody yet")]
    )
    lacks = forms.ChoiceField(label="Missing", required=False, choices=list(_LACKS.items()))
    conflict = forms.ChoiceField(label="Conflict", required=False)

    def __init__(self, data, user: User):
        super().__init__(data)
        self.user = user
        named = [(str(pk), name) for pk, name in Conflict.objects.values_list("pk", "name")]
        self.fields["conflict"].choices = [("", "Any or none"), ("none", "None"), *named]

    def narrow(self, events: QuerySet) -> QuerySet:
        choices = self.cleaned_data
        if choices["whose"]:
            events = _whose(events, choices["whose"], self.user)
        if choices["reviewer"]:
            events = events.assigned_to(self._assignee)
        if choices["conflict"]:
            events = events.in_conflict(self._conflict)
        return _lacking(events, choices["lacks"]) if choices["lacks"] else events

    def narrow_changes(self, changes: QuerySet[PendingChange]) -> QuerySet[PendingChange]:
        """Return those of the proposed changes that the form asks for; none where it asks for what only drafts lack."""
        choices = self.cleaned_data
        if choices["lacks"]:
            return changes.none()
        if choices["whose"]:
            changes = _proposed_by(changes, choices["whose"], self.user)
        if choices["reviewer"]:
            changes = changes.assigned_to(self._assignee)
        return changes.in_conflict(self._conflict) if choices["conflict"] else changes

    @property
    def _assignee(self) -> User | None:
        return self.user if self.cleaned_data["reviewer"] == "me" else None

    @property
    def _conflict(self) -> int | None:
        conflict = self.cleaned_data["conflict"]
        return None if conflict == "none" else int(conflict)


def _whose(events: QuerySet, whose: str, user: User) -> QuerySet:
    if whose == "readers":
        return events.none()  # what readers send is about events that are public
    return events.worked_on_by(user) if whose == "mine" else events.not_worked_on_by(user)


def _proposed_by(changes: QuerySet[PendingChange], whose: str, user: User) -> QuerySet[PendingChange]:
    if whose == "readers":
        return changes.by_readers()
    return changes.proposed_by(user) if whose == "mine" else changes.not_proposed_by(user)


def _lacking(events: QuerySet, what: str) -> QuerySet:
    if what == NOTHING_MISSING:
        return events.publishable()
    return events.untyped() if what == "type" else events.lacking(what)


@dataclass(frozen=True, slots=True)
class WaitingEvent:
    """An event of the queue: in words what it lacks, and who may publish it."""

    event: Event
    lacks: list[str]
    publishers: str  # empty: nobody who may
    is_mine: bool  # entered, or handed in, by who looks
    is_open: bool  # who looks may publish it now


def describe_waiting(events: list[Event], user: User) -> list[WaitingEvent]:
    """Return what the queue says of each. One query, for who may publish."""
    publishers = list(User.objects.with_perm(PUBLISH_PERMISSION).order_by("username"))
    return [_waiting(event, user, publishers) for event in events]


def _waiting(event: Event, user: User, publishers: list[User]) -> WaitingEvent:
    others = [
        _name(publisher) for publisher in publishers if publisher != user and event.can_be_published_by(publisher)
    ]
    may = user in publishers and event.can_be_published_by(user)
    problems = lacks(event)
    is_open = may and not event.obstacles_from(event.is_supported, event.is_checkable, user)
    return WaitingEvent(event, problems, _listed(["you", *others] if may else others), event.is_work_of(user), is_open)


def lacks(event: Event) -> list[str]:
    """Return in words what keeps the event from being published, then what a reviewer should look at. `event` is one of
    `for_queue`. No query."""
    problems = event.obstacles_from(event.is_supported, event.is_checkable, awaits_source=event.awaits_source)
    if not event.citation_count:
        problems = [problem for problem in problems if not problem.startswith("No citation")] + ["It has no citation."]
    if event.unverified_count and event.is_checkable:
        problems.append(f"{event.unverified_count} of its {event.citation_count} quotes cannot be matched.")
    if event.event_type.slug == "other":
        problems.append("Its type is “Other”: see whether another fits.")
    if not event.participation_count:
        problems.append("No participants entered.")
    return problems


def _name(user: User) -> str:
    return user.get_full_name() or user.get_username()


def _listed(names: list[str]) -> str:
    if len(names) > NAMED:
        rest = len(names) - NAMED + 1
        names = [*names[: NAMED - 1], f"{rest} others"]
    return " or ".join(part for part in (", ".join(names[:-1]), names[-1] if names else "") if part)


def event_version(event: Event) -> str:
    """Return what changes with every save of the event or of a row that belongs to it. Four queries."""
    tables = [Part(Event, "id", ()), *EVENT_PARTS]
    last = [part.rows(event.pk).order_by().aggregate(last=Max("history_id"))["last"] or 0 for part in tables]
    return "-".join(map(str, last))
