"""Merge two duplicate rows: choose the other, compare the two, see what moves, confirm with a reason."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from timeline import history
from timeline.history.value_labels import RowFields, ValueLabels, field_label

from .edit_conflicts import changes_since_seen
from .forms.fields import ReasonField
from .lists.lookup_whitelist import ROW_ID
from .workflow.workflow_buttons import PUBLISH_PERMISSION

MOST_OFFERED = 20
MOST_SHOWN = 100  # of what moves, of each kind


class MergeForm(forms.Form):
    reason = ReasonField(
        label="Reason for the merge",
        help_text="Shown in the history of both with your name. Readers see it where a public page changes.",
        error_messages={"required": "Say why they are the same; the history of both shows it."},
    )


@dataclass(frozen=True, slots=True)
class Side:
    """One field of both."""

    name: str  # under which the value of the duplicate can be taken over; empty: it cannot
    label: str
    target: str
    duplicate: str
    is_taken: bool

    @property
    def differs(self) -> bool:
        return self.target != self.duplicate


class MergePages:
    """For the admin of events, of actors, of places and of sources."""

    merge_class: type
    merge_choices: dict[str, tuple[str, ...]] = {}  # what can be taken over from the duplicate -> its fields
    merge_fields: tuple[str, ...]  # compared
    merge_candidates: Callable[[models.Model], models.QuerySet]  # of a row: the rows that may be the same

    def get_urls(self):
        name = f"timeline_{self.opts.model_name}_merge"
        return [
            path("<int:row_id>/merge/", self.admin_site.admin_view(self.merge_view), name=name),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and obj.merged_into_id is None and request.user.has_perm(f"timeline.change_{self.opts.model_name}"):
            context["merge_url"] = reverse(f"admin:timeline_{self.opts.model_name}_merge", args=[obj.pk])
        return super().render_change_form(request, context, add, change, form_url, obj)

    def merge_view(self, request: HttpRequest, row_id: int) -> HttpResponse:
        """Offer rows to merge this one with; compare it with the selected row; merge."""
        row = self._row_to_merge(request, str(row_id))
        sent = request.POST if request.method == "POST" else request.GET
        if not sent.get("with"):
            return self._merge_choice(request, row)
        other = self._row_to_merge(request, sent["with"])
        merge = self._merge_of(row, other, sent.get("keep", ""))
        if request.method == "POST":
            return self._merge_sent(request, row, merge)
        return self._merge_compared(request, row, merge, MergeForm(), self._merge_proposed(merge))

    def _merge_of(self, row: models.Model, other: models.Model, keep: str):
        """Return the merge that keeps the row with this primary key; where none is named, this row, unless only the other can be
        kept."""
        into_row, into_other = self.merge_class(other, row), self.merge_class(row, other)
        if keep:
            return into_row if keep == str(row.pk) else into_other
        return into_other if into_row.obstacles() and not into_other.obstacles() else into_row

    def _row_to_merge(self, request: HttpRequest, key: str) -> models.Model:
        row = self.get_object(request, key) if ROW_ID.fullmatch(key) else None
        if row is None:
            raise Http404("No such row.")
        if not self.has_view_or_change_permission(request, row) or not request.user.has_perm(
            f"timeline.change_{self.opts.model_name}"
        ):
            raise PermissionDenied
        return row

    def _merge_refusals(self, request: HttpRequest, merge) -> list[str]:
        refusals = merge.obstacles()
        if not refusals and merge.is_public and not request.user.has_perm(PUBLISH_PERMISSION):
            refusals.append("Readers would see the change at once, so merging these needs the permission to publish.")
        return refusals

    def _merge_choice(self, request: HttpRequest, row: models.Model) -> HttpResponse:
        query = request.GET.get("q", "").strip()
        rows = self.get_queryset(request).filter(merged_into=None).exclude(pk=row.pk)
        if query:
            matches, _ = self.get_search_results(request, rows, query)
        else:
            matches = rows.filter(pk__in=self.merge_candidates(row).order_by().values("pk"))
        offers = list(matches[: MOST_OFFERED + 1])
        context = {"query": query, "offers": offers[:MOST_OFFERED], "is_more": len(offers) > MOST_OFFERED}
        return self._merge_page(request, row, "merge_choose", context)

    def _merge_proposed(self, merge) -> set[str]:
        """Return the choices that are empty in the target and filled in the duplicate; none where readers would see the change, which
        is chosen, not preset."""
        if merge.is_public:
            return set()
        columns = {
            choice: [self.opts.get_field(name).attname for name in names]
            for choice, names in self.merge_choices.items()
        }
        return {
            choice
            for choice, names in columns.items()
            if not _is_filled(merge.target, names) and _is_filled(merge.duplicate, names)
        }

    def _merge_sent(self, request: HttpRequest, row: models.Model, merge) -> HttpResponse:
        form, take = MergeForm(request.POST), set(request.POST.getlist("take")) & self.merge_choices.keys()
        pair = (merge.duplicate, merge.target)
        now = history.versions(self.model, [record.pk for record in pair], self.history_parts)
        stale = [record for record in pair if request.POST.get(f"seen-{record.pk}") != now[record.pk]]
        since = [
            changes_since_seen(record, self.history_parts, request.POST.get(f"seen-{record.pk}", ""))
            for record in stale
        ]
        if refusals := self._merge_refusals(request, merge):
            if merge.is_public and not merge.obstacles():
                raise PermissionDenied(refusals[0])
        elif not stale and form.is_valid():
            if (problems := self._apply_merge(merge, form.cleaned_data["reason"], take, now)) is None:
                return self._merge_done(request, merge, form.cleaned_data["reason"])
            return self._merge_compared(request, row, merge, form, take, problems=problems)
        return self._merge_compared(request, row, merge, form, take, since=since)

    def _apply_merge(self, merge, reason: str, take: set[str], seen: dict[int, str]) -> list[str] | None:
        """Merge; return in words why that cannot be, None where it is done."""
        try:
            merge.apply(reason, take, self._merge_confirm(seen))
        except ValidationError as error:
            return error.messages
        except IntegrityError:
            return ["Somebody else has just changed one of the two. Check them, then confirm again."]
        return None

    def _merge_confirm(self, seen: dict[int, str]):
        """Return a check, to be called once both rows are locked, that neither has changed since it was shown."""

        def confirm() -> None:
            if history.versions(self.model, list(seen), self.history_parts) != seen:
                raise ValidationError("Somebody else has just changed one of the two. Check them again.")

        return confirm

    def _merge_done(self, request: HttpRequest, merge, reason: str) -> HttpResponse:
        self.log_change(request, merge.duplicate, f"Merged into “{merge.target}”: {reason}"[:1000])
        self.log_change(request, merge.target, f"Took over “{merge.duplicate}”: {reason}"[:1000])
        messages.success(request, f"“{merge.duplicate}” is part of “{merge.target}” now, and its address leads there.")
        return redirect(f"admin:timeline_{self.opts.model_name}_change", merge.target.pk)

    def _merge_compared(self, request, row, merge, form, take, since=(), problems=()) -> HttpResponse:
        pair = (merge.duplicate, merge.target)
        refusals = self._merge_refusals(request, merge)
        context = {
            "merge": merge,
            "sides": self._merge_sides(merge, take),
            "groups": merge.groups(MOST_SHOWN),
            "refusals": [*refusals, *problems],
            "may_merge": not refusals,
            "form": form,
            "since": since,
            "seen": history.versions(self.model, [record.pk for record in pair], self.history_parts).items(),
            "other": merge.duplicate if merge.target.pk == row.pk else merge.target,
        }
        return self._merge_page(request, row, "merge", context)

    def _merge_sides(self, merge, take: set[str]) -> list[Side]:
        """Return the fields of both rows side by side; fields that are taken over together are in one line."""
        fields = [self.opts.get_field(name) for name in self.merge_fields]
        labels = ValueLabels([RowFields(record, fields) for record in (merge.target, merge.duplicate)])
        choice_of = {names[0]: choice for choice, names in self.merge_choices.items()}
        return [
            Side(
                choice_of.get(field.name, "") if self._differ(merge, field.name) else "",
                field_label(field),
                labels.display(merge.target, field),
                labels.display(merge.duplicate, field),
                choice_of.get(field.name) in take,
            )
            for field in fields
        ]

    def _differ(self, merge, name: str) -> bool:
        """Return whether the two rows differ in a field, or in a field that is taken over with it."""
        names = next((names for names in self.merge_choices.values() if names[0] == name), (name,))
        columns = [self.opts.get_field(field_name).attname for field_name in names]
        return any(getattr(merge.target, column) != getattr(merge.duplicate, column) for column in columns)

    def _merge_page(self, request: HttpRequest, row: models.Model, name: str, context: dict) -> HttpResponse:
        context |= self.admin_site.each_context(request) | {
            "title": f"Merge {self.opts.verbose_name}",
            "subtitle": str(row),
            "original": row,
            "opts": self.opts,
        }
        return TemplateResponse(request, f"admin/timeline/{name}.html", context)


def _is_filled(row: models.Model, columns: list[str]) -> bool:
    """Return whether one of the columns says something; 0 deaths is something."""
    return any(getattr(row, column) not in (None, "") for column in columns)
