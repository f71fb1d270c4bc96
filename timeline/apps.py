from django.apps import AppConfig
from django.core.checks import Tags, register

from .checks import exports_leave_threads


class TimelineConfig(AppConfig):
    name = "timeline"
    verbose_name = "Timeline"

    def ready(self) -> None:
        from timeline import public_revision, revision  # the models are loaded only now

        register(exports_leave_threads, Tags.compatibility, deploy=True)
        revision.watch()
        public_revision.watch()
