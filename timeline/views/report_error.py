"""The form with which a reader reports an error: no account, no cookie, and nothing of it is shown in public."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from timeline.history.reports import LONGEST, SHORTEST, are_too_many, is_valid_token, report, report_token
from timeline.models import Citation, Event
from timeline.models.validators import plain_text
from timeline.request_limits import REPORTS, seconds_to_wait

EXPIRED = "This form has expired. What you wrote is still here: send it again."
CROWDED = "No more reports can be taken at the moment. Try again in a few days."


class ReportForm(forms.Form):
    label_suffix = ""

    words = forms.CharField(
        label="What is wrong, and how do you know?",
        min_length=SHORTEST,
        max_length=LONGEST,
        validators=[plain_text],
        widget=forms.Textarea({"rows": 6, "aria-describedby": "id_words_helptext"}),
        help_text=f"Up to {LONGEST:,} characters. Name a source if you can, and leave out details of private persons.",
        error_messages={"required": "Say what is wrong."},
    )
    token = forms.CharField(max_length=200, widget=forms.HiddenInput, required=False)

    def __init__(self, event: Event, sent=None):
        super().__init__(sent, initial={"token": report_token(event)})
        self.event = event

    def clean_words(self) -> str:
        return self.cleaned_data["words"].replace("\r\n", "\n")

    def clean(self) -> dict:
        if not is_valid_token(self.cleaned_data.get("token", ""), self.event):
            self.data = self.data.copy()
            self.data["token"] = report_token(self.event)
            raise ValidationError(EXPIRED)
        return self.cleaned_data


@csrf_exempt  # there is no session to misuse; a token says that the form is ours
def report_error(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask what is wrong with a public event or with one of its quotes (`citation`), and keep it for the editors."""
    event = Event.objects.public().filter(public_id=public_id).first()
    if event is None:
        if into := Event.objects.public().successor_of(public_id):
            return redirect("event-report", into.public_id, permanent=True)
        raise Http404("There is no public event at this address.")
    citation = _citation(event, request.GET.get("citation", ""))
    if request.method != "POST":
        return _page(request, event, citation, ReportForm(event), is_sent="sent" in request.GET)
    return _take(request, event, citation, ReportForm(event, request.POST))


def _citation(event: Event, public_id: str) -> Citation | None:
    """Return the quote that an address names; None: it names none. Raises Http404 where the event has no such quote."""
    if not public_id:
        return None
    if (citation := Citation.objects.public().filter(event=event, public_id=public_id[:20]).first()) is None:
        raise Http404("The event has no such quote.")
    return citation


def _take(request: HttpRequest, event: Event, citation: Citation | None, form: ReportForm) -> HttpResponse:
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        form.add_error(None, "This form was not sent from a page of this site.")
    if not form.is_valid():
        return _page(request, event, citation, form, status=400)
    if seconds := seconds_to_wait(request, REPORTS):
        minutes = max(1, round(seconds / 60))
        form.add_error(
            None, f"Too many reports from your address. Try again in {minutes} minute{'' if minutes == 1 else 's'}."
        )
        response = _page(request, event, citation, form, status=429)
        response["Retry-After"] = str(seconds)
        return response
    if are_too_many():
        form.add_error(None, CROWDED)
        return _page(request, event, citation, form, status=503)
    report(event, citation, form.cleaned_data["words"])
    response = redirect(f"{reverse('event-report', args=[event.public_id])}?sent")
    response.status_code = 303
    return response


def _page(
    request: HttpRequest, event: Event, citation: Citation | None, form: ReportForm, status=200, **said
) -> HttpResponse:
    context = {"event": event, "citation": citation, "form": form, "current": "timeline", **said}
    return render(request, "timeline/report_error.html", context, status=status)
