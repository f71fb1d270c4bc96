"""Accounts and groups, under the same guard as the tables of the tracker.

Whoever may change accounts could, in stock Django, tick "superuser", for himself or for a friend, or take a superuser's
account over by setting its password. Here nobody gives more than he holds, or touches an account that holds more.
"""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from timeline.admin import permissions
from timeline.admin.lists.lookup_whitelist import GuardedLists

admin.site.unregister([User, Group])

ROLE_HELP = (
    "Choose one; each includes those before it: viewers read drafts, editors enter events, reviewers publish, administrators "
    "manage accounts. You can give only rights that you have."
)


@admin.register(User)
class GuardedUserAdmin(GuardedLists, UserAdmin):
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Person", {"fields": ["first_name", "last_name", "email"]}),
        ("What the account may do", {"fields": ["groups", "is_staff", "is_active"]}),
        ("When", {"fields": ["last_login", "date_joined"]}),
    ]
    beyond_roles = ("Beyond the roles", {"classes": ["collapse"], "fields": ["is_superuser", "user_permissions"]})
    add_fieldsets = [(None, {"fields": ["username", "usable_password", "password1", "password2", "groups"]})]
    readonly_fields = ["last_login", "date_joined"]
    list_display = ["username", "role", "first_name", "last_name", "is_staff", "is_active", "last_login"]
    filter_horizontal = ["user_permissions"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="role")
    def role(self, obj: User) -> str:
        names = ["Superuser"] if obj.is_superuser else sorted(group.name for group in obj.groups.all())
        return ", ".join(names) or "none"

    def get_fieldsets(self, request, obj=None):
        """Return what this person may see and set. A field that is left out here is taken from no form sent in."""
        fieldsets = super().get_fieldsets(request, obj)
        return [*fieldsets, self.beyond_roles] if obj and request.user.is_superuser else fieldsets

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Return the field; roles are selected here, and added in the list of groups."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "groups":
            field.widget.can_add_related = False
        return field

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs["queryset"] = permissions.groups_within(request.user).order_by("name")
            kwargs["widget"] = forms.CheckboxSelectMultiple
            field = super().formfield_for_manytomany(db_field, request, **kwargs)
            field.label, field.help_text = "Role", ROLE_HELP
            return field
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request, obj: User | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or self._is_within(request, obj))

    def has_delete_permission(self, request, obj: User | None = None) -> bool:
        """Return whether the account may be deleted. An account that was used is deactivated instead: the history names it."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or (obj.last_login is None and self._is_within(request, obj)))

    def _is_within(self, request, obj: User) -> bool:
        """Return whether the account holds nothing that its editor does not. One query for each account loaded."""
        if not hasattr(obj, "is_within"):
            obj.is_within = permissions.is_within(obj, request.user)
        return obj.is_within

    def save_model(self, request, obj, form, change):
        obj.is_staff = obj.is_staff or not change  # an account is made for the desk; nothing else asks to sign in
        super().save_model(request, obj, form, change)


@admin.register(Group)
class GuardedGroupAdmin(GuardedLists, GroupAdmin):
    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "permissions":
            kwargs["queryset"] = permissions.permissions_of(request.user)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request, obj: Group | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or self._is_within(request, obj))

    def has_delete_permission(self, request, obj: Group | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or self._is_within(request, obj))

    def _is_within(self, request, obj: Group) -> bool:
        if not hasattr(obj, "is_within"):
            obj.is_within = permissions.groups_within(request.user).contains(obj)
        return obj.is_within
