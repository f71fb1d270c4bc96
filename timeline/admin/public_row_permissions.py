"""Rows that public pages print: a change of theirs is public at once, so it is for those who may publish."""

from django.db.models import Model

from .workflow.workflow_buttons import PUBLISH_PERMISSION


class PublicRows:
    """For admins of actors, places, dossiers and event types."""

    def is_met(self, obj: Model) -> bool:
        """Return whether the public can meet this row. One query."""
        return type(obj).objects.public().contains(obj)

    def has_been_public(self, row: Model) -> bool:
        return self.is_met(row)

    def has_change_permission(self, request, obj: Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or self._is_free(request, obj))

    def has_delete_permission(self, request, obj: Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or self._is_free(request, obj))

    def _is_free(self, request, obj: Model) -> bool:
        if request.user.has_perm(PUBLISH_PERMISSION):
            return True
        if not hasattr(obj, "is_met"):
            obj.is_met = self.is_met(obj)
        return not obj.is_met

    def notices(self, request, obj: Model) -> list[str]:
        if self._is_free(request, obj):
            return super().notices(request, obj)
        return ["Public pages print this. Only those who may publish events can change it: ask a reviewer."]
