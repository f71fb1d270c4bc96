"""Filters of a list under a name, of one account alone: stored, listed above the list, deleted."""

from dataclasses import dataclass

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.views.main import ERROR_FLAG, IS_FACETS_VAR, IS_POPUP_VAR, PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.options import Options
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from timeline.models import Preset
from timeline.models.preset import MOST, PresetKind

_OF_NO_FILTER = {PAGE_VAR, ERROR_FLAG, IS_POPUP_VAR, IS_FACETS_VAR}


@dataclass(frozen=True, slots=True)
class SavedFilters:
    table: str
    presets: QuerySet[Preset]  # read where the list is drawn: one query
    query: str  # the filter of the list as it is shown; "": there is none


def list_saved(request: HttpRequest, table: Options) -> SavedFilters:
    """Return the filters that this account has saved for a list. No query before they are drawn, then one."""
    presets = Preset.objects.of(request.user.pk, PresetKind.FILTER, table.label_lower)
    return SavedFilters(table.label_lower, presets, _filter_alone(request.GET))


def _filter_alone(query: QueryDict) -> str:
    """Return the query without the page and without what is empty, in one order: the same filter is the same words."""
    pairs = QueryDict(mutable=True)
    for name in sorted(query.keys() - _OF_NO_FILTER):
        if texts := [text for text in query.getlist(name) if text]:
            pairs.setlist(name, texts)
    return pairs.urlencode()


class FilterForm(forms.ModelForm):
    class Meta:
        model = Preset
        fields = ("name", "values")


@require_POST
def add_view(request: HttpRequest) -> HttpResponse:
    """Store the filter `values` of the list of `table` under `name`, and return to it."""
    address = _list_address(request, request.POST.get("table", ""))
    form = FilterForm(request.POST)
    if not form.is_valid():
        problems = " ".join(f"{form[name].label}: {' '.join(errors)}" for name, errors in form.errors.items())
        messages.error(request, f"The filter was not saved. {problems}")
        return redirect(address)
    name, values = form.cleaned_data["name"], _filter_alone(QueryDict(form.cleaned_data["values"]))
    if Preset.objects.store(request.user.pk, PresetKind.FILTER, request.POST["table"], name, values):
        messages.success(request, f"The filter is saved as “{name}”, for your account alone.")
    else:
        messages.error(request, f"The filter was not saved: {MOST} are saved for this list. Delete one first.")
    return redirect(f"{address}?{values}")


@require_POST
def delete_view(request: HttpRequest, preset_id: int) -> HttpResponse:
    saved = Preset.objects.filter(owner=request.user.pk, kind=PresetKind.FILTER)
    preset = get_object_or_404(saved, pk=preset_id)
    address = _list_address(request, preset.table)
    preset.delete()
    messages.success(request, f"The saved filter “{preset}” is deleted.")
    return redirect(address)


def _list_address(request: HttpRequest, table: str) -> str:
    """Return the address of the list of a table. Raises Http404 where there is none, PermissionDenied where it is not for this
    account."""
    model = {model._meta.label_lower: model for model in apps.get_models() if admin.site.is_registered(model)}.get(
        table
    )
    if model is None:
        raise Http404("There is no such list.")
    if not admin.site.get_model_admin(model).has_view_or_change_permission(request):
        raise PermissionDenied
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


urlpatterns = [
    path("add/", admin.site.admin_view(add_view), name="saved-filter-add"),
    path("<int:preset_id>/delete/", admin.site.admin_view(delete_view), name="saved-filter-delete"),
]
