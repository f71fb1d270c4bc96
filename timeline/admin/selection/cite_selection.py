"""Cite selected words for an existing event."""

from dataclasses import dataclass

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from timeline.admin.forms.change_form import ChangeForm, change_options
from timeline.admin.forms.fields import DateWordsField, LoadedAutocomplete, name_selected_rows
from timeline.admin.tables.event import EventAdmin
from timeline.history.change_reason import reason_for_change
from timeline.models import Actor, Citation, Event
from timeline.models.event import Status
from timeline.models.history_field import ChangeClass
from timeline.models.validators import plain_text

from .new_event import back_to
from .selected_words import Selection

MOST_FOUND = 20  # events offered


class CiteForm(forms.ModelForm, ChangeForm):
    """The citation of the selected words for the selected event. The event is checked once it is locked for saving."""

    edtf = DateWordsField(
        required=False, label="Date by this source", help_text=Citation._meta.get_field("edtf").help_text
    )
    change_reason = forms.CharField(
        label="Why this change",
        required=False,
        max_length=300,
        validators=[plain_text],
        widget=forms.TextInput({"class": "vTextField"}),
        help_text="Stands in the history beside your name. For an event that has been public readers see it; only an update "
        "goes without.",
    )

    class Meta:
        model = Citation
        fields = [
            "act",
            "speaker",
            "basis",
            "date_as_stated",
            "edtf",
            "place",
            "deaths_low",
            "deaths_best",
            "deaths_high",
        ]
        fields += ["note"]
        widgets = {
            "place": LoadedAutocomplete(Citation._meta.get_field("place"), admin.site),
            "speaker": LoadedAutocomplete(Citation._meta.get_field("speaker"), admin.site),
            "date_as_stated": forms.TextInput({"class": "vTextField"}),
            "note": forms.TextInput({"class": "vTextField"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["speaker"].queryset = Actor.objects.not_merged()
        name_selected_rows(self)
        self.ask_kind(True, ChangeClass.TYPO)
        self.fields["change_class"].required = False  # needed where the event has been public, which is chosen last
        self.order_fields([*self._meta.fields, "change_class", "change_reason"])


@dataclass(frozen=True, slots=True)
class EventOffer:
    """An event to choose."""

    event: Event
    cites_here: bool  # cites some of these words already
    is_open: bool  # this editor may change it


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
    return None if form.errors else _save(event_admin, request, event, form)


def _refusal(event_admin: EventAdmin, request: HttpRequest, event: Event) -> str:
    if event.status == Status.MERGED:
        return f"“{event}” was merged into “{event.merged_into}”. Cite the words for that one."
    if not event_admin.has_change_permission(request, event):
        return f"“{event}” has been public: changing it needs the permission to publish. Tell a reviewer."
    return ""


def _save(event_admin: EventAdmin, request: HttpRequest, event: Event, form: CiteForm) -> HttpResponse:
    citation = form.instance
    citation.event = event
    with reason_for_change(form.cleaned_data["change_reason"], **change_options(form.data)):
        citation.save()
    event_admin.log_change(request, event, f"CitedSpan from “{citation.briefing}”: {citation}")
    messages.success(request, f"{citation} is cited for “{event}”.")
    return back_to(citation.briefing, citation)
