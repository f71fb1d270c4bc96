from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import redirect
from django.template.loader import render_to_string

from timeline.admin.forms.fields import DayWordsField, OfferingInput, PeriodWordsField, SourceTextField
from timeline.admin.forms.record_form import RecordForm
from timeline.admin.forms.row_formset import RowForm, RowFormSet
from timeline.admin.known_source import KnownSourceForm, KnownSourcePages, known_sources
from timeline.admin.lists.list_filters import BriefingQuoteFilter, CodedFilter, TextFilter
from timeline.admin.lists.typed_filters import SourceFields
from timeline.admin.merge_tables import BriefingMergePages
from timeline.admin.original_pages import OriginalPages
from timeline.admin.record_admin import RecordAdmin, RowInline
from timeline.admin.selection import WorkspacePages
from timeline.admin.source_file_pages import SourceFilePages
from timeline.admin.source_files import SourceFileForm
from timeline.admin.speaker_pages import SpeakerPages, unnamed_labels
from timeline.admin.text_version_pages import TextPages, tell_notes, text_area
from timeline.admin.workflow.bulk_actions import publish_briefings
from timeline.admin.workflow.workflow_buttons import PUBLISH_PERMISSION
from timeline.history import Part
from timeline.models import Briefing, BriefingSpeaker, Citation, Event, Original
from timeline.models.briefing_choices import BriefingStatus
from timeline.models.briefing_speaker import NamedBy

LANGUAGES = {"en": "English", "hy": "Armenian", "az": "Azerbaijani", "ru": "Russian", "fr": "French", "tr": "Turkish"}


def _without_publishing(briefing: Briefing | None) -> list[tuple[str, str]]:
    """Return the states that an editor may choose: a reviewer publishes. One that is published may stay so."""
    current = briefing.status if briefing else ""
    return [(state, name) for state, name in BriefingStatus.choices if state in (current, "draft", "review")]


class BriefingForm(KnownSourceForm, RecordForm):
    """Everything but the text, which is pasted on a page of its own: see `TextPages`."""

    class Meta:
        widgets = {
            "language": OfferingInput(LANGUAGES),
            "further_urls": forms.Textarea({"class": "vLargeTextField", "rows": 2}),
        }
        field_classes = {"published_within": PeriodWordsField}


class NewBriefingForm(SourceFileForm, BriefingForm):
    text = SourceTextField(
        required=False, label="Text", help_text=Briefing._meta.get_field("text").help_text, widget=text_area()
    )


class SpeakerForm(RowForm):
    parent = "briefing"

    def clean_label(self) -> str:
        return " ".join(self.cleaned_data["label"].split()).removesuffix(":")

    def save(self, commit: bool = True) -> BriefingSpeaker:
        if {"label", "actor"} & set(self.changed_data):
            self.instance.named_by = NamedBy.HAND
        return super().save(commit)


class SpeakerFormSet(RowFormSet):
    once = ("label",)
    twice = "This label is listed twice. Keep the line with its speaker and delete the other."

    def clean(self) -> None:
        """Refuse labels that the text does not have: they would never meet a turn."""
        super().clean()
        labels = dict.fromkeys(turn.speaker for turn in self.instance.transcript.turns if turn.speaker)
        for form in self.remaining_forms():
            label = form.cleaned_data.get("label")
            if labels and label and "label" in form.changed_data and label not in labels:
                form.add_error("label", f"“{label}” is not a label in this text. Its labels are: {', '.join(labels)}.")


class SpeakerInline(RowInline, admin.TabularInline):
    model = BriefingSpeaker
    form = SpeakerForm
    formset = SpeakerFormSet
    autocomplete_fields = ["actor"]
    readonly_fields = ["named_by"]
    verbose_name = "speaker"
    verbose_name_plural = "Speakers: the person behind each label of the text"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("actor")


@admin.register(Briefing)
class BriefingAdmin(
    *(BriefingMergePages, SourceFilePages, KnownSourcePages, SpeakerPages, OriginalPages, TextPages, WorkspacePages),
    RecordAdmin,
):
    form = BriefingForm
    formfield_overrides = {models.DateField: {"form_class": DayWordsField}}  # noqa: RUF012 (as Django has it)
    fieldsets = [
        (
            "Source",
            {
                "fields": [
                    "title",
                    "slug",
                    "kind",
                    "publisher",
                    "origin",
                    ("published_on", "published_within", "captured_on"),
                ]
            },
        ),
        (
            "Address and visibility",
            {"fields": ["url", "archive_url", "further_urls", ("language", "rights"), "status", "read_in_full"]},
        ),
        (
            "Text",
            {
                "fields": ["file", "text", "from_file"],
                "description": (
                    "Paste it whole and unchanged. Quotes are checked against it, so do not correct its misprints. "
                    "The turns appear below once it is saved."
                ),
            },
        ),
        ("As stored", {"fields": ["as_stored"]}),
    ]
    readonly_fields = ["as_stored"]
    inlines = [SpeakerInline]
    list_display = ["title", "kind", "publisher", "published_as", "status", "work", "citation_count"]
    actions = [publish_briefings]
    list_filter = [SourceFields, "status", CodedFilter, BriefingQuoteFilter, "kind", TextFilter]
    list_per_page = 25  # the text of each is cut into turns, to say how many are coded
    named_by = "title"
    search_fields = ["title", "slug", "publisher__name", "url"]
    # Else PostgreSQL has unknown days first
    ordering = [models.F("published_latest").desc(nulls_last=True), "title", "pk"]
    search_method = "search"
    search_help_text = "Title, slug, publisher, address, or words of the text"
    prepopulated_fields = {"slug": ["title"]}
    autocomplete_fields = ["publisher", "origin"]
    history_parts = [Part(BriefingSpeaker, "briefing", ("label", "actor"))]

    def offer_detail(self, obj: Briefing) -> str:
        return ", ".join(filter(None, [obj.published_words, str(obj.publisher)]))

    @admin.display(description="published", ordering="published_latest")
    def published_as(self, obj: Briefing) -> str:
        return obj.published_words or "-"

    def get_queryset(self, request):
        """Return briefings without their long texts, each with the number of its citations."""
        citations = Citation.objects.order_by().filter(briefing=OuterRef("pk"))
        count = citations.values("briefing").annotate(count=Count("pk")).values("count")
        briefings = super().get_queryset(request).select_related("publisher").defer("text")
        return briefings.annotate(citations_here=Coalesce(Subquery(count), 0))

    def get_fieldsets(self, request, obj=None):
        """Return the fieldsets: with the text to paste for a new briefing, with the text as stored for an existing one."""
        visible = {"As stored"} if obj else {"Text"}
        return [fieldset for fieldset in self.fieldsets if fieldset[0] not in {"As stored", "Text"} - visible]

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            self.keep_original_of_new(request, obj)
        tell_notes(request)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **({} if obj else {"form": NewBriefingForm}) | kwargs)
        if "status" in form.base_fields and not self.has_publish_permission(request):
            form.base_fields["status"].choices = _without_publishing(obj)
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["recapture_url"] = self.recapture_url(request, obj) if obj else ""
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def has_change_permission(self, request, obj: Briefing | None = None) -> bool:
        """Return whether this editor may change the briefing; what published events rest on is for reviewers."""
        allowed = super().has_change_permission(request, obj) and (obj is None or obj.merged_into_id is None)
        return allowed and (
            obj is None or request.user.has_perm(PUBLISH_PERMISSION) or not self._carries_public_events(obj)
        )

    def has_delete_permission(self, request, obj: Briefing | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or obj.merged_into_id is None)

    def has_publish_permission(self, request) -> bool:
        return request.user.has_perm(PUBLISH_PERMISSION) and super().has_change_permission(request)

    def _carries_public_events(self, briefing: Briefing) -> bool:
        """Return whether published events cite the briefing, be it a draft that would bring its citations to light.

        One query for each row loaded.
        """
        if not hasattr(briefing, "carries_public_events"):
            briefing.carries_public_events = Event.objects.public().cited_by(briefing.citations.all()).exists()
        return briefing.carries_public_events

    def notices(self, request, obj: Briefing) -> list[str]:
        if obj.merged_into_id:
            return [f"This source became part of “{obj.merged_into}”: change that one."]
        if self.has_change_permission(request, obj):
            twice = "; ".join(f"“{known}” ({known.slug})" for known in known_sources(obj))
            return [f"It may be stored twice, by address or text: {twice}. Merge duplicates."] if twice else []
        if not super().has_change_permission(request, obj):
            return []
        return [
            "Published events rest on this source, and every change of it would show on their pages at once. "
            "Changing it needs the permission to publish: tell a reviewer what should be different."
        ]

    def response_post_save_add(self, request, obj: Briefing):
        """Lead to the work on its text, where it has one."""
        return (
            redirect("admin:timeline_briefing_workspace", obj.pk)
            if obj.text
            else super().response_post_save_add(request, obj)
        )

    def view_on_site(self, obj: Briefing) -> str | None:
        return obj.get_absolute_url() if obj.status == "published" else None

    @admin.display(description="citations", ordering="citations_here")
    def citation_count(self, obj: Briefing) -> str:
        count = obj.citations_here
        return f"cited {count:,} time{'' if count == 1 else 's'}" if count else "not cited"

    @admin.display(description="Length, hash and turns")
    def as_stored(self, obj: Briefing) -> str:
        """Return figures, hash, labels and turns. Three queries: a form with mistakes holds the text as typed."""
        stored = Briefing.objects.get(pk=obj.pk)
        turns = stored.transcript.turns if stored.text else ()
        context = {
            "briefing": stored,
            "cited": obj.citations_here,
            "turns": [{"turn": turn, "words": stored.text[turn.start : turn.end]} for turn in turns],
            "is_uncut": bool(turns) and stored.transcript.is_uncut,
            "original": Original.objects.of_text(stored, stored.text_sha256).first() if turns else None,
            "unnamed": unnamed_labels(stored).items() if turns else (),
        }
        return render_to_string("admin/timeline/briefing/as_stored.html", context)
