from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.signals import post_migrate

# What Django checks of the settings (`check --deploy`) and of the database (before `migrate`).


def exports_leave_threads(app_configs, **options) -> list[Warning]:
    """Return a warning where exports, whose readers may stall, can hold every thread of a process."""
    if settings.EXPORTS_AT_ONCE < settings.THREADS:
        return []
    words = (
        f"EXPORTS_AT_ONCE is {settings.EXPORTS_AT_ONCE}, and a process of the server has THREADS = {settings.THREADS}."
    )
    hint = "Readers of exports who stall would stop the site: set EXPORTS_AT_ONCE lower, or THREADS higher."
    return [Warning(words, hint=hint, id="timeline.W001")]


def migrations_are_whole(app_configs, databases, **options) -> list[Error]:
    """Return an error for each database in which some of the migrations before the first release were run, and some not:
    they are one now, and Django would take it for run. One query a database."""
    from timeline.migrations import BEFORE_THE_FIRST_RELEASE

    errors = []
    for alias in databases or ():
        applied = {
            name for app, name in MigrationRecorder(connections[alias]).applied_migrations() if app == "timeline"
        }
        if 0 < len(applied.intersection(BEFORE_THE_FIRST_RELEASE)) < len(BEFORE_THE_FIRST_RELEASE):
            words = f"The database “{alias}” stopped between 0001_initial and {BEFORE_THE_FIRST_RELEASE[-1]}, which are one migration now."
            hint = "Run migrate with commit 26c4b36 first, which has them all, and then with this one."
            errors.append(Error(words, hint=hint, id="timeline.E001"))
    return errors


class TimelineConfig(AppConfig):
    name = "timeline"
    verbose_name = "Timeline"

    def ready(self) -> None:
        from timeline.database.transactions import refresh_after_migration
        from timeline.versions import (
            data_version,  # the models are loaded only now
            public_version,
        )

        register(exports_leave_threads, Tags.compatibility, deploy=True)
        register(migrations_are_whole, Tags.database)
        post_migrate.connect(refresh_after_migration, sender=self)
        data_version.watch()
        public_version.watch()
