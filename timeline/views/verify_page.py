from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt

from timeline.exports.manifest import UnverifiableFile
from timeline.exports.stream import TooManyExports
from timeline.exports.verification import check_files

MOST = 200 * 1024 * 1024  # bytes of one file
AROUND = 1024 * 1024  # bytes that a form may have around its files
TOO_LARGE = f"A file of more than {MOST // 1024**2} MB cannot be checked here. Compare its SHA-256 with its manifest's."
RETRY_AFTER = 30  # seconds


class VerifyForm(forms.Form):
    label_suffix = ""

    file = forms.FileField(
        required=False,
        label="File",
        help_text=f"As it was exported, up to {MOST // 1024**2} MB. Re-saving a file in a spreadsheet changes it, and the check will fail.",
    )
    manifest = forms.FileField(
        required=False,
        label="Manifest",
        help_text="Optional for JSON, GeoJSON and packages.",
    )

    def clean(self) -> dict:
        files = [file for file in (self.cleaned_data.get("file"), self.cleaned_data.get("manifest")) if file]
        if not files and not self.errors:
            raise forms.ValidationError("Choose the file, its manifest, or both.")
        if any(file.size > MOST for file in files):
            raise forms.ValidationError(TOO_LARGE)
        return self.cleaned_data | {"given": files}


@csrf_exempt  # it writes nothing; so that the size is known before anything is read
def verify_file(request: HttpRequest) -> HttpResponse:
    """Ask for a file, and say whether it is complete and unchanged, and what has changed in the data since."""
    if request.method != "POST":
        return answer(request, VerifyForm())
    if int(request.META.get("CONTENT_LENGTH") or 0) > 2 * MOST + AROUND:
        return answer(request, refused(TOO_LARGE), status=413)
    form = VerifyForm(request.POST, request.FILES)
    if not form.is_valid():
        return answer(request, form, status=400)
    try:
        return answer(request, form, verdict=check_files(form.cleaned_data["given"]))
    except UnverifiableFile as error:
        form.add_error(None, str(error))
        return answer(request, form, status=400)
    except TooManyExports:
        form.add_error(None, f"Other exports are running. Try again in {RETRY_AFTER} seconds.")
        response = answer(request, form, status=429)
        response["Retry-After"] = str(RETRY_AFTER)
        return response


def refused(words: str) -> VerifyForm:
    """Return the form with an error, and nothing read."""
    form = VerifyForm({})
    form.full_clean()
    form.errors.clear()
    form.add_error(None, words)
    return form


def answer(request: HttpRequest, form: VerifyForm, status: int = 200, **context) -> HttpResponse:
    return render(request, "timeline/verify.html", {"form": form, **context}, status=status)
