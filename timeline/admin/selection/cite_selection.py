"""Cite selected words for an existing event.

The stock form for a new event, begun from the words of a briefing.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from functools import cached_property

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from timeline import history
from timeline.admin.forms.fields import ReasonField
from timeline.admin.forms.record_form import ChangeForm, change_options
from timeline.admin.tables.event import EventAdmin
from timeline.admin.tables.event_forms import CitationForm, CitationInline
from timeline.admin.workflow.change_forms import CitedWordsForm
from timeline.admin.workflow.workflow_buttons import STATE_WORDS
from timeline.dates.dateline import spoken_on
from timeline.history import pending_changes
from timeline.history.change_reason import reason_for_change
from timeline.models import Briefing, Citation, Event, Participation, UnsavedForm
from timeline.models.event import Status
from timeline.models.history_field import ChangeClass
from timeline.text.quote_folding import fold_marks

from .event_proposal import Proposal
from .selected_words import Selection
from .starting_values import StartingValues, starting_values, starts_of

MOST_FOUND = 20  # events offered


class CiteForm(CitedWordsForm, ChangeForm):
    """The citation of the selected words for the selected event. The event is checked once it is locked for saving."""

    change_reason = ReasonField(
        required=False,
        help_text=f"{ReasonField.HELP} For an event that has been public, readers see it; only an update needs none.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.ask_kind(True, ChangeClass.TYPO)
        self.fields["change_class"].required = False  # needed where the event has been public, which is chosen last
        self.order_fields([*self._meta.fields, "change_class", "change_reason"])


@dataclass(frozen=True, slots=True)
class EventOffer:
    """An event to choose."""

    event: Event
    cites_here: bool  # cites some of these words already
    is_open: bool  # this editor may add to it; else the citation is proposed


def offer_events(
    event_admin: EventAdmin, request: HttpRequest, selection: Selection, query: str, same_words: list[Citation]
) -> tuple[list[EventOffer], bool]:
    """Return what the search finds, newest first, and whether there is more; without a search, what the briefing is
    cited for already. One query."""
    events = Event.objects.citable()
    if query:
        events, _ = event_admin.get_search_results(request, events, query)
    else:
        events = events.cited_by(selection.briefing.citations.all())
    matches = list(events[: MOST_FOUND + 1])
    here = {citation.event_id for citation in same_words}
    listed = [
        EventOffer(event, event.pk in here, event_admin.has_change_permission(request, event))
        for event in matches[:MOST_FOUND]
    ]
    return listed, len(matches) > MOST_FOUND


@transaction.atomic
def cite(event_admin: EventAdmin, request: HttpRequest, selection: Selection, form: CiteForm) -> HttpResponse | None:
    """Save the citation and return to the briefing; None, with the errors in the form, where that cannot be."""
    event = event_admin.get_object(request, request.POST.get("event", ""))
    if event is None:
        form.add_error(None, "Choose the event. Search for it above, or make a new one from these words.")
    elif same := selection.citations_of(event):
        messages.info(request, f"These words are cited for “{event}” already.")
        return back_to(selection.briefing, same[0])
    elif refusal := _refusal(event_admin, request, event):
        form.add_error(None, refusal)
    elif event.published_at and not form.cleaned_data["change_class"]:
        form.add_error("change_class", form.fields["change_class"].error_messages["required"])
    elif event.published_at and form.lacks_reason("change_reason"):
        form.add_error("change_reason", "Say why. This event has been public, and readers see the reason.")
    if form.errors:
        return None
    is_open = event_admin.has_change_permission(request, event)
    return (_save if is_open else _propose)(event_admin, request, event, form)


def _refusal(event_admin: EventAdmin, request: HttpRequest, event: Event) -> str:
    if event.status == Status.MERGED:
        return f"“{event}” was merged into “{event.merged_into}”. Cite the words for that one."
    if not (event_admin.has_change_permission(request, event) or event_admin.may_propose(request, event)):
        return f"“{event}” is {event.get_status_display().lower()}: you may not add to it."
    return ""


def _propose(event_admin: EventAdmin, request: HttpRequest, event: Event, form: CiteForm) -> HttpResponse:
    """Keep the citation for a reviewer: readers see every change of the event at once."""
    sent = form.cleaned_data
    pending_changes.propose(
        event,
        request.user,
        history.version(event, event_admin.history_parts),
        citation=pending_changes.stored_columns(form.instance, pending_changes.CITED),
        reason=sent["change_reason"],
        change_class=sent["change_class"],
        reason_withheld=sent["reason_withheld"],
    )
    messages.success(request, f"{form.instance} is proposed for “{event}”, and waits for a reviewer.")
    return back_to(form.instance.briefing)


def _save(event_admin: EventAdmin, request: HttpRequest, event: Event, form: CiteForm) -> HttpResponse:
    citation = form.instance
    citation.event = event
    with reason_for_change(form.cleaned_data["change_reason"], **change_options(form.data)):
        citation.save()
    event_admin.log_change(request, event, f"CitedSpan from “{citation.briefing}”: {citation}")
    messages.success(request, f"{citation} is cited for “{event}”.")
    return back_to(citation.briefing, citation)


class PlacedCitationForm(CitationForm):
    """A citation that keeps the position at which its words were selected, as long as the words stay the same."""

    words: Selection | None = None

    def __init__(self, *args, words: Selection | None = None, **kwargs):
        self.words = words or self.words
        super().__init__(*args, **kwargs)

    def clean(self) -> dict:
        cleaned = super().clean()
        words, citation = self.words, self.instance
        is_placed = words and citation.pk is None and cleaned.get("briefing") == words.briefing
        if is_placed and fold_marks(cleaned.get("quote") or "") == fold_marks(words.quote):
            cleaned["quote"] = words.quote
            citation.start, citation.end, citation.earlier_text = words.start, words.end, words.earlier_text
        return cleaned


class PlacedCitationInline(CitationInline):
    form = PlacedCitationForm


class EventFromSelection(EventAdmin):
    """Made for one request. Only the initial values and the redirect differ from the form of an event."""

    inlines = [PlacedCitationInline if inline is CitationInline else inline for inline in EventAdmin.inlines]
    add_form_template = "admin/timeline/briefing/new_event.html"
    panel_template = "admin/timeline/briefing/event_panel.html"

    def __init__(self, words: Selection, proposal: Proposal, admin_site: AdminSite, part: str):
        """`part`: of the address, which names the words."""
        super().__init__(Event, admin_site)
        self.words, self.proposal, self.part = words, proposal, part

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.submission_key = str(uuid.uuid5(uuid.NAMESPACE_OID, self.part))  # the same after the browser's way back
        return form

    def refill(self, unsaved: UnsavedForm, typed: QueryDict) -> None:
        """Cite these words in place of those for which the form was opened."""
        if self.part in unsaved.path:
            return
        typed.setdefault("citations-TOTAL_FORMS", "1")
        cited = self.words.citation()
        for name, text in {
            "briefing": cited.briefing_id,
            "quote": cited.quote,
            "speaker": cited.speaker_id or "",
        }.items():
            typed[f"citations-0-{name}"] = str(text)

    def has_add_permission(self, request) -> bool:
        return super().has_add_permission(request) and request.user.has_perm("timeline.add_citation")

    def source_day(self, event: Event | None) -> dt.date | None:
        return spoken_on(self.words.text, self.words.briefing.published_on)

    def get_changeform_initial_data(self, request) -> dict:
        return self.proposal.event() | self._start(request).columns

    def _start(self, request) -> StartingValues:
        if not hasattr(request, "starting_values"):
            request.starting_values = starting_values(request)
        return request.starting_values

    def get_inline_instances(self, request, obj=None):
        inlines = super().get_inline_instances(request, obj)
        self._rows[Participation] += [
            line for line in self._start(request).parties if str(line["actor"]) not in self._named_actors
        ]
        for inline in inlines:
            inline.extra = len(self._rows.get(inline.model, []))
        return inlines

    @property
    def _named_actors(self) -> set[str]:
        return {str(line["actor"]) for line in self._rows[Participation]}

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if inline.model is Citation:
            kwargs["form_kwargs"] = kwargs.get("form_kwargs", {}) | {"words": self.words}
        return kwargs if request.method == "POST" else kwargs | {"initial": self._rows.get(inline.model)}

    @cached_property
    def _rows(self) -> dict[type[Model], list[dict]]:
        """Return what the rows inside the form begin with."""
        cited = self.words.citation(act=self.proposal.act, basis=self.proposal.basis)
        line = {"briefing": cited.briefing_id, "quote": cited.quote, "act": cited.act, "speaker": cited.speaker_id}
        line["basis"] = cited.basis
        return {Citation: [line], Participation: self.proposal.participations()}

    def render_change_form(self, request, context, *args, **kwargs):
        context |= {
            "title": "New event from these words",
            "subtitle": str(self.words.briefing),
            "words": self.words,
            "same_words": self.words.citations(),
            "starts": starts_of(request, self.words.briefing),
            "show_save_and_add_another": False,
        }
        if is_in_panel(request):
            self.add_form_template = self.panel_template
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request, obj: Event, post_url_continue=None) -> HttpResponse:
        message = f"“{obj}” ({obj.date_display}) is saved. {STATE_WORDS[obj.status]}"
        if is_in_panel(request):
            refusals = [str(refusal) for refusal in messages.get_messages(request)]  # of the move that was asked for
            return JsonResponse({"message": " ".join([message, *refusals])}, status=201)
        messages.success(request, message)
        return self.after_second_sending(request, obj)

    def after_second_sending(self, request, obj: Event) -> HttpResponse:
        if is_in_panel(request):
            return JsonResponse({"message": f"“{obj}” was saved already; it is not entered twice."}, status=201)
        return back_to(self.words.briefing, obj.citations.of_briefing(self.words.briefing).first())


def is_in_panel(request: HttpRequest) -> bool:
    """Return whether the form is asked for, or sent, from the panel beside a transcript."""
    return request.headers.get("X-Layout") == "panel"


def back_to(briefing: Briefing, citation: Citation | None = None) -> HttpResponse:
    """Return to the briefing, where there is a citation to its mark."""
    address = reverse("admin:timeline_briefing_workspace", args=[briefing.pk])
    return redirect(f"{address}#q-{citation.public_id}" if citation else address)
