"""The editors' desk as an app: Django's admin, with a site of our own."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    default_site = "tracker.admin_site.DeskSite"
