"""The pages of the workspace, as a part of the briefing's admin."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from timeline.admin.selection import event_proposal, workspace_transcript
from timeline.admin.unsaved.form_key import FIELD, put_back_address, read_key
from timeline.models import Briefing, Event
from timeline.suggest import known_actors, suggestions

from .cite_selection import CiteForm, EventFromSelection, back_to, cite, offer_events
from .name_offers import NamePages
from .selected_words import Selection, SelectionForm, read_signed_part, signed_part
from .suggestion_offers import new_proposals
from .workspace_transcript import build_transcript, citations_to_show

# Scripts of the event form in the panel
FORMSETS = forms.Media(js=["admin/js/jquery.init.js", "admin/js/inlines.js"])
MAY_READ = ("timeline.view_event", "timeline.change_event")  # one of them: the workspace shows drafts


class WorkspacePages(NamePages):
    """For the admin of briefings."""

    def get_urls(self):
        pages = {
            "workspace": ("workspace/", self.workspace_view),
            "new_event": ("workspace/new/<str:part>/", self.new_event_view),
            "cite": ("workspace/cite/<str:part>/", self.cite_view),
        }
        urls = [
            path(f"<int:briefing_id>/{route}", self.admin_site.admin_view(view), name=f"timeline_briefing_{name}")
            for name, (route, view) in pages.items()
        ]
        return urls + super().get_urls()

    def get_changelist_instance(self, request):
        changelist = super().get_changelist_instance(request)
        workspace_transcript.count_coded_turns(changelist.result_list)
        return changelist

    @admin.display(description="work on it")
    def work(self, obj: Briefing) -> str:
        """Return the way to the workspace, and how far the text is coded."""
        address = reverse("admin:timeline_briefing_workspace", args=[obj.pk])
        if not obj.text_sha256:
            return "no text"
        cited, turns = getattr(obj, "turns_coded", None) or (0, 0)
        progress = f"{cited} of {turns} turn{'' if turns == 1 else 's'} coded" if turns else ""
        words = format_html('<span class="coded-words">{}</span>', progress) if progress else ""
        return format_html('<a href="{}">Work on it</a> {}', address, words)

    @property
    def event_admin(self):
        return self.admin_site.get_model_admin(Event)

    def workspace_view(self, request: HttpRequest, briefing_id: int) -> HttpResponse:
        """Show the transcript; take the words selected in it to the page of the button that was pressed.

        Sixteen queries for any number of citations and of proposed events.
        """
        briefing = self._briefing(request, briefing_id)
        if "_other_words" in request.POST:
            return self._choose_other_words(request)
        form = SelectionForm(briefing, request.POST if request.method == "POST" else None)
        if request.method == "POST" and not self._may_cite(request):
            raise PermissionDenied
        if form.is_valid():
            page = "new_event" if "_new" in request.POST else "cite"
            return self._redirect_to(page, form.words, request)
        places = list(briefing.citations.places())
        citations = list(briefing.citations.by_key(citations_to_show(places)).in_text().with_event())
        may_enter = self._may_cite(request) and self.event_admin.has_add_permission(request)
        actors = known_actors() if may_enter else None
        proposed = new_proposals(briefing, request.user, actors) if actors else []
        context = {
            "form": form,
            "transcript": build_transcript(briefing, places, citations, proposed),
            "may_cite": self._may_cite(request),
            "proposed_count": len(proposed),
            **(self.name_context(request, briefing, actors) if actors else {}),
            "unsaved": request.POST.get(FIELD) or request.GET.get(FIELD, ""),
        }
        return self._page(request, briefing, "workspace", "Work on this source", context)

    def new_event_view(self, request: HttpRequest, briefing_id: int, part: str) -> HttpResponse:
        """Show the form for a new event, begun from these words, or save what it holds."""
        briefing = self._briefing(request, briefing_id)
        if not (selected := self._selected(request, briefing, part)):
            return self._without_words(request, briefing)
        proposal = self._proposal(*selected) if request.method == "GET" else event_proposal.EMPTY
        return EventFromSelection(selected[0], proposal, self.admin_site, part).changeform_view(request)

    def _choose_other_words(self, request: HttpRequest) -> HttpResponse:
        """Store the form of an event, and have other words selected for it."""
        if key := read_key(request.POST.get(FIELD, "")):
            key.store(request.POST["_other_words"], request.POST)
            return redirect(put_back_address(request.path, key))
        return redirect(request.path)

    def _without_words(self, request: HttpRequest, briefing: Briefing) -> HttpResponse:
        """Return to the briefing; with a form that was filled in, to the form of an event, where that is put back."""
        if request.method == "POST" and (key := read_key(request.POST.get(FIELD, ""))):
            key.store(request.path, request.POST)
        else:
            key = read_key(request.GET.get(FIELD, ""))
        return redirect(put_back_address(reverse("admin:timeline_event_add"), key)) if key else back_to(briefing)

    def cite_view(self, request: HttpRequest, briefing_id: int, part: str) -> HttpResponse:
        """Show the events that these words can be cited for, or save the citation."""
        briefing = self._briefing(request, briefing_id)
        if not self._may_cite(request):
            raise PermissionDenied
        if not (selected := self._selected(request, briefing, part)):
            return back_to(briefing)
        selection, _ = selected
        citation = selection.citation(**event_proposal.guess_act_and_basis(selection))
        form = CiteForm(request.POST if request.method == "POST" else None, instance=citation)
        if form.is_valid() and (response := cite(self.event_admin, request, selection, form)):
            return response
        query = (request.POST if request.method == "POST" else request.GET).get("q", "").strip()
        same_words = selection.citations()
        listed, is_more = offer_events(self.event_admin, request, selection, query, same_words)
        context = {"form": form, "words": selection, "query": query, "same_words": same_words, "is_cite": True}
        context |= {"offers": listed, "is_more": is_more, "selected_event": request.POST.get("event", "")}
        return self._page(request, briefing, "cite", "Cite these words for an event", context)

    def _briefing(self, request: HttpRequest, briefing_id: int) -> Briefing:
        """Return the briefing with text and speakers, for those who may see it and the events beside it."""
        briefing = Briefing.objects.for_page().filter(pk=briefing_id).first()
        if briefing is None:
            raise Http404("No such source.")
        may_see = self.has_view_or_change_permission(request, briefing)
        if not (may_see and any(map(request.user.has_perm, MAY_READ))):
            raise PermissionDenied
        return briefing

    def _may_cite(self, request: HttpRequest) -> bool:
        return request.user.has_perm("timeline.add_citation")

    def _redirect_to(self, page: str, selection: Selection, request: HttpRequest, suggestion: str = "") -> HttpResponse:
        part = signed_part(selection, request.user, suggestion)
        address = reverse(f"admin:timeline_briefing_{page}", args=[selection.briefing.pk, part])
        key = read_key(request.POST.get(FIELD, "")) if page == "new_event" else None
        return redirect(put_back_address(address, key) if key else address)

    def _selected(self, request: HttpRequest, briefing: Briefing, part: str) -> tuple[Selection, str] | None:
        """Return what the address names; None, and a message, where it names nothing any more."""
        selected = read_signed_part(part, request.user, briefing)
        if selected is None:
            messages.warning(request, "Choose the words again: this address is old, or the text has changed since.")
        return selected

    def _proposal(self, selection: Selection, suggestion_key: str) -> event_proposal.Proposal:
        actors = known_actors()
        within = (selection.start, selection.end)
        proposed = [] if selection.earlier_text else suggestions(selection.briefing, actors, within)
        if same := next((suggestion for suggestion in proposed if suggestion.key == suggestion_key), None):
            return event_proposal.proposal_from_suggestion(same)
        return event_proposal.proposal_from_selection(selection, proposed, actors)

    def _page(self, request: HttpRequest, briefing: Briefing, name: str, title: str, context: dict) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,  # the text and what is done with it need the width
            "title": title,
            "subtitle": str(briefing),
            "briefing": briefing,
            "opts": self.opts,
            "media": self.media + context["form"].media + FORMSETS,
            "may_change": self.has_change_permission(request, briefing),
            "may_add_event": self.event_admin.has_add_permission(request),
            **context,
        }
        return TemplateResponse(request, f"admin/timeline/briefing/{name}.html", context)
