"""The rows that stand inside an event's form: who took part, who says so, and what the event is tied to."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from timeline.admin.forms.form_fields import DateWordsField, SourceTextField
from timeline.admin.forms.row_formset import RowForm, RowFormSet
from timeline.admin.record_admin import RowInline
from timeline.evidence.choices import VERIFIED_STATES, QuoteState
from timeline.models import Briefing, Citation, EventRelation, Participation
from timeline.models.briefing import BriefingStatus


class ParticipationForm(RowForm):
    parent = "event"


class ParticipationFormSet(RowFormSet):
    once = ("actor", "role")
    twice = "This actor has this role already. Choose another role, or delete one of the two lines."


class ParticipationInline(RowInline, admin.TabularInline):
    model = Participation
    form = ParticipationForm
    formset = ParticipationFormSet
    fields = ["actor", "role", "office", "position"]
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
            "briefing": "The document in which the words stand. If it is not here yet, enter it first.",
            "reliability": "Of the source, by the Admiralty code. F: nobody has judged it.",
            "credibility": "Of what it says here, by the Admiralty code. 6: nobody has judged it.",
            "note": "For other editors and for readers: what is odd about these words.",
        }

    def _post_clean(self) -> None:
        # A citation left as it is keeps its state: a quote lost when the text changed must not hold up other work.
        if self.has_changed():
            super()._post_clean()


class CitationFormSet(RowFormSet):
    def clean(self) -> None:
        """Refuse to take the last support from a published event."""
        super().clean()
        if not self.instance.is_public or not self.has_changed() or any(self.errors):
            return
        if not any(map(_will_support, self.remaining_forms())):
            raise ValidationError(
                "A published event needs a citation that supports it: the quote verified in the text of a published "
                "briefing, and neither a denial nor a dispute. Add one, or withdraw the event instead."
            )

    def save(self, commit: bool = True) -> list:
        """Save new rows first, then the rest: at no moment may a published event be without support."""
        return self.save_new_objects(commit) + self.save_existing_objects(commit)

    def save_order(self, form: forms.ModelForm) -> int:
        return self._should_delete_form(form) or not form.instance.supports


def _will_support(form: forms.ModelForm) -> bool:
    citation = form.instance
    if form.has_changed():
        citation.anchor()
    has_address = citation.state == QuoteState.NO_TEXT and citation.briefing.url
    holds = citation.state in VERIFIED_STATES or has_address
    return citation.supports and bool(holds) and citation.briefing.status == BriefingStatus.PUBLISHED


class CitationInline(RowInline, admin.StackedInline):
    model = Citation
    form = CitationForm
    formset = CitationFormSet
    fieldsets = [
        (None, {"fields": ["briefing", "quote", "found", ("act", "speaker")]}),
        (
            "Date by this source, how far it is to be trusted, note",
            {
                "classes": ["collapse"],
                "fields": ["date_as_stated", "edtf", ("reliability", "credibility"), "note", "position"],
            },
        ),
    ]
    readonly_fields = ["found"]
    autocomplete_fields = ["briefing", "speaker"]
    view_on_site = False
    verbose_name_plural = "Who says so: the exact words, and where they stand"

    def get_queryset(self, request):
        return super().get_queryset(request).with_source()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "briefing":
            kwargs["queryset"] = Briefing.objects.defer("text")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description="In the text")
    def found(self, obj: Citation) -> str:
        return render_to_string("admin/timeline/event/found.html", {"citation": obj})


class RelationForm(RowForm):
    parent = "from_event"


class RelationFormSet(RowFormSet):
    once = ("kind", "to_event")
    twice = "The two events are tied in this way already. Delete one of the two lines."


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
