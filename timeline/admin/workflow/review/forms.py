from django import forms

from timeline.admin.workflow.event_actions import ReturnForm


class CommentForm(forms.Form):
    """What is to be done before an event can be published."""

    comment = ReturnForm.base_fields["comment"]
