"""What can be done to many events at once."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError, RestrictedError

from timeline.admin.forms.fields import CommentField, ReasonField
from timeline.admin.forms.record_form import ChangeForm, withheld_field
from timeline.admin.tables.event_forms import WithdrawalForm
from timeline.history.change_reason import reason_for_change
from timeline.models import Conflict, Event
from timeline.models.event import Status
from timeline.models.history_field import ChangeClass

from .bulk_actions import BulkAction, BulkForm, action_of
from .workflow_buttons import PUBLISH_PERMISSION

_NAMES = {
    Status.DRAFT: "drafts",
    Status.REVIEW: "events in review",
    Status.PUBLISHED: "published events",
    Status.WITHDRAWN: "withdrawn events",
}
_ONLY_REVIEWERS = "It has been public, and changing it needs the permission to publish."


class ReturnForm(BulkForm):
    comment = CommentField(
        label="Comment for the author",
        missing="Say what needs to be done; the person who entered the event reads it.",
    )


class WithdrawForm(BulkForm):
    reason = WithdrawalForm.base_fields["reason"]
    reason_withheld = withheld_field()


class FileForm(BulkForm, ChangeForm):
    """Which conflict they belong to, and why where one of them has been public."""

    conflict = forms.ChoiceField(
        label="Conflict", error_messages={"required": "Choose a conflict, or say that they belong to none."}
    )
    reason = ReasonField(required=False)

    def __init__(self, data, events: list[Event]):
        super().__init__(data, events)
        self.conflicts = {str(conflict.pk): conflict for conflict in Conflict.objects.all()} | {"none": None}
        named = [
            (key, str(conflict) if conflict else "None: not part of a conflict")
            for key, conflict in self.conflicts.items()
        ]
        self.fields["conflict"].choices = [("", "Choose …"), *named]
        self.ask_kind(any(event.published_at for event in events), ChangeClass.TYPO)
        if "change_class" in self.fields:
            self.fields[
                "reason"
            ].help_text = "Needed unless it is an update: some have been public, and readers see it."
        self.order_fields(["conflict", "change_class", "reason", "reason_withheld"])

    def clean_reason(self) -> str:
        return self.reason_where_needed("reason")

    def clean_conflict(self) -> Conflict | None:
        return self.conflicts[self.cleaned_data["conflict"]]


def _only(*states: Status):
    """Return a refusal for events in other states than these, and for those this person may not change."""

    def refusal(table, request, event: Event) -> str:
        if event.status not in states:
            wanted = " and ".join(filter(None, [", ".join(map(_NAMES.get, states[:-1])), _NAMES[states[-1]]]))
            return f"It is {event.get_status_display().lower()}; this is for {wanted}."
        return "" if table.has_change_permission(request, event) else _ONLY_REVIEWERS

    return refusal


def _not_publishable(table, request, event: Event) -> str:
    if event.status == Status.WITHDRAWN:
        return "It was withdrawn. Publish it again on its own page, which asks for the reason."
    if refused := _only(Status.DRAFT, Status.REVIEW)(table, request, event):
        return refused
    return " ".join(event.obstacles_from(event.is_supported, event.is_checkable, request.user))


def _not_deletable(table, request, event: Event) -> str:
    if event.published_at:
        return "It was published, so it cannot be deleted. Withdraw it."
    if event.has_merged:
        return "Another event became part of it, and its address leads here."
    if event.citation_count and not request.user.has_perm("timeline.delete_citation"):
        return "Its citations would be deleted too, and you may not delete these."
    return "" if table.has_delete_permission(request, event) else "You may not delete it."


def _submit(table, request, event: Event, answers: dict) -> None:
    event.submit(request.user)
    table.log_change(request, event, "Submitted for review.")


def _publish(table, request, event: Event, answers: dict) -> None:
    event.publish(request.user)
    table.log_change(request, event, "Published.")


def _return(table, request, event: Event, answers: dict) -> None:
    event.return_to_draft(answers["comment"], request.user)
    table.log_change(request, event, f"Returned to draft: {answers['comment']}")


def _withdraw(table, request, event: Event, answers: dict) -> None:
    with reason_for_change(answers["reason"]):
        event.withdraw(answers["reason"], withheld=answers["reason_withheld"])
    table.log_change(request, event, f"Withdrawn: {answers['reason']}")


def _file(table, request, event: Event, answers: dict) -> None:
    if event.conflict == answers["conflict"]:
        return
    event.conflict = answers["conflict"]
    kind = answers.get("change_class", "") if event.published_at else ""
    with reason_for_change(answers["reason"], change_class=kind, withheld=answers.get("reason_withheld", False)):
        event.save()
    table.log_change(request, event, f"Conflict: {event.conflict or 'none'}.")


def _delete(table, request, event: Event, answers: dict) -> None:
    table.log_deletions(request, [event])
    try:
        event.delete()
    except (ProtectedError, RestrictedError) as error:
        raise ValidationError("Something else still needs it.") from error


def _loss(event: Event) -> str:
    parts = {
        "citation": event.citation_count,
        "participant": event.participation_count,
        "relation": event.relation_count,
    }
    lost = [f"{count} {name}{'' if count == 1 else 's'}" for name, count in parts.items() if count]
    return f"Deleted permanently, with {' and '.join(lost)}." if lost else "Goes for good."


BULK = (
    BulkAction(
        *("submit_selected", "Submit selected events for review", "change", "Submit for review"),
        done="submitted for review",
        outcome=lambda event: "Waits for a reviewer.",
        refusal=_only(Status.DRAFT),
        apply=_submit,
    ),
    BulkAction(
        *("publish_selected", "Publish selected events", "publish", "Publish"),
        done="published",
        outcome=lambda event: "Will be public at once.",
        refusal=_not_publishable,
        apply=_publish,
    ),
    BulkAction(
        *("return_selected", "Return selected events to draft", "change", "Return to draft"),
        done="returned to draft",
        outcome=lambda event: "Becomes a draft, with your comment.",
        refusal=_only(Status.REVIEW),
        apply=_return,
        form=ReturnForm,
    ),
    BulkAction(
        *("withdraw_selected", "Withdraw selected events", "publish", "Withdraw"),
        done="withdrawn",
        outcome=lambda event: "Leaves timeline and exports; its page shows your reason.",
        refusal=_only(Status.PUBLISHED),
        apply=_withdraw,
        form=WithdrawForm,
    ),
    BulkAction(
        *("file_selected", "Set the conflict of selected events", "change", "Set the conflict"),
        done="assigned to the selected conflict",
        outcome=lambda event: f"Now: {event.conflict or 'none'}.",
        refusal=_only(Status.DRAFT, Status.REVIEW, Status.PUBLISHED, Status.WITHDRAWN),
        apply=_file,
        form=FileForm,
    ),
    BulkAction(
        *("delete_selected", "Delete selected events that were never published", "delete", "Delete for good"),
        done="deleted",
        outcome=_loss,
        refusal=_not_deletable,
        apply=_delete,
        removes=True,
    ),
)


class EventActions:
    actions = [action_of(bulk) for bulk in BULK]

    def has_publish_permission(self, request, obj=None) -> bool:
        return request.user.has_perm(PUBLISH_PERMISSION)

    def has_delete_permission(self, request, obj: Event | None = None) -> bool:
        """Return whether the event may be deleted; an event that was ever public can only be withdrawn."""
        is_free = obj is None or (obj.published_at is None and obj.status != Status.MERGED)
        return super().has_delete_permission(request, obj) and is_free
