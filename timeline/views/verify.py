from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from timeline.verification import NotUnderstood, verify

MOST = 200 * 1024 * 1024  # bytes of one file


class VerifyForm(forms.Form):
    file = forms.FileField(
        required=False, label="The file", help_text="As it was exported. Opened and saved again, it is another file."
    )
    manifest = forms.FileField(
        required=False,
        label="Its manifest",
        help_text="For JSON, GeoJSON and packages it can be left out: they say what they are.",
    )

    def clean(self) -> dict:
        given = [one for one in (self.cleaned_data.get("file"), self.cleaned_data.get("manifest")) if one]
        if not given and not self.errors:
            raise forms.ValidationError("Choose the file, its manifest, or both.")
        if any(one.size > MOST for one in given):
            raise forms.ValidationError(f"A file of more than {MOST // 1024**2} MB cannot be checked here.")
        return self.cleaned_data | {"given": given}


@require_http_methods(["GET", "HEAD", "POST"])
def verify_file(request: HttpRequest) -> HttpResponse:
    """Ask for a file, and say whether it is complete and unchanged, and what has changed in the data since."""
    if request.method != "POST":
        return render(request, "timeline/verify.html", {"form": VerifyForm()})
    form, verdict = VerifyForm(request.POST, request.FILES), None
    if form.is_valid():
        try:
            verdict = verify(form.cleaned_data["given"])
        except NotUnderstood as error:
            form.add_error(None, str(error))
    context = {"form": form, "verdict": verdict}
    return render(request, "timeline/verify.html", context, status=200 if verdict else 400)
