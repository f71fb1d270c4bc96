"""Accounts and groups, under the same guard as the tables of the tracker."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from .guard import GuardedLists

admin.site.unregister([User, Group])


@admin.register(User)
class GuardedUserAdmin(GuardedLists, UserAdmin):
    pass


@admin.register(Group)
class GuardedGroupAdmin(GuardedLists, GroupAdmin):
    pass
