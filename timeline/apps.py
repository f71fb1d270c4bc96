from django.apps import AppConfig


class TimelineConfig(AppConfig):
    name = "timeline"
    verbose_name = "Timeline"

    def ready(self) -> None:
        from timeline import public_revision, revision  # the models are loaded only now

        revision.watch()
        public_revision.watch()
