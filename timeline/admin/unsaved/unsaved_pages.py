"""The addresses under which forms are stored while they are filled in, the list of them, and what is answered to a form that
came without the right to it: after the end of its session, or after another sign-in."""

from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.csrf import csrf_failure
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from timeline.models import UnsavedForm

from .form_key import FIELD, FormKey, key_of, list_address, put_back_address, read_key

ANOTHERS = "The form that you sent belongs to the account that opened it. It is stored there, and was not saved."
NOT_SAVED = (
    "You signed in again since this form was opened. Nothing was saved; what you typed is below. Look at it and save."
)


@csrf_exempt  # the key is proof enough: it is signed, of one account, and of no use to another
@require_POST
def store_view(request: HttpRequest) -> HttpResponse:
    """Store the form of which `typed` holds the fields as a browser sends them, for the account that opened it: 204; 202
    where that is not signed in any more. 205: it was saved or discarded; 409: it has no key of
    ours; 413: it is too long."""
    key = read_key(request.POST.get(FIELD, ""))
    if key is None:
        return HttpResponse(status=409)
    status = key.store(request.POST.get("path", ""), QueryDict(request.POST.get("typed", "")))
    return HttpResponse(status=202 if status == 204 and request.user.pk != key.owner else status)


@require_POST
def discard_view(request: HttpRequest) -> HttpResponse:
    """Forget a form, and return to it as new, or to the list."""
    if key := _own_key(request):
        UnsavedForm.objects.finish(key.key, key.owner)
        messages.info(request, "What was typed is discarded.")
    back = request.GET.get("next", "")
    return redirect(back if url_has_allowed_host_and_scheme(back, None) else list_address())


def list_view(request: HttpRequest) -> HttpResponse:
    """Show what this account has typed and not saved."""
    forms = list(UnsavedForm.objects.waiting(request.user.pk).defer("typed"))
    context = admin.site.each_context(request) | {
        "title": "Unsaved forms",
        "unsaved_forms": [(form, key_of(form).signed()) for form in forms],
    }
    return TemplateResponse(request, "admin/timeline/unsaved_forms/list.html", context)


def _own_key(request: HttpRequest) -> FormKey | None:
    key = read_key(request.POST.get(FIELD, ""))
    return key if key and key.owner == request.user.pk else None


def stored_of(request: HttpRequest) -> FormKey | None:
    """Store what a form holds that may not be sent, and return its key; None: it has none, or it is too long."""
    key = read_key(request.POST.get(FIELD, ""))
    return key if key and key.store(request.path, request.POST) == 204 else None


def sign_in_again(request: HttpRequest) -> HttpResponse | None:
    """Return the way to sign in and to what was typed; None where nothing could be stored."""
    key = stored_of(request)
    return redirect_to_login(put_back_address(request.path, key), reverse("admin:login")) if key else None


def refuse_forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without the token of this sign-in: it is stored for the account that opened it, and put back. Where it
    has no key but comes from a page of this site, it can be sent again."""
    if not request.path.startswith("/admin/") or not request.user.is_authenticated:
        return csrf_failure(request, reason=reason)
    if key := stored_of(request):
        messages.warning(request, NOT_SAVED if key.owner == request.user.pk else ANOTHERS)
        return redirect(put_back_address(request.path, key) if key.owner == request.user.pk else request.path)
    is_ours = "HTTP_ORIGIN" in request.META and reason.startswith("CSRF token")  # its origin has been found right
    if not is_ours or any("password" in name for name in request.POST):
        return csrf_failure(request, reason=reason)
    fields = [(name, text) for name, texts in request.POST.lists() if name != "csrfmiddlewaretoken" for text in texts]
    return render(request, "admin/timeline/unsaved_forms/send_again.html", {"fields": fields}, status=403)


urlpatterns = [
    path("", admin.site.admin_view(list_view), name="unsaved-forms"),
    path("store/", store_view, name="unsaved-store"),
    path("discard/", admin.site.admin_view(discard_view), name="unsaved-discard"),
]
