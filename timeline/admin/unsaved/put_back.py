"""The form of a row, as it was when it could not be saved."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from timeline.admin.edit_conflicts import answer_to_stale, is_stale
from timeline.models import UnsavedForm

from .form_key import FIELD, FormKey, new_key, read_key

GONE = "What was typed there is no longer stored: it was saved or discarded, or a week has passed."


class PutBackForms:
    """Mixin for admins: their forms have a key, and can be put back by it. The form itself knows `is_shown_only`."""

    def changeform_view(self, request: HttpRequest, object_id=None, form_url="", extra_context=None) -> HttpResponse:
        if request.method != "GET" or FIELD not in request.GET:
            return super().changeform_view(request, object_id, form_url, extra_context)
        unsaved = self._unsaved_form(request, object_id)
        if unsaved is None:
            messages.warning(request, GONE)
            return redirect(request.path)
        return self._put_back(request, unsaved, object_id, form_url, extra_context)

    def _unsaved_form(self, request: HttpRequest, object_id: str | None) -> UnsavedForm | None:
        """Return what this account has typed into this form, or into another for a new row of this table. One query."""
        key = read_key(request.GET[FIELD])
        if key is None or key.owner != request.user.pk or key.table != self.opts.label_lower:
            return None
        unsaved = UnsavedForm.objects.waiting(key.owner).filter(key=key.key).first()
        return unsaved if unsaved and (object_id is None or unsaved.path == request.path) else None

    def _put_back(self, request: HttpRequest, unsaved: UnsavedForm, object_id: str | None, *arguments) -> HttpResponse:
        """Show the form as if it had been sent in, but checked for nothing and never saved."""
        typed = QueryDict(unsaved.typed, mutable=True)
        typed[FIELD] = request.GET[FIELD]
        self.refill(unsaved, typed)
        _ = request.FILES  # read now: when it is read first, what was sent takes the place of what is put back
        request.method, request.POST = "POST", typed
        if object_id and is_stale(self, request, object_id) and (answer := answer_to_stale(self, request, object_id)):
            return answer
        request.put_back = unsaved
        answer = self._changeform_view(request, object_id, *arguments)
        request.method = "GET"
        return answer

    def refill(self, unsaved: UnsavedForm, typed: QueryDict) -> None:
        """Change what is put back, where the form was opened again for something else."""

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.is_shown_only = hasattr(request, "put_back") and not getattr(request, "conflict", None)
        form.unsaved_key = new_key(request, self.opts.label_lower).signed()
        return form

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context |= {"put_back": getattr(request, "put_back", None), "is_sent": request.method == "POST"}
        if request.method == "GET":
            context["stored"] = UnsavedForm.objects.waiting(request.user.pk).filter(path=request.path).first()
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        finish_form(request)


def finish_form(request: HttpRequest) -> None:
    """Forget what was stored of the form that is saved now. At most one query."""
    key: FormKey | None = read_key(request.POST.get(FIELD, ""))
    if key and key.owner == request.user.pk:
        UnsavedForm.objects.finish(key.key, key.owner)
