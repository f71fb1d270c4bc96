"""The admin: one module for each table under tables/, and the pages that stock Django does not have."""

from django.conf import settings
from django.contrib import admin

from . import imports, redaction_pages
from .forms.login_form import LoginForm
from .tables import accounts, actor, briefing, citation, conflict, data_set, event, event_type, place

admin.site.site_header = admin.site.site_title = settings.SITE_NAME
admin.site.index_title = "Editors’ desk"
admin.site.login_form = LoginForm
admin.site.empty_value_display = "none"
admin.site.enable_nav_sidebar = False  # the tables are in the head of the page, and leave its width to them

__all__ = ["actor", "briefing", "citation", "conflict", "data_set", "event", "event_type", "imports", "place"]
__all__ += ["accounts", "redaction_pages"]
