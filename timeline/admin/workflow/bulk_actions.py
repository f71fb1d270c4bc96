"""What is done to many events at once: first a page that names each, what will happen to it, or why it is refused.

Nothing is written before that page is confirmed. Then each event is locked and checked again: an event that has
changed meanwhile is refused with the reason, and does not stop the others.

Publishes many briefings at once: first a page that names each. What has changed meanwhile is refused with the reason.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.response import TemplateResponse

from timeline import history
from timeline.admin.edit_conflicts import changes_since_seen
from timeline.history.change_reason import reason_for_change
from timeline.models import Briefing, Event
from timeline.models.briefing import BriefingStatus

MOST_EVENTS = 200  # events named on one page


class BulkForm(forms.Form):
    """The fields that apply to all events at once; none, unless a subclass adds some."""

    def __init__(self, data, events: list[Event]):
        super().__init__(data, prefix="all")


@dataclass(frozen=True, slots=True)
class BulkAction:
    name: str  # as the list sends it
    label: str  # in the list's menu
    permission: str  # as in has_<permission>_permission
    button: str
    done: str  # "3 events are …", "“Title” was not …"
    outcome: Callable[[Event], str]  # what will happen to an event, in words
    refusal: Callable[["admin.ModelAdmin", "object", Event], str]  # why it will not; empty: it will
    apply: Callable[["admin.ModelAdmin", "object", Event, dict], None]  # may raise ValidationError
    form: type[BulkForm] = BulkForm
    removes: bool = False  # the button is marked as one that cannot be undone


@dataclass(frozen=True, slots=True)
class Line:
    event: Event
    refusal: str
    outcome: str
    version: str  # the token of the version that is shown


def action_of(bulk: BulkAction) -> Callable:
    """Return what the list calls."""

    @admin.action(description=bulk.label, permissions=[bulk.permission])
    def act(table, request, queryset):
        return _answer(table, bulk, request, queryset)

    act.__name__ = bulk.name
    return act


def _answer(table, bulk: BulkAction, request, queryset):
    """Return the page of confirmation, or None where the list is to be shown again. Two queries, and the form's."""
    events = list(queryset.for_confirmation()[: MOST_EVENTS + 1])
    if len(events) > MOST_EVENTS:
        messages.error(
            request, f"Nothing was changed: at most {MOST_EVENTS} events at once. Narrow the list, or choose fewer."
        )
        return None
    confirmed = "post" in request.POST
    form = bulk.form(request.POST if confirmed else None, events)
    if confirmed and form.is_valid():
        _tell_missing(request, len(events))
        apply = partial(_apply_to_event, table, bulk, request, form.cleaned_data)
        _apply_to_each(request, events, "event", bulk.done, apply)
        return None
    return _events_page(table, bulk, request, events, form)


def _events_page(table, bulk: BulkAction, request, events: list[Event], form: BulkForm) -> TemplateResponse:
    seen = history.versions(Event, [event.pk for event in events], table.history_parts)
    lines = [Line(event, bulk.refusal(table, request, event), bulk.outcome(event), seen[event.pk]) for event in events]
    refused = sum(bool(line.refusal) for line in lines)
    context = table.admin_site.each_context(request) | {
        "title": bulk.label.replace("selected events", "these events"),
        "opts": table.opts,
        "bulk": bulk,
        "lines": lines,
        "refused": refused,
        "allowed": len(lines) - refused,
        "form": form,
        "checkbox": ACTION_CHECKBOX_NAME,
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/timeline/event/confirm.html", context)


def _tell_missing(request, event_count: int) -> None:
    if missing := len(set(request.POST.getlist(ACTION_CHECKBOX_NAME))) - event_count:
        messages.warning(
            request,
            f"{_counted(missing, 'event')} no longer in this list: somebody has changed or deleted what you had selected.",
        )


def _apply_to_each(request, rows: Iterable[Event | Briefing], noun: str, done: str, apply: Callable) -> None:
    """Do it to each row by itself, name those that refuse, and count the others. `done`: as in “3 events are …”."""
    count = 0
    for row in rows:
        try:
            apply(row)
        except ValidationError as error:
            messages.warning(request, f"“{row}” was not {done}: {' '.join(error.messages)}")
        else:
            count += 1
    if count:
        messages.success(request, f"{_counted(count, noun)} {done}.")


@transaction.atomic
def _apply_to_event(table, bulk: BulkAction, request, answers: dict, event: Event) -> None:
    locked = Event.objects.for_confirmation().locked(event.pk)
    if locked is None:
        raise ValidationError("Somebody has deleted it.")
    seen = request.POST.get(f"seen-{event.pk}", "")
    if seen != history.version(locked, table.history_parts):
        raise ValidationError(_changed_since(table, locked, seen))
    if refusal := bulk.refusal(table, request, locked):
        raise ValidationError(refusal)
    bulk.apply(table, request, locked, answers)


def _changed_since(table, event: Event, seen: str) -> str:
    since = changes_since_seen(event, table.history_parts, seen)
    fields = dict.fromkeys(change.field.lower() for record in since.records for change in record.changes)
    about = f" It is about: {', '.join(fields)}." if fields else ""
    return f"{since.message.removeprefix('Nothing was done: ')}{about} Check it, then select it again."


def _counted(count: int, noun: str) -> str:
    return f"1 {noun} is" if count == 1 else f"{count:,} {noun}s are"


MOST_BRIEFINGS = 500  # named on one page


@admin.action(description="Publish selected sources", permissions=["publish"])
def publish_briefings(table, request, queryset):
    """Return the page of confirmation, or None where the list is to be shown again."""
    selected_ids = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST_BRIEFINGS + 1])
    if len(selected_ids) > MOST_BRIEFINGS:
        messages.error(
            request, f"Nothing was changed: at most {MOST_BRIEFINGS} sources at once. Narrow the list, or choose fewer."
        )
    elif not (drafts := list(Briefing.objects.drafts_among(selected_ids))):
        messages.warning(request, "Nothing was changed: all of these are already published.")
    elif "post" in request.POST:
        _apply_to_each(request, drafts, "source", "published", partial(_publish_briefing, table, request))
    else:
        return _briefings_page(table, request, drafts, len(selected_ids) - len(drafts))
    return None


def _briefings_page(table, request, drafts: list[Briefing], published: int) -> TemplateResponse:
    seen = history.versions(Briefing, [briefing.pk for briefing in drafts], table.history_parts)
    context = table.admin_site.each_context(request) | {
        "title": "Publish these sources",
        "opts": table.opts,
        "lines": [(briefing, seen[briefing.pk]) for briefing in drafts],
        "published": published,
        "checkbox": ACTION_CHECKBOX_NAME,
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/timeline/briefing/publish.html", context)


@transaction.atomic
def _publish_briefing(table, request, draft: Briefing) -> None:
    briefing = Briefing.objects.with_its_text().select_for_update(no_key=True).filter(pk=draft.pk).first()
    if briefing is None:
        raise ValidationError("Somebody has deleted it.")
    if history.version(briefing, table.history_parts) != request.POST.get(f"seen-{draft.pk}", ""):
        raise ValidationError("Somebody has changed it in the meantime. Check it, then select it again.")
    briefing.status = BriefingStatus.PUBLISHED
    briefing.full_clean()
    with reason_for_change("Published with others"):
        briefing.save()
