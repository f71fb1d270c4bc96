"""What waits for an editor: the first part of the index page of the admin."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import formats

from timeline.admin.unsaved.form_key import list_address
from timeline.evidence.support import Actuality
from timeline.models import Actor, Briefing, Citation, Event, PendingChange, UnsavedForm
from timeline.models.event import Status


@dataclass(frozen=True, slots=True)
class Task:
    count: int
    words: str  # what so many of are
    url: str
    note: str = ""
    broken: bool = False  # something that was right is no longer so

    @property
    def attention(self) -> bool:
        return self.broken and self.count > 0


@dataclass(frozen=True, slots=True)
class Dashboard:
    tasks: list[Task]
    states: list[Task]
    actualities: list[Task]
    offers_actors: bool  # nobody has entered an actor yet, and this person may


def dashboard_for(request: HttpRequest) -> Dashboard:
    """Return what waits, of what this person may view. At most eight queries, whatever the number of rows."""
    tasks, states, actualities = list(_unsaved(request)), [], []
    if _may_view(request, Event):
        counts = Event.objects.work_counts(request.user)
        changes = PendingChange.objects.counts(request.user)
        tasks += [*_reviews(counts, changes), *_own_work(counts, changes), _unquoted(counts), _unsupported(counts)]
        states = [_state(counts, status) for status in Status]
        actualities = [_actuality(counts, actuality) for actuality in Actuality]
    if _may_view(request, Citation):
        tasks += _quotes()
    if _may_view(request, Briefing):
        tasks += _briefings()
    may_add = admin.site.get_model_admin(Actor).has_add_permission(request)
    return Dashboard(tasks, states, actualities, may_add and not Actor.objects.exists())


def _unsaved(request) -> Iterator[Task]:
    if count := UnsavedForm.objects.waiting(request.user.pk).count():
        yield Task(count, "unsaved forms", list_address(), "kept for a week")


def _may_view(request, model) -> bool:
    return admin.site.get_model_admin(model).has_view_permission(request)


def _list(model: str, query: str) -> str:
    return f"{reverse(f'admin:timeline_{model}_changelist')}?{query}"


def _reviews(counts: dict, changes: dict) -> Iterator[Task]:
    since, queue = counts["waiting_since"], reverse("admin:timeline_event_review")
    note = f"oldest: {formats.date_format(since, 'DATE_FORMAT')}" if since else ""
    yield Task(counts["in_review"], "in review", queue, note)
    yield Task(changes["open"] - changes["reports"], "proposed changes of public events", queue)
    yield Task(changes["reports"], "errors reported by readers", f"{queue}?whose=readers")
    yield Task(counts["assigned"] + changes["assigned"], "assigned to you", f"{queue}?reviewer=me")


def _own_work(counts: dict, changes: dict) -> Iterator[Task]:
    yield Task(counts["returned"], "returned to you, with a comment", _list("event", "mine=returned"))
    yield Task(counts["own_drafts"], "drafts of yours", _list("event", "mine=drafts"))
    proposals_address = f"{reverse('admin:timeline_event_review')}?whose=mine"
    yield Task(changes["proposed"], "proposals of yours", proposals_address, "they wait for a reviewer")


def _unquoted(counts: dict) -> Task:
    link = _list("event", f"lacks=verified&status__exact={Status.PUBLISHED}")
    return Task(
        counts["unquoted"], "published without a matched quote", link, "their support cannot be checked", broken=True
    )


def _unsupported(counts: dict) -> Task:
    link = _list("event", f"lacks=support&status__exact={Status.PUBLISHED}")
    note = "readers are told that they are under review"
    return Task(counts["unsupported"], "published without support by the codebook", link, note, broken=True)


def _quotes() -> Iterator[Task]:
    broken = Citation.objects.broken()
    words = {"missing": "quotes no longer in their text", "ambiguous": "ambiguous quotes"}
    for state, label in words.items():
        yield Task(broken[state], label, _list("citation", f"state__exact={state}"), broken=True)
    past = _list("citation", "version=past")
    yield Task(broken["past"], "quotes that only an earlier text has", past, "readers see that the source has changed")


def _briefings() -> Iterator[Task]:
    yield Task(Briefing.objects.in_review().count(), "sources in review", _list("briefing", "status__exact=review"))
    words = {"no": "sources with no event yet", "partly": "sources with unpublished events"}
    for how, label in words.items():
        yield Task(Briefing.objects.coded(how).count(), label, _list("briefing", f"coded={how}"))


def _actuality(counts: dict, actuality: Actuality) -> Task:
    return Task(counts[f"coded_{actuality}"], actuality.label.lower(), _list("event", f"actuality__exact={actuality}"))


def _state(counts: dict, status: Status) -> Task:
    return Task(counts[f"in_{status}"], status.label.lower(), _list("event", f"status__exact={status}"))
