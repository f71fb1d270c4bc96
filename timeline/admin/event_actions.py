"""What can be done to many events at once. Each event is judged on its own; those refused are named, with the reason."""

from collections.abc import Callable

from django.contrib import admin, messages
from django.contrib.admin.actions import delete_selected
from django.core.exceptions import ValidationError
from django.db import transaction

from timeline.models import Event
from timeline.models.event import Status

from .moves import PUBLISH_PERMISSION


class EventActions:
    actions = ["submit_selected", "publish_selected", "delete_selected"]

    def has_publish_permission(self, request, obj=None) -> bool:
        return request.user.has_perm(PUBLISH_PERMISSION)

    def has_delete_permission(self, request, obj: Event | None = None) -> bool:
        """Return whether the event may go for good; one that was ever public can only be withdrawn."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.published_at is None)

    @admin.action(description="Submit selected events for review", permissions=["change"])
    def submit_selected(self, request, queryset) -> None:
        self._each(request, queryset, Event.submit, "submitted for review")

    @admin.action(description="Publish selected events", permissions=["publish"])
    def publish_selected(self, request, queryset) -> None:
        self._each(request, queryset, _publish_unpublished, "published")

    @admin.action(description="Delete selected events that were never published", permissions=["delete"])
    def delete_selected(self, request, queryset):
        """Ask, and delete. Refused as a whole where one of them was public: none of them goes unnoticed."""
        with transaction.atomic():  # held: none of them is published between this look and the deletion
            public = [event for event in queryset.select_for_update(of=("self",)) if event.published_at]
            for event in public:
                messages.error(
                    request, f"“{event}” was published, so it cannot be deleted. Withdraw it on its own page."
                )
            return None if public else delete_selected(self, request, queryset)

    def _each(self, request, queryset, move: Callable[[Event], None], done: str) -> None:
        moved = 0
        for event in queryset:
            try:
                move(event)
            except ValidationError as error:
                messages.warning(request, f"“{event}” was not {done}: {' '.join(error.messages)}")
            else:
                moved += 1
                self.log_change(request, event, f"{done.capitalize()}.")
        if moved:
            messages.success(request, f"{moved} event{'' if moved == 1 else 's'} {done}.")


def _publish_unpublished(event: Event) -> None:
    if event.status == Status.WITHDRAWN:
        raise ValidationError("It was withdrawn. Publish it again on its own page, which asks for the reason.")
    event.publish()
