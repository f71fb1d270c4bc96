"""Naming who is behind a label: for one document, for all of its publisher, or always."""

from collections import Counter
from typing import TYPE_CHECKING

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path

from timeline.history.change_reason import reason_for_change
from timeline.imports.briefings.speaker_matching import is_nobody
from timeline.models import Actor, ActorAlias, Briefing, BriefingSpeaker
from timeline.models.history_field import ChangeClass

from .pickers.widget import Picker

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_DOCUMENTS = 500  # named at once: the text of each is cut into turns
HERE, PUBLISHER, ALWAYS = "here", "publisher", "always"


def unnamed_labels(briefing: Briefing) -> Counter[str]:
    """Return the labels of the text nobody is named for, with their numbers of turns. The text is loaded; one query."""
    named = {speaker.label for speaker in briefing.speakers.all()}
    return Counter(turn.speaker for turn in briefing.transcript.turns if turn.speaker and turn.speaker not in named)


class SpeakerNameForm(forms.Form):
    """Who it is, and where else the same label means the same."""

    actor = forms.ModelChoiceField(
        Actor.objects.filter(merged_into=None),
        label="Speaker",
        widget=Picker(BriefingSpeaker._meta.get_field("actor"), admin.site),
        error_messages={"required": "Choose who speaks, or go back and leave it open."},
    )
    scope = forms.ChoiceField(label="Where", widget=forms.RadioSelect, initial=HERE)

    def __init__(self, data=None, *, briefing: Briefing, label: str):
        super().__init__(data)
        elsewhere = [
            (PUBLISHER, f"In every document of {briefing.publisher} that has this label without a speaker"),
            (ALWAYS, f"Always: “{label}” becomes a further name of the speaker, also for future documents"),
        ]
        self.fields["scope"].choices = [(HERE, "In this document"), *([] if is_nobody(label) else elsewhere)]


class SpeakerPages:
    """Mixin for the admin of briefings."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.name_speaker_view)
        return [path("<int:briefing_id>/speaker/", view, name="timeline_briefing_speaker"), *super().get_urls()]

    @transaction.atomic
    def name_speaker_view(self, request: HttpRequest, briefing_id: int) -> HttpResponse:
        """Ask who is behind the label of the address, and name him. 404 where the text has no such label without a speaker."""
        briefing = Briefing.objects.with_its_text().select_related("publisher").filter(pk=briefing_id).first()
        label = request.GET.get("label", "")
        if briefing is None:
            raise Http404("There is no such source.")
        if not self.has_change_permission(request, briefing):
            raise PermissionDenied
        if label not in unnamed_labels(briefing):
            raise Http404("This text has no such label, or it already has a speaker.")
        form = SpeakerNameForm(request.POST or None, briefing=briefing, label=label)
        if request.method == "POST" and form.is_valid():
            self._name(request, briefing, label, **form.cleaned_data)
            return redirect("admin:timeline_briefing_change", briefing.pk)
        context = self.admin_site.each_context(request) | {
            "title": f"Who is “{label}”?",
            "opts": self.opts,
            "briefing": briefing,
            "turns": unnamed_labels(briefing)[label],
            "form": form,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/timeline/briefing/speaker.html", context)

    def _name(self, request: HttpRequest, briefing: Briefing, label: str, actor: Actor, scope: str) -> None:
        count = refused = 0
        with reason_for_change(f"Named “{label}”", change_class=ChangeClass.UPDATE):
            for document in self._documents(briefing, label, scope):
                if label not in unnamed_labels(document):
                    continue
                if not self.has_change_permission(request, document):
                    refused += 1
                    continue
                BriefingSpeaker(briefing=document, label=label, actor=actor).save()
                count += 1
            if scope == ALWAYS and not ActorAlias.objects.filter(actor=actor, name=label).exists():
                ActorAlias(actor=actor, name=label).save()
        messages.success(request, f"“{label}” is {actor} in {count:,} document{'' if count == 1 else 's'}.")
        if refused:
            messages.warning(request, f"{refused:,} more need the permission to publish, and were left unchanged.")

    @staticmethod
    def _documents(briefing: Briefing, label: str, scope: str) -> "QuerySet[Briefing]":
        """Return the documents that may have the label, at most `MOST_DOCUMENTS`, this one first."""
        documents = Briefing.objects.with_its_text().filter(merged_into=None)
        if scope == HERE:
            return documents.filter(pk=briefing.pk)
        words = label.split()[-1]  # as printed: a label may be broken over two lines
        documents = documents.filter(text__contains=words)
        if scope == PUBLISHER:
            documents = documents.filter(publisher=briefing.publisher)
        nearest_first = documents.order_by("-pk") if scope == ALWAYS else documents.order_by("pk")
        return nearest_first.prefetch_related("speakers")[:MOST_DOCUMENTS]
