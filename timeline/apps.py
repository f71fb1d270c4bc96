from django.apps import AppConfig
from django.core.checks import Tags, register

from .checks import exports_leave_threads, migrations_are_whole


class TimelineConfig(AppConfig):
    name = "timeline"
    verbose_name = "Timeline"

    def ready(self) -> None:
        from .versions import data_version, public_version  # the models are loaded only now

        register(exports_leave_threads, Tags.compatibility, deploy=True)
        register(migrations_are_whole, Tags.database)
        data_version.watch()
        public_version.watch()
