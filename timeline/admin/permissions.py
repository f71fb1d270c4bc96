"""Who may do what: the permissions of an account, and rows that public pages print."""

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Model, Q, QuerySet

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


class PublicRows:
    """For admins of actors, places, dossiers and event types."""

    def is_met(self, obj: Model) -> bool:
        """Return whether the public can meet this row. One query."""
        return type(obj).objects.public().contains(obj)

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
