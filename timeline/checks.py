"""What `manage.py check --deploy` says of the settings."""

from django.conf import settings
from django.core.checks import Warning


def exports_leave_threads(app_configs, **options) -> list[Warning]:
    """Return a warning where exports, whose readers may stall, can hold every thread of a process."""
    if settings.EXPORTS_AT_ONCE < settings.THREADS:
        return []
    words = (
        f"EXPORTS_AT_ONCE is {settings.EXPORTS_AT_ONCE}, and a process of the server has THREADS = {settings.THREADS}."
    )
    hint = "Readers of exports who stall would stop the site: set EXPORTS_AT_ONCE lower, or THREADS higher."
    return [Warning(words, hint=hint, id="timeline.W001")]
