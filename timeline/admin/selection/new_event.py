"""The stock form for a new event, begun from the words of a briefing."""

import datetime as dt
from functools import cached_property

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from timeline.admin.tables.event import EventAdmin
from timeline.admin.tables.event_forms import CitationForm, CitationInline
from timeline.admin.workflow.workflow_buttons import STATE_WORDS
from timeline.dates.dateline import spoken_on
from timeline.models import Briefing, Citation, Event, Participation
from timeline.text.folding import fold_marks

from .event_proposal import Proposal
from .selected_words import Selection


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
            citation.start, citation.end = words.start, words.end
        return cleaned


class PlacedCitationInline(CitationInline):
    form = PlacedCitationForm


class EventFromSelection(EventAdmin):
    """Made for one request. Only the initial values and the redirect differ from the form of an event."""

    inlines = [PlacedCitationInline if inline is CitationInline else inline for inline in EventAdmin.inlines]
    add_form_template = "admin/timeline/briefing/new_event.html"

    def __init__(self, words: Selection, proposal: Proposal, admin_site: AdminSite):
        super().__init__(Event, admin_site)
        self.words, self.proposal = words, proposal

    def has_add_permission(self, request) -> bool:
        return super().has_add_permission(request) and request.user.has_perm("timeline.add_citation")

    def source_day(self, event: Event | None) -> dt.date | None:
        return spoken_on(self.words.briefing.text, self.words.briefing.published_on)

    def get_changeform_initial_data(self, request) -> dict:
        return self.proposal.event()

    def get_inline_instances(self, request, obj=None):
        inlines = super().get_inline_instances(request, obj)
        for inline in inlines:
            inline.extra = len(self._rows.get(inline.model, []))
        return inlines

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
            "show_save_and_add_another": False,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def response_add(self, request, obj: Event, post_url_continue=None) -> HttpResponse:
        messages.success(request, f"“{obj}” ({obj.date_display}) is saved. {STATE_WORDS[obj.status]}")
        return self.after_second_sending(request, obj)

    def after_second_sending(self, request, obj: Event) -> HttpResponse:
        return back_to(self.words.briefing, obj.citations.of_briefing(self.words.briefing).first())


def back_to(briefing: Briefing, citation: Citation | None = None) -> HttpResponse:
    """Return to the briefing, where there is a citation to its mark."""
    address = reverse("admin:timeline_briefing_workspace", args=[briefing.pk])
    return redirect(f"{address}#q-{citation.public_id}" if citation else address)
