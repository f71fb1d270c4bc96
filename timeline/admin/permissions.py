"""Who holds which rights. What a closed account held counts as held: it can be opened again."""

from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet


def permissions_of(user: User) -> QuerySet[Permission]:
    """Return the account's rights, of its groups and its own; a superuser holds all there are."""
    if user.is_superuser:
        return Permission.objects.all()
    return Permission.objects.filter(Q(user=user) | Q(group__user=user)).distinct()


def is_within(user: User, giver: User) -> bool:
    """Return whether `giver` holds all that the account holds. At most one query."""
    if giver.is_superuser:
        return True
    return not user.is_superuser and not permissions_of(user).exclude(pk__in=permissions_of(giver)).exists()


def groups_within(giver: User) -> QuerySet[Group]:
    """Return the groups that give nothing beyond what `giver` holds: those he may put others in, and change."""
    if giver.is_superuser:
        return Group.objects.all()
    return Group.objects.exclude(permissions__in=Permission.objects.exclude(pk__in=permissions_of(giver)))
