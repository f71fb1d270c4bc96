"""What every table of the tracker has in the admin: a history, a reason for each change, and no lost update."""

from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import SEARCH_VAR
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse
from simple_history.admin import SimpleHistoryAdmin

from timeline import history
from timeline.database.faults import classify_error, log_fault
from timeline.database.transactions import take_write_lock
from timeline.history.change_reason import reason_for_change
from timeline.models import Citation

from .edit_conflicts import StaleRow, answer_to_repeat, answer_to_stale, changes_since_seen, is_stale, record_submission
from .forms.record_form import RecordForm, change_options
from .history_pages import HistoryPage, RestorePages
from .lists.lookup_whitelist import ROW_ID, GuardedLists
from .lists.paginators import KeysetPaginator, PagedList, SearchPaginator
from .permissions import many_protecting
from .pickers import ranking
from .pickers.quick_add import quick_add_address
from .pickers.widget import Picker
from .unsaved.put_back import PutBackForms


class WithPickers:
    """Gives every field of `autocomplete_fields` a picker. For admins and inlines alike."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = Picker(db_field, self.admin_site, using=kwargs.get("using"))
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field and "merged_into" in {column.name for column in db_field.related_model._meta.fields}:
            field.queryset = field.queryset.filter(merged_into=None)
            field.error_messages["invalid_choice"] = "It became part of another, or was deleted: choose again."
        return field

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Return the field without the links that view or delete the selected row."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = field.widget.can_view_related = False
            if isinstance(picker := field.widget.widget, Picker):
                picker.add_address = quick_add_address(self.admin_site, request, db_field.related_model)
                field.widget.can_add_related &= not picker.add_address
        return field


class RowInline(WithPickers):
    """Rows inside the form of another row."""

    extra = 0
    max_num = 300  # rows; also what a form sent in may claim to hold, since each claimed row is built

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, absolute_max=self.max_num, **kwargs)


class RecordAdmin(PutBackForms, RestorePages, HistoryPage, WithPickers, GuardedLists, SimpleHistoryAdmin):
    """A table with a history: every change is recorded, with who and why."""

    form = RecordForm
    list_per_page = 50
    paginator = KeysetPaginator
    named_by = ""  # the column with the row's name, by which pickers order it. Empty: in the list's order
    names_as_searched = ""  # the column with all its names, as `index_words` has them. Empty: it has one name
    save_on_top = False

    def get_urls(self):
        """Return the stock addresses. Those of an old version's form are left out: it would save past every rule."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        urls = [path("<int:row_id>/restore/", self.admin_site.admin_view(self.restore_view), name=name)]
        return urls + super(SimpleHistoryAdmin, self).get_urls()

    def get_changelist(self, request, **options):
        return PagedList

    def get_paginator(self, request, queryset, per_page, **options):
        paginator = SearchPaginator if request.GET.get(SEARCH_VAR, "").strip() else self.paginator
        return paginator(queryset, per_page, **options)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.refusal, form.conflict = getattr(request, "refusal", ""), getattr(request, "conflict", None)
        form.parts = tuple(self.history_parts)
        return form

    def _create_formsets(self, request, obj, change):
        """Return the rows inside the form. Beside what somebody else changed, and where they are put back, they are shown, and
        checked when sent again."""
        formsets, inlines = super()._create_formsets(request, obj, change)
        is_shown_only = getattr(request, "conflict", None) is not None or hasattr(request, "put_back")
        for formset in formsets:
            formset.is_shown_only = is_shown_only
        return formsets, inlines

    def get_object(self, request, object_id, from_field=None):
        """Return the row. Before a save, lock it first and then read it, so that the checks see its current state."""
        if request.method == "POST" and connection.in_atomic_block and ROW_ID.fullmatch(object_id):
            take_write_lock()
            self.model._base_manager.select_for_update(no_key=True).filter(pk=object_id).values_list("pk").first()
        return super().get_object(request, object_id, from_field)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Return the form or its answer. What only the database refuses is shown in the form, as typed."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        if "_saveasnew" in request.POST and not self.save_as:  # Django would take it all the same
            raise DisallowedModelAdminLookup("A row of this table is not saved as a new one.")
        arguments = (request, object_id, form_url, extra_context)
        if object_id is None and (answer := answer_to_repeat(self, request)):
            return answer
        answer = self._saved_once(*arguments)
        if object_id is None and answer.status_code == 200:  # two sent at once: the other was the first to be saved
            return answer_to_repeat(self, request) or answer
        return answer

    def _saved_once(self, request, object_id, *arguments):
        """Return the answer to a form that is sent in. Whatever it is not saved for, it comes back as typed."""
        try:
            reason = request.POST.get("change_reason", "")
            with reason_for_change(reason, **change_options(request.POST)), transaction.atomic():
                take_write_lock()
                if object_id and is_stale(self, request, object_id):
                    raise StaleRow
                return super().changeform_view(request, object_id, *arguments)
        except StaleRow:  # merged after the lock is released: others need not wait for it
            return answer_to_stale(self, request, object_id) or self._changeform_view(request, object_id, *arguments)
        except IntegrityError as error:
            request.refusal = refusal_message(error, self.broken_by_inlines())
        except DatabaseError as error:  # as where another writes for too long, or the disk is full
            fault = classify_error(error)
            if not (fault and fault.is_readable):
                raise
            log_fault(fault, error, request.path)
            request.refusal = fault.words
        return self._changeform_view(request, object_id, *arguments)

    def delete_view(self, request, object_id, extra_context=None):
        """Return the page of confirmation, or delete the row. If it has changed since the page was shown, show the changes first."""
        if request.method != "POST":
            return self._delete_as_seen(request, object_id, extra_context)
        with transaction.atomic():  # the row stays locked from the check of its version to the end
            return self._delete_as_seen(request, object_id, extra_context)

    def _delete_as_seen(self, request, object_id, extra_context):
        row = self.get_object(request, unquote(object_id)) if ROW_ID.fullmatch(unquote(object_id)) else None
        if row is None:
            return super().delete_view(request, object_id, extra_context)
        context = {"version": history.version(row, self.history_parts)}
        seen = request.POST.get("version", context["version"])
        if seen != context["version"]:
            context["since"] = changes_since_seen(row, self.history_parts, seen)
            request.POST = QueryDict()  # nothing is confirmed
        return super().delete_view(request, object_id, context | (extra_context or {}))

    def begin_again(self, request):
        """Return the form for a new row, filled in with what was typed for a row that is deleted."""
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_add")
        return super().changeform_view(request, None, address)

    def after_second_sending(self, request, obj: models.Model):
        """Return the answer to a form that was sent twice: the page of the row that it made the first time."""
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", obj.pk)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if not change:
            record_submission(self, request, obj)

    def get_search_results(self, request, queryset, search_term):
        """Return the rows that match. Merged rows are in the list, but no picker offers them; a picker offers the nearest name
        first, and what only sounds like it last."""
        is_offer = request.resolver_match and request.resolver_match.url_name == "autocomplete"
        if is_offer and hasattr(self.model, "merged_into"):
            queryset = queryset.filter(merged_into=None)
        matches, may_repeat = super().get_search_results(request, queryset, search_term)
        if is_offer and self.named_by and (words := " ".join(search_term.split())) and not matches.query.is_empty():
            sounds = ranking.sounds_like(words) if hasattr(self.model, "sounds") else []
            matching = matches | queryset.filter(sounds[-1]) if sounds else matches
            matches = ranking.nearest_first(matching, self.near_names(words), sounds)
        return matches, may_repeat

    def near_names(self, words: str) -> list[Q]:
        """Return which names are near to these words, the nearest first."""
        if self.names_as_searched:
            return ranking.names_in(self.names_as_searched, words)
        return ranking.name_in(self.named_by, words)

    def describe_offer(self, obj: models.Model) -> dict:
        """Return {"detail", "nearness", "exact"} of a row that a picker found; exact: its name (nearness 0) or another name of it
        (1) is just what was typed."""
        nearness = getattr(obj, "nearness", ranking.EXACT)
        return {"detail": self.offer_detail(obj), "nearness": nearness, "exact": nearness < ranking.EXACT}

    def offer_detail(self, obj: models.Model) -> str:
        """Return what tells the row from others of its name in a picker: its kind, its country."""
        return ""

    def broken_rule(self, error: IntegrityError) -> str:
        """Return in words what the database refused where no form was sent."""
        message = broken_constraint(error, [part.model for part in self.history_parts] + [self.model])
        return message or "The earlier state breaks a current rule: two lines would be the same."

    def broken_by_inlines(self) -> list[type[models.Model]]:
        """Return the tables whose constraints a save of this form can break."""
        return [self.model, *(inline.model for inline in self.inlines)]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        editable = self.has_change_permission(request, obj) if obj else True
        context |= {"asks_why": editable, "notices": self.notices(request, obj) if obj else []}
        context["conflict"] = getattr(request, "conflict", None)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def notices(self, request: HttpRequest, obj: models.Model) -> list[str]:
        """Return what an editor must know before changing this row."""
        return []

    def get_deleted_objects(self, objs, request):
        """Return what goes with the rows. Citations have no page to delete them on: the permission is enough."""
        if many := many_protecting(self.admin_site, request, objs):
            return [], {}, set(), many
        deleted, counts, needed, protected = super().get_deleted_objects(objs, request)
        if request.user.has_perm("timeline.delete_citation"):
            needed = needed - {Citation._meta.verbose_name}
        return deleted, counts, needed, protected


def refusal_message(error: IntegrityError, tables: list[type[models.Model]]) -> str:
    """Return in words what the database refused."""
    if message := broken_constraint(error, tables):
        return f"Nothing was saved. {message}"
    return (
        "Nothing was saved: two lines would be the same, or somebody else changed or deleted a row in the meantime. "
        "Open the page again in another window and compare."
    )


def broken_constraint(error: IntegrityError, tables: list[type[models.Model]]) -> str:
    """Return what the broken constraint of these tables says; empty: it is none of them."""
    for table in tables:
        for constraint in table._meta.constraints:
            if constraint.name in str(error):
                return constraint.get_violation_error_message()
    return ""
