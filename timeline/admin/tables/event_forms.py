"""The forms of an event: its own, and those of the rows inside it: who took part, who says so, related events."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from timeline.admin.duplicate_check import DuplicateCheckForm
from timeline.admin.forms.fields import BASIS_HELP, CommentField, DateWordsField, OfferingInput, SourceTextField
from timeline.admin.forms.record_form import (
    TIME_ZONES,
    ChangeForm,
    RecordForm,
    SeenForm,
    refuse_more_than_letters,
    withheld_field,
)
from timeline.admin.forms.row_formset import RowForm, RowFormSet
from timeline.admin.record_admin import RowInline
from timeline.evidence.choices import VERIFIED_STATES, QuoteState
from timeline.evidence.support import Actuality
from timeline.models import Briefing, Citation, Event, EventRelation, Participation
from timeline.models.briefing import BriefingStatus
from timeline.models.history_field import ChangeClass
from timeline.models.participation import Role


class EventForm(DuplicateCheckForm, RecordForm, ChangeForm):
    actuality = forms.ChoiceField(  # without a preset: who enters an event says whether it happened
        label="Did it happen",
        choices=[("", "Choose …"), *Actuality.choices],
        help_text=Event._meta.get_field("actuality").help_text,
        error_messages={"required": "Say whether it happened, was announced, did not happen, or is unclear."},
    )
    edtf = DateWordsField(required=False, label="Date", help_text=Event._meta.get_field("edtf").help_text)

    class Meta:
        help_texts = {
            "event_type": "Search by its name, or by a word like attack, arrest or truce.",
            "conflict": "Leave empty if it belongs to no conflict.",
            "place": "Where it happened, no more precisely than the sources say. Leave empty if none says.",
        }
        widgets = {
            "title": forms.TextInput({"class": "vTextField"}),
            "value_note": forms.TextInput({"class": "vTextField"}),
            "summary": forms.Textarea({"class": "vLargeTextField", "rows": 3}),
            "time_of_day": forms.TimeInput({"type": "time"}, format="%H:%M"),
            "time_zone": OfferingInput(TIME_ZONES),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.ask_kind(is_public=self.instance.published_at is not None)
        if self.instance.published_at:
            reason = self.fields["change_reason"]
            reason.help_text = (
                "Needed unless it is an update or a typographical error. Readers see it beside the change."
            )

    def clean_change_reason(self) -> str:
        return self.reason_where_needed("change_reason")

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("change_class") == ChangeClass.TYPO:
            refuse_more_than_letters(self)
        return cleaned


class WithdrawalForm(SeenForm):
    reason = CommentField(
        label="Why it is withdrawn",
        max_length=500,
        help_text="Readers of the event's page will see these words instead of the event.",
        missing="Say why the event is withdrawn; readers of its page will see it.",
    )
    reason_withheld = withheld_field()


class ParticipationForm(RowForm):
    parent = "event"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields["role"].initial = Role.PARTICIPANT  # the one that claims nothing more


class ParticipationFormSet(RowFormSet):
    once = ("actor", "role")
    twice = "This actor has this role already. Choose another role, or delete one of the two lines."


class ParticipationInline(RowInline, admin.TabularInline):
    model = Participation
    form = ParticipationForm
    formset = ParticipationFormSet
    fields = ["actor", "role", "office"]
    autocomplete_fields = ["actor"]
    verbose_name = "participant"
    verbose_name_plural = "Who took part"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("actor")


class CitationForm(RowForm):
    parent = "event"
    quote = SourceTextField(strip=True, max_length=5000, help_text=Citation._meta.get_field("quote").help_text)
    edtf = DateWordsField(
        required=False, label="Date by this source", help_text=Citation._meta.get_field("edtf").help_text
    )

    class Meta:
        help_texts = {
            "briefing": "The document that the words are quoted from. If it is not here yet, enter it first.",
            "basis": BASIS_HELP,
            "reliability": "Reliability of the source, Admiralty code. Leave empty if nobody has rated it.",
            "credibility": "Credibility of this report, Admiralty code. Leave empty if nobody has rated it.",
            "note": "For other editors and for readers: anything unusual about these words.",
        }

    def _post_clean(self) -> None:
        # A citation left as it is keeps its state: a quote lost when the text changed must not hold up other work.
        if self.has_changed():
            super()._post_clean()


class CitationFormSet(RowFormSet):
    def clean(self) -> None:
        """Refuse to take the last support from a published event, be it by what it claims. One that never had support by the
        codebook is under review, and keeps a citation that does not speak against it."""
        super().clean()
        if not self.instance.is_public or any(self.errors):
            return
        if self.has_changed():
            remaining = list(filter(_will_hold, self.remaining_forms()))
        elif self._is_claim_changed():
            remaining = [form for form in self.remaining_forms() if form.instance.briefing.is_public]
        else:
            return
        bearing = [form for form in remaining if self._bears_event(form.instance)]
        if not bearing:
            raise ValidationError(
                "A published event needs a citation that supports what it claims: the quote matched in the text of a "
                "published source, and an act that supports it by the codebook, outside a question. Add one, code the "
                "event as what its sources say, or withdraw it instead."
            )

    def _is_claim_changed(self) -> bool:
        event = self.instance
        stored = Event.objects.filter(pk=event.pk, event_type=event.event_type_id, actuality=event.actuality)
        return not stored.exists()

    def _bears_event(self, citation: Citation) -> bool:
        citation.event = self.instance  # as it appears in the form
        citation.derive_support()
        return self.instance.is_borne_by(citation.support)

    def save(self, commit: bool = True) -> list:
        """Save new rows first, then the rest: at no moment may a published event be without support."""
        return self.save_new_objects(commit) + self.save_existing_objects(commit)

    def save_order(self, form: forms.ModelForm) -> int:
        return self._should_delete_form(form) or not form.instance.supports


def _will_hold(form: forms.ModelForm) -> bool:
    """Return whether readers will be able to check the citation."""
    citation = form.instance
    if form.has_changed():
        citation.anchor()
    has_address = citation.state == QuoteState.NO_TEXT and citation.briefing.url
    holds = citation.state in VERIFIED_STATES or has_address
    return bool(holds) and citation.briefing.status == BriefingStatus.PUBLISHED


class CitationInline(RowInline, admin.StackedInline):
    model = Citation
    form = CitationForm
    formset = CitationFormSet
    fieldsets = [
        (None, {"fields": ["briefing", "quote", "found_words", ("act", "speaker"), "basis"]}),
        (
            "What this source says: date, place, deaths",
            {
                "classes": ["collapse"],
                "fields": ["date_as_stated", "edtf", "place", ("deaths_low", "deaths_best", "deaths_high")],
            },
        ),
        (
            "Rating and note",
            {"classes": ["collapse"], "fields": [("reliability", "credibility"), "note", "position"]},
        ),
    ]
    readonly_fields = ["found_words"]
    autocomplete_fields = ["briefing", "speaker", "place"]
    view_on_site = False
    verbose_name_plural = "Who says so: the exact words of the source"

    def get_queryset(self, request):
        return super().get_queryset(request).with_source().select_related("place")

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "briefing":
            kwargs["queryset"] = Briefing.objects.defer("text")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="In the text")
    def found_words(self, obj: Citation) -> str:
        return render_to_string("admin/timeline/event/found.html", {"citation": obj})


class RelationForm(RowForm):
    parent = "from_event"


class RelationFormSet(RowFormSet):
    once = ("kind", "to_event")
    twice = "The two events already have this relation. Delete one of the two lines."


class RelationInline(RowInline, admin.TabularInline):
    model = EventRelation
    form = RelationForm
    formset = RelationFormSet
    fk_name = "from_event"
    fields = ["kind", "to_event", "citation", "note"]
    autocomplete_fields = ["to_event", "citation"]
    verbose_name = "relation"
    verbose_name_plural = "Relations: this event …"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("from_event", "to_event", "citation")
