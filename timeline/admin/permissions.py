"""Who may do what: the permissions of an account, and rows that public pages print.

Why a row cannot be deleted: other rows depend on it. Django would name each of them, even a hundred thousand.
"""

from collections.abc import Iterator

from django.contrib.admin import AdminSite
from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Group, Permission, User
from django.db import models
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst

from .workflow.workflow_buttons import PUBLISH_PERMISSION


def permissions_of(user: User) -> QuerySet[Permission]:
    """Return the permissions of the account and of its groups; a superuser has all."""
    if user.is_superuser:
        return Permission.objects.all()
    return Permission.objects.filter(Q(user=user) | Q(group__user=user)).distinct()


def is_within(user: User, giver: User) -> bool:
    """Return whether `giver` has every permission of the account. At most one query."""
    if giver.is_superuser:
        return True
    return not user.is_superuser and not permissions_of(user).exclude(pk__in=permissions_of(giver)).exists()


def groups_within(giver: User) -> QuerySet[Group]:
    """Return the groups with no permission that `giver` lacks: those that he may assign and change."""
    if giver.is_superuser:
        return Group.objects.all()
    return Group.objects.exclude(permissions__in=Permission.objects.exclude(pk__in=permissions_of(giver)))


MOST_ASKED = 10  # accounts that are named to who may not add


class PublicRows:
    """For admins of actors, places, conflicts and event types."""

    def is_met(self, obj: Model) -> bool:
        """Return whether the public can meet this row. One query."""
        return type(obj).objects.public().contains(obj)

    def changelist_view(self, request, extra_context=None):
        """Show the list; who may not add to it reads whom to ask. One query more."""
        who_may_add = [] if self.has_add_permission(request) else self._who_may_add()
        return super().changelist_view(request, {"who_may_add": who_may_add} | (extra_context or {}))

    def _who_may_add(self) -> list[str]:
        permission = f"{self.opts.app_label}.{get_permission_codename('add', self.opts)}"
        users = User.objects.with_perm(permission, backend="django.contrib.auth.backends.ModelBackend")
        return list(users.order_by("username").values_list("username", flat=True)[:MOST_ASKED])

    def has_been_public(self, row: Model) -> bool:
        return self.is_met(row)

    def has_change_permission(self, request, obj: Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or self._is_free(request, obj))

    def has_delete_permission(self, request, obj: Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or self._is_free(request, obj))

    def _is_free(self, request, obj: Model) -> bool:
        if request.user.has_perm(PUBLISH_PERMISSION):
            return True
        if not hasattr(obj, "is_met"):
            obj.is_met = self.is_met(obj)
        return not obj.is_met

    def notices(self, request, obj: Model) -> list[str]:
        if self._is_free(request, obj):
            return super().notices(request, obj)
        return ["Public pages print this. Only those who may publish events can change it: ask a reviewer."]


MOST_NAMED = 20  # of one table; where more rows depend on these, Django does not collect them


def many_protecting(site: AdminSite, request: HttpRequest, rows) -> list[str]:
    """Return what keeps these rows of one table from being deleted, the first by name, the others counted; empty: of no
    table more than MOST_NAMED do. One query for each table that can hold them, and two more for each that holds many."""
    rows = list(rows)
    by_relation = (
        [(relation, _protecting_rows(relation, rows)) for relation in _protecting_relations(type(rows[0]))]
        if rows
        else []
    )
    if not any(protecting[MOST_NAMED : MOST_NAMED + 1].exists() for _, protecting in by_relation):
        return []
    return [line for relation, protecting in by_relation for line in _name_rows(site, request, relation, protecting)]


def _protecting_relations(model: type[models.Model]) -> list[models.ForeignObjectRel]:
    return [relation for relation in model._meta.related_objects if relation.on_delete is models.PROTECT]


def _protecting_rows(relation: models.ForeignObjectRel, rows: list[models.Model]) -> models.QuerySet:
    return relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": [row.pk for row in rows]})


def _name_rows(site: AdminSite, request: HttpRequest, relation, protecting: models.QuerySet) -> Iterator[str]:
    count, options, named = protecting.count(), relation.related_model._meta, 0
    if site.is_registered(relation.related_model):
        table = site.get_model_admin(relation.related_model)
        for row in table.get_queryset(request).filter(pk__in=protecting.order_by("pk").values("pk")[:MOST_NAMED]):
            address = reverse(f"{site.name}:{options.app_label}_{options.model_name}_change", args=[row.pk])
            yield format_html('{}: <a href="{}">{}</a>', capfirst(options.verbose_name), address, row)
            named += 1
    if rest := count - named:
        name = options.verbose_name if rest == 1 else options.verbose_name_plural
        yield f"{rest:,} {'more ' if named else ''}{name}"
