"""The form for a new source, filled in from a file."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from timeline.admin.source_files import SentFile, keep_sent, read_sent_file, show_sent_file
from timeline.extraction.extracted import Refused
from timeline.imports.briefings.document_fields import dated_where_published
from timeline.imports.briefings.publishers import Publishers
from timeline.imports.briefings.store_documents import briefing_of
from timeline.models import Briefing
from timeline.text.languages import identify_language

PRESET = "en"  # the language of a form that nobody has typed in


class SourceFilePages:
    """For the admin of briefings."""

    def changeform_view(self, request: HttpRequest, object_id=None, form_url="", extra_context=None) -> HttpResponse:
        """Return the form or its answer; with a file that nobody has seen yet, the form filled in, with nothing stored."""
        if request.method != "POST" or object_id is not None or not self.has_add_permission(request):
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            request.sent_file = sent_file = read_sent_file(request)
        except Refused as refused:
            request.refusal = f"Nothing is saved. {refused}"
            return self._changeform_view(request, object_id, form_url, extra_context)
        if sent_file is None or not sent_file.is_new:
            return super().changeform_view(request, object_id, form_url, extra_context)
        _fill_in(request, sent_file)
        request.refusal = (
            f"Nothing is saved yet. Check the text of “{sent_file.name}” and the fields that are filled in, then save."
        )
        return self._changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.sent_file = getattr(request, "sent_file", None)
        return form

    def keep_original_of_new(self, request: HttpRequest, briefing: Briefing) -> None:
        keep_sent(request, briefing, getattr(request, "sent_file", None))


def _fill_in(request: HttpRequest, sent_file: SentFile) -> None:
    """Fill the empty fields of the form with what the file says and what its words tell, and say what was found."""
    document, publishers = sent_file.document, Publishers()
    document = dated_where_published(document, publishers.zone_of(document))
    language = document.language or identify_language(sent_file.text)
    briefing, notes = briefing_of(document, language)
    if language and request.POST.get("language") == PRESET:
        request.POST = request.POST.copy()
        request.POST["language"] = language
    names = ("title", "slug", "kind", "published_on", "published_within", "captured_on", "url", "archive_url")
    filled = {name: getattr(briefing, name) for name in names}
    with suppress(Refused):
        filled["publisher"] = publishers.of(document).pk
    show_sent_file(request, sent_file, **filled)
    notes += [] if language else ["its language is not certain: choose it below"]
    turns = len(briefing.transcript.turns)
    summary = f"{briefing.get_kind_display()}, {turns:,} turn{'' if turns == 1 else 's'}, language {language or 'not certain'}"
    for note in (f"found: {summary}, published {briefing.published.edtf or 'on no known day'}", *notes):
        messages.info(request, f"In “{sent_file.name}”: {note}.")
