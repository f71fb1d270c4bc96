import datetime as dt

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import path

from timeline.admin.duplicate_check import DuplicateCheckPages
from timeline.admin.forms.fields import read_date, seen_from_source, statement
from timeline.admin.lists.list_filters import EventQuoteFilter, LacksFilter, MineFilter
from timeline.admin.lists.typed_filters import EventFields
from timeline.admin.merge_tables import EventMergePages
from timeline.admin.record_admin import RecordAdmin
from timeline.admin.workflow import workflow_buttons
from timeline.admin.workflow.change_pages import PUBLIC, ChangePages
from timeline.admin.workflow.discussion_pages import DiscussionPages
from timeline.admin.workflow.event_actions import EventActions
from timeline.admin.workflow.review_pages import ReviewPages
from timeline.admin.workflow.review_queue import lacks
from timeline.admin.workflow.workflow_buttons import count_support, tell_support
from timeline.dates import reader
from timeline.evidence.choices import QuoteState
from timeline.evidence.codebook import COUNTING_RULE
from timeline.history import EVENT_PARTS
from timeline.models import Briefing, Citation, Event
from timeline.models.event import Status

from .event_forms import CitationInline, EventForm, ParticipationInline, RelationInline
from .event_type import render_entries


@admin.register(Event)
class EventAdmin(
    ReviewPages, ChangePages, DiscussionPages, DuplicateCheckPages, EventMergePages, EventActions, RecordAdmin
):
    form = EventForm
    fieldsets = [
        (
            "What happened",
            {
                "fields": ["title", "event_type", "codebook", "actuality"],
                "description": COUNTING_RULE,
                "classes": ["early"],
            },
        ),
        (
            "When",
            {
                "fields": ["date_as_stated", "edtf", "date_note", ("time_of_day", "time_zone")],
                "classes": ["early"],
                "description": (
                    "Enter the words of the source first, then what they mean, never more precisely than the source. "
                    "Days are local to the place where it happened."
                ),
            },
        ),
        ("Where, and in which conflict", {"fields": ["place", "place_precision", "conflict"]}),
        (
            "Deaths",
            {
                "fields": [("deaths_low", "deaths_best", "deaths_high")],
                "description": "As a source counts them. Leave a field empty if no source gives it; enter 0 only if a source says nobody died.",
            },
        ),
        ("In more words", {"fields": ["summary", "value_note"]}),
    ]
    inlines = [ParticipationInline, CitationInline, RelationInline]
    readonly_fields = ["codebook"]
    list_display = ["title", "when", "event_type", "actuality", "status", "supported_by", "filed_under", "where"]
    list_filter = [
        *(EventFields, "status", "actuality", MineFilter, LacksFilter, EventQuoteFilter),
        *("event_type__category", "conflict", "place_precision"),
    ]
    list_select_related = ["event_type", "conflict", "place"]
    show_full_result_count = False  # a count of all beside that of those listed
    ordering = ["-pk"]  # last entered first, by an index that needs no sorting
    search_fields = ["search_text", "public_id", "edtf"]
    search_method = "search"
    search_help_text = "Words of title, summary or a quote, name of a participant or place, date, or public id"
    named_by = "title"
    autocomplete_fields = ["event_type", "conflict", "place"]
    history_parts = EVENT_PARTS

    def get_urls(self):
        view = self.admin_site.admin_view(self.date_view)
        return [path("date/", view, name="timeline_event_date"), *super().get_urls()]

    def offer_detail(self, obj: Event) -> str:
        return f"{obj.date_display}, {obj.event_type}"

    @admin.display(description="date", ordering="sort_on")
    def when(self, obj: Event) -> str:
        return obj.date_display

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        if request.method == "POST":  # an action: no list is shown
            return changelist
        totals = Citation.objects.count_by_event(changelist.result_list)
        for event in changelist.result_list:
            event.citation_total = totals.get(event.pk, 0)
        return changelist

    @admin.display(description="In the codebook")
    def codebook(self, obj: Event) -> str:
        return render_entries(obj)

    @admin.display(description="supported by", ordering="supporting_count")
    def supported_by(self, obj: Event) -> str:
        total = getattr(obj, "citation_total", obj.supporting_count)
        return f"{obj.supporting_count:,} of {total:,} citation{'' if total == 1 else 's'}"

    @admin.display(description="conflict", ordering="conflict__name", empty_value="no conflict")
    def filed_under(self, obj: Event):
        return obj.conflict

    @admin.display(description="place", ordering="place__name", empty_value="no place")
    def where(self, obj: Event):
        return obj.place

    def view_on_site(self, obj: Event) -> str | None:
        return obj.get_absolute_url() if obj.status in PUBLIC else None

    def has_change_permission(self, request, obj: Event | None = None) -> bool:
        """Return whether this editor may change the event; a public one needs the permission to publish."""
        allowed = super().has_change_permission(request, obj) and (obj is None or obj.status != Status.MERGED)
        return allowed and (obj is None or obj.status not in PUBLIC or self.has_publish_permission(request))

    def has_been_public(self, row: Event) -> bool:
        return row.published_at is not None

    def notices(self, request, obj: Event) -> list[str]:
        return [*self._who_may_change(request, obj), *map(_dated_before, _told_too_early(obj))]

    def _who_may_change(self, request, obj: Event) -> list[str]:
        if self.has_change_permission(request, obj) or not super().has_change_permission(request, obj):
            return []
        if obj.status == Status.MERGED:
            return [f"This event became part of “{obj.merged_into}” (event {obj.merged_into_id}): change that one."]
        return [
            f"This event is {obj.get_status_display().lower()}, and every change of it would be public at once: a reviewer "
            "makes it. Propose a correction, or cite a further source from its text; both wait in the review queue."
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        editable = self.has_change_permission(request, obj) if obj else True
        event = obj or Event(author=request.user)
        problems, obstacles = [], []  # a new one may be given all it needs
        if obj and obj.status not in (Status.PUBLISHED, Status.MERGED):
            waiting = Event.objects.for_queue().get(pk=obj.pk)
            problems, obstacles = lacks(waiting), waiting.obstacles_from(waiting.is_supported, waiting.is_checkable)
        reason = (
            workflow_buttons.why_not_published(event, request.user, obstacles)
            if event.status in workflow_buttons.PUBLISH.starts
            else ""
        )
        context |= {
            "moves": workflow_buttons.open_transitions(event, may_publish=not reason) if editable else [],
            "why_not_published": reason,
            "may_return": editable and event.status == Status.REVIEW,
            "may_withdraw": self.has_publish_permission(request) and event.status == Status.PUBLISHED,
            "state_words": workflow_buttons.STATE_WORDS[obj.status] if obj else "",
            "statement": statement(obj.edtf) if obj and obj.edtf and not editable else "",
            "obstacles": problems if obstacles else [],
            "draft_sources": Briefing.objects.unpublished_of(obj) if obstacles else [],
            "remarks": [] if obstacles else problems,
            "may_propose": bool(obj) and not editable and self.may_propose(request, obj),
            "notes": obj.review_notes.with_author() if obj else (),
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        transition = workflow_buttons.requested_transition(request.POST)
        if transition and transition.publishes and not self.has_publish_permission(request):
            raise PermissionDenied("Publishing needs the permission to publish.")
        return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.author = request.user
        elif {"event_type", "actuality"} & set(form.changed_data):
            request.support_before = count_support(obj)
            if obj.is_public:  # saved after its citations, which the form may exchange: it is never without support
                obj.citations.refresh_support(obj.event_type.claim, obj.actuality)
                obj.is_claim_pending = True
                return
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Save the rows of the form, then apply the transition of the button that was pressed, in the same transaction."""
        super().save_related(request, form, formsets, change)
        event = form.instance
        if event.is_public and hasattr(request, "support_before"):
            event.save()
        event.refresh_from_db()  # its citations have counted its evidence
        if transition := workflow_buttons.requested_transition(request.POST):
            self._apply_transition(request, event, transition)

    def _apply_transition(self, request, event: Event, transition: workflow_buttons.Transition) -> None:
        """Make the move, or keep what was typed in the state it had: refused publication is no reason to lose work."""
        try:
            with transaction.atomic():
                transition.apply(event, request.user)
        except ValidationError as error:
            event.refresh_from_db()
            for message in error.messages:
                messages.warning(request, f"Saved, but not {transition.done}. {message}")

    def response_add(self, request, obj, post_url_continue=None):
        return super().response_add(request, obj) if IS_POPUP_VAR in request.POST else self._saved(request, obj)

    def response_change(self, request, obj):
        return super().response_change(request, obj) if IS_POPUP_VAR in request.POST else self._saved(request, obj)

    def _saved(self, request, event: Event) -> HttpResponse:
        """Say what was saved and how its dates were understood, and show the form again."""
        messages.success(request, f"“{event}” is saved. {workflow_buttons.STATE_WORDS[event.status]}")
        if event.edtf:
            messages.info(request, statement(event.edtf))
        if before := getattr(request, "support_before", None):
            tell_support(request, event, before)
        for citation in event.citations.with_source():
            self._tell_citation(request, citation)
        if "_addanother" in request.POST:
            return redirect("admin:timeline_event_add")
        return redirect("admin:timeline_event_change", event.pk)

    def _tell_citation(self, request, citation: Citation) -> None:
        if citation.edtf:
            messages.info(request, f"By “{citation.briefing}”: {statement(citation.edtf)}")
        if citation.state == QuoteState.AMBIGUOUS:
            messages.warning(
                request,
                f"{citation} occurs more than once in “{citation.briefing}”, so it is not matched. "
                "Quote more of the words around it.",
            )

    def date_view(self, request: HttpRequest) -> JsonResponse:
        """Return what is understood of the parameter `text`, seen from the `day` of a source: see `read_date`."""
        if not (self.has_add_permission(request) or self.has_change_permission(request)):
            raise PermissionDenied
        try:
            day = reader.read_day(request.GET.get("day", ""))
        except ValueError:
            day = None  # the form was opened from no source
        return JsonResponse(read_date(request.GET.get("text", ""), seen_from_source(day)))

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if "edtf" in form.base_fields:
            form.base_fields["edtf"].see_from(seen_from_source(self.source_day(obj)))
        return form

    def source_day(self, event: Event | None) -> dt.date | None:
        """Return the day from which "yesterday" is seen: that of the first source; None where there is none."""
        return event.first_reported_on if event else None


def _told_too_early(event: Event) -> list[Citation]:
    return [citation for citation in event.citations.with_source() if citation.is_dated_before_event]


def _dated_before(citation: Citation) -> str:
    return (
        f"“{citation.briefing}” was published {'on' if citation.briefing.published_on else 'in'} {citation.briefing.published_words}, and {citation} reports what "
        "can only have started later. One of the two dates is wrong, or the event was announced and had not yet happened."
    )
