"""Adding what a picker does not find: a few fields inside the form that is being filled in, without another window."""

from itertools import count

from django import forms
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse

from timeline.database.transactions import take_write_lock
from timeline.history.change_reason import reason_for_change
from timeline.text.languages import romanised_slug

from .ranking import alike

LONGEST_SLUG = 70  # characters
MOST_TYPED = 300  # characters of a name
WHY = "Added from another form"


class QuickAddPages:
    """For admins of tables that pickers can add to: the fields, and what they add. Needs the permission to add."""

    quick_fields: list[str] = []

    def get_urls(self):
        name = f"timeline_{self.opts.model_name}_quick_add"
        return [path("quick-add/", self.admin_site.admin_view(self.quick_add_view), name=name), *super().get_urls()]

    def quick_add_view(self, request: HttpRequest) -> HttpResponse:
        """Return the fields, as a fragment; or the row that they made: {"id", "text"}. What is called so already, or sounds
        so, is shown first, and added only with the parameter `sure`."""
        if not (self.has_add_permission(request) and self.has_view_permission(request)):
            raise PermissionDenied
        typed = request.GET.get("name", "").strip()[:MOST_TYPED]
        form = self.quick_form(request.POST if request.method == "POST" else None, self.quick_values(typed))
        similar: list[models.Model] = [] if form.is_bound else self.quick_known(typed)
        if form.is_valid():
            rows = self.model.objects.not_merged()
            similar = [] if "sure" in request.POST else alike(rows, form.cleaned_data["name"])
            if not similar:
                row = self.quick_add(request, form)
                return JsonResponse({"id": row.pk, "text": str(row)}, status=201)
        context = {"form": form, "of": self.opts.verbose_name}
        context["similar"] = [(row, self.offer_detail(row)) for row in similar]
        return render(request, "admin/timeline/_quick_add.html", context, status=422 if form.is_bound else 200)

    def quick_values(self, name: str) -> dict[str, str]:
        """Return what the fields begin with for a name that was typed."""
        return {"name": name}

    def quick_known(self, name: str) -> list[models.Model]:
        """Return rows that are meant by a name that was typed, though they are called otherwise."""
        return []

    def quick_added(self, row: models.Model) -> None:
        """Add to a new row what is known of it beside its fields."""

    def quick_form(self, typed, initial: dict[str, str]) -> forms.ModelForm:
        made = forms.modelform_factory(self.model, form=self.form, fields=self.quick_fields)
        form = made(typed, auto_id="quick_%s", initial=initial)
        form.order_fields(self.quick_fields)
        for name in set(form.fields) - set(self.quick_fields):
            del form.fields[name]
        for field in form.fields.values():
            field.help_text = ""
            field.widget.attrs["form"] = "quick-add"  # of no form of the page: its fields are not sent with that one
        return form

    def quick_add(self, request: HttpRequest, form: forms.ModelForm) -> models.Model:
        """Save the row of a form that is valid, with what is known of it beside."""
        with reason_for_change(WHY), transaction.atomic():
            take_write_lock()
            row = form.instance
            row.slug = self._free_slug(row.name)
            self.save_model(request, row, form, change=False)
            self.quick_added(row)
            self.log_addition(request, row, [{"added": {}}])
        return row

    def _free_slug(self, name: str) -> str:
        """Return a slug made of the name that no row has. One query for each that is taken."""
        plain = romanised_slug(name)[:LONGEST_SLUG].strip("-") or "named"
        slugs = (plain if number == 1 else f"{plain}-{number}" for number in count(1))
        return next(slug for slug in slugs if not self.model.objects.filter(slug=slug).exists())


def quick_add_address(site: AdminSite, request: HttpRequest, table: type[models.Model]) -> str:
    """Return where rows of this table are added from a picker; "": they are not, or not by this person. No query."""
    table_admin = site.get_model_admin(table) if site.is_registered(table) else None
    if not (isinstance(table_admin, QuickAddPages) and table_admin.has_add_permission(request)):
        return ""
    return reverse(f"admin:timeline_{table._meta.model_name}_quick_add")
