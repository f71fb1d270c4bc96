"""The pages of a briefing's texts, as a part of its admin."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from timeline.admin.forms.fields import DayWordsField, ReasonField, SourceTextField
from timeline.admin.selection.selected_words import SelectionForm, signed_part
from timeline.admin.source_files import SentFile, SourceFileForm, keep_sent, read_sent_file, show_sent_file
from timeline.extraction.extracted import Refused
from timeline.history import full_diff
from timeline.history.replace_text import StaleText, TextReplacement, outcome_counts, replace_text
from timeline.history.word_diff import collapse_unchanged
from timeline.models import Briefing
from timeline.text import source_text
from timeline.text.running_heads import head_notes


def text_area(rows: int = 20) -> forms.Textarea:
    attrs = {"class": "vLargeTextField source-words", "rows": rows, "dir": "auto", "spellcheck": "false"}
    return forms.Textarea(attrs)


def tell_notes(request: HttpRequest) -> None:
    """Say what the text that is sent with a form will be read as, where that is not plain to see."""
    text = request.POST.get("text", "")
    for note in source_text.white_space_notes(text) + head_notes(source_text.normalise(text)):
        messages.info(request, f"In the text: {note}.")


class CaptureForm(SourceFileForm):
    """The text as it appears at the source now."""

    text = SourceTextField(
        label="The whole text",
        help_text="Word for word, as the source has it now. Nothing is saved before you have seen what it changes.",
        widget=text_area(),
        error_messages={"required": "Paste the whole text, or choose a file."},
    )
    captured_on = DayWordsField(
        label="Captured on",
        initial=timezone.localdate,
        widget=forms.DateInput(format="%Y-%m-%d"),
        help_text="The day you copied it, like 2022-03-25, 25 March 2022 or today.",
    )
    change_reason = ReasonField(
        required=False, help_text=f"{ReasonField.HELP} An example: “the source has corrected its transcript”."
    )

    def __init__(self, data=None, *, briefing: Briefing, **kwargs):
        super().__init__(data, **kwargs)
        self.briefing = briefing
        if briefing.carries_public_events:
            self.fields["change_reason"].required = True
            self.fields["change_reason"].error_messages["required"] = "Say why. Published events rest on this source."

    def clean_text(self) -> str:
        """Refuse the text that is stored already: there would be nothing to confirm."""
        text = super().clean_text()
        if not text.strip():
            raise ValidationError(self.fields["text"].error_messages["required"])
        if text == self.briefing.text:
            raise ValidationError("This is exactly the text that is stored already.")
        return text


class ConfirmForm(CaptureForm):
    """What was compared, sent back to be written."""

    seen = forms.CharField(widget=forms.HiddenInput)
    accepted = forms.TypedMultipleChoiceField(coerce=int, required=False)  # citations that take the passage offered

    def __init__(self, data=None, *, replacement: TextReplacement, **kwargs):
        super().__init__(data, briefing=replacement.briefing, **kwargs)
        offered = [outcome.citation.pk for outcome in replacement.outcomes if outcome.offer]
        self.fields["accepted"].choices = [(pk, pk) for pk in offered]


SHOWN_LOST = 5  # citations named in one message
HEADINGS = {
    "reworded": "Reworded by the source: the nearest passage of the same speaker",
    "reattributed": "Said by another in the new text",
    "gone": "Not in the new text: they stay with the replaced text",
    "lost": "Lost: the new text does not have these words",
    "ambiguous": "Ambiguous: the new text has these words in several places",
    "moves": "Move with their words",
    "found": "Found again",
    "stays": "Stay where they are",
    "still": "As before: not in the text now, and not in the new one",
}
KEPT = ("reworded", "reattributed", "gone")


class TextPages:
    """For the admin of briefings."""

    def get_urls(self):
        pages = {
            "recapture": ("recapture/", self.recapture_view),
            "texts": ("texts/", self.texts_view),
            "earlier_text": ("texts/<int:number>/", self.earlier_text_view),
        }
        urls = [
            path(f"<int:briefing_id>/{route}", self.admin_site.admin_view(view), name=f"timeline_briefing_{name}")
            for name, (route, view) in pages.items()
        ]
        return urls + super().get_urls()

    def recapture_view(self, request: HttpRequest, briefing_id: int) -> HttpResponse:
        """Take the text pasted again, or its file; show what it changes; write it where that was confirmed."""
        briefing = self._whole(request, briefing_id)
        if not self.has_change_permission(request, briefing):
            raise PermissionDenied
        self._carries_public_events(briefing)
        if request.method != "POST" or "_back" in request.POST:
            return self._paste_page(request, briefing, self._unsent(request, briefing))
        try:
            sent_file = read_sent_file(request, briefing.text)
        except Refused as refused:
            form = CaptureForm(request.POST, briefing=briefing)
            form.add_error("file", str(refused))
            return self._paste_page(request, briefing, form)
        if sent_file is not None and sent_file.is_new:
            show_sent_file(request, sent_file)
        with transaction.atomic():
            return self._recaptured(request, briefing, sent_file)

    def _recaptured(self, request: HttpRequest, briefing: Briefing, sent_file: SentFile | None) -> HttpResponse:
        form = CaptureForm(request.POST, briefing=briefing, sent_file=sent_file)
        if not form.is_valid():
            return self._paste_page(request, briefing, form)
        replacement = TextReplacement(briefing, form.cleaned_data["text"])
        if "_confirm" not in request.POST:
            tell_notes(request)
            return self._difference_page(request, replacement, self._confirming(replacement, form))
        form = ConfirmForm(request.POST, replacement=replacement, sent_file=sent_file)
        return self._replace_text(request, replacement, form)

    def _unsent(self, request: HttpRequest, briefing: Briefing) -> CaptureForm:
        """Return the form to paste into: empty, with the stored text, or with what was pasted and is to be corrected."""
        if request.method == "POST":
            names = ("text", "captured_on", "change_reason")
            return CaptureForm(briefing=briefing, initial={name: request.POST.get(name, "") for name in names})
        return CaptureForm(briefing=briefing, initial={"text": briefing.text} if "stored" in request.GET else None)

    def _confirming(self, replacement: TextReplacement, form: CaptureForm) -> ConfirmForm:
        return ConfirmForm(
            replacement=replacement, initial=form.cleaned_data | {"seen": replacement.fingerprint, "accepted": []}
        )

    def _replace_text(self, request: HttpRequest, replacement: TextReplacement, form: ConfirmForm) -> HttpResponse:
        if not form.is_valid():
            return self._difference_page(request, replacement, form)
        cleaned = form.cleaned_data
        try:
            replace_text(
                replacement.briefing.pk,
                cleaned["text"],
                seen=cleaned["seen"],
                captured_on=cleaned["captured_on"],
                reason=cleaned["change_reason"],
                accepted=cleaned["accepted"],
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self._difference_page(request, replacement, form)
        except StaleText:
            messages.error(
                request,
                "Nothing was saved: the stored text, its citations or their events have changed since you compared. "
                "Below is what your text changes now.",
            )
            return self._difference_page(request, replacement, self._confirming(replacement, form))
        keep_sent(request, Briefing.objects.get(pk=replacement.briefing.pk), form.sent_file)
        self._tell(request, replacement, cleaned["accepted"])
        return redirect("admin:timeline_briefing_change", replacement.briefing.pk)

    def _tell(self, request: HttpRequest, replacement: TextReplacement, accepted: list[int]) -> None:
        """Say what was done, and name the citations whose words the text has no more."""
        self.log_change(
            request,
            replacement.briefing,
            f"Text captured again: {', '.join(outcome_counts(replacement)) or 'not cited'}.",
        )
        citations = f" Its citations: {', '.join(outcome_counts(replacement))}." if replacement.outcomes else ""
        messages.success(request, f"The new text is stored, and the earlier one kept.{citations}")
        if accepted:
            number = len(accepted)
            messages.success(
                request, f"{number} citation{'' if number == 1 else 's'} cite{'s' * (number == 1)} the new wording."
            )
        left = [outcome for outcome in replacement.outcomes if outcome.citation.pk not in accepted]
        left = [outcome for outcome in left if outcome.kind in (*KEPT, "lost", "ambiguous")]
        for outcome in left[:SHOWN_LOST]:
            what = "Stays with the earlier text" if outcome.keeps_version else outcome.kind.capitalize()
            messages.warning(request, f"{what}: {outcome.citation} in the event “{outcome.citation.event}”.")
        if len(left) > SHOWN_LOST:
            messages.warning(
                request, f"{len(left) - SHOWN_LOST} more are not in the text now. The workspace shows each."
            )

    def texts_view(self, request: HttpRequest, briefing_id: int) -> HttpResponse:
        """Show every text the briefing has had: when and by whom it was captured, its length and SHA-256."""
        briefing = self._whole(request, briefing_id)
        context = {"earlier": list(briefing.earlier_texts.without_text()), "came": _current_version(briefing)}
        originals = briefing.originals.select_related("received_by", "sealed_in", "package")
        context["originals"] = [row for row in originals if not row.sealed_in or row.may_be_had_by(request.user)]
        return self._text_page(request, briefing, "texts", "Text versions of this source", context)

    def earlier_text_view(self, request: HttpRequest, briefing_id: int, number: int) -> HttpResponse:
        """Show an earlier text, and what the one that followed it changed; take words of it to the page that cites them."""
        briefing = self._whole(request, briefing_id)
        texts = briefing.earlier_texts.select_related("recorded_by", "replaced_by")
        earlier = texts.filter(number=number).first()
        if earlier is None:
            raise Http404("This source never had that text.")
        following = texts.after(number).first() or briefing
        pieces = list(collapse_unchanged(full_diff(earlier.text, following.text)))
        context = {"earlier": earlier, "pieces": pieces, "before": f"text {number}", "after": f"text {number + 1}"}
        if earlier.was_public and request.user.has_perm("timeline.add_citation"):
            form = SelectionForm(briefing, request.POST if request.method == "POST" else None, earlier_text=earlier)
            if form.is_valid():
                page = "new_event" if "_new" in request.POST else "cite"
                part = signed_part(form.words, request.user)
                return redirect(f"admin:timeline_briefing_{page}", briefing.pk, part)
            may_add_event = request.user.has_perm("timeline.add_event")
            context |= {"form": form, "may_add_event": may_add_event, "words_address": request.path}
        elif request.method == "POST":
            raise PermissionDenied
        return self._text_page(request, briefing, "earlier_text", f"Text {number}", context | {"is_below": True})

    def _whole(self, request: HttpRequest, briefing_id: int) -> Briefing:
        """Return the briefing with its text, for those who may see it."""
        briefing = Briefing.objects.for_page().filter(pk=briefing_id).first()
        if briefing is None:
            raise Http404("No such source.")
        if not self.has_view_or_change_permission(request, briefing):
            raise PermissionDenied
        return briefing

    def _paste_page(self, request: HttpRequest, briefing: Briefing, form: CaptureForm) -> HttpResponse:
        return self._text_page(request, briefing, "recapture", _title(briefing), {"form": form})

    def _difference_page(self, request: HttpRequest, replacement: TextReplacement, form: ConfirmForm) -> HttpResponse:
        """Show what would change. The states of the events are beside what is lost."""
        context = {
            "form": form,
            "replacement": replacement,
            "pasted": request.POST["text"].replace("\r\n", "\n"),
            "pieces": list(collapse_unchanged(full_diff(replacement.briefing.text, replacement.text))),
            "before": "the stored text",
            "after": "the text you pasted",
            "groups": [(kind, HEADINGS[kind], outcomes) for kind, outcomes in replacement.by_kind()],
            "has_offers": any(outcome.offer for outcome in replacement.outcomes),
            "accepted": (form.cleaned_data if form.is_bound and form.is_valid() else {}).get("accepted", ()),
            "detail_fields": [form[name] for name in ("captured_on", "change_reason")],
        }
        return self._text_page(request, replacement.briefing, "difference", "What the new text changes", context)

    def _text_page(
        self, request: HttpRequest, briefing: Briefing, name: str, title: str, context: dict
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "subtitle": str(briefing),
            "briefing": briefing,
            "opts": self.opts,
            "may_change": self.has_change_permission(request, briefing),
            **context,
        }
        return TemplateResponse(request, f"admin/timeline/briefing/{name}.html", context)

    def recapture_url(self, request: HttpRequest, briefing: Briefing) -> str:
        """Return where the text is pasted again; empty: not by this person."""
        may = self.has_change_permission(request, briefing)
        return reverse("admin:timeline_briefing_recapture", args=[briefing.pk]) if may else ""


def _title(briefing: Briefing) -> str:
    return "Update the text" if briefing.text else "Paste the text"


def _current_version(briefing: Briefing):
    """Return the row of the history with which the present text came; None: there is none. Two or three queries."""
    return briefing.earlier_texts.version_with_text(briefing, briefing.text_sha256) if briefing.text else None
