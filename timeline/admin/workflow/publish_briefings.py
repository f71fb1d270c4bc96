"""Publishes many briefings at once: first a page that names each. What has changed meanwhile is refused with the reason."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.response import TemplateResponse

from timeline import history
from timeline.history.change_reason import reason_for_change
from timeline.models import Briefing
from timeline.models.briefing import BriefingStatus

MOST = 500  # named on one page


@admin.action(description="Publish selected briefings", permissions=["publish"])
def publish_briefings(table, request, queryset):
    """Return the page that asks, or None where the list is to be shown again."""
    selected_ids = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
    if len(selected_ids) > MOST:
        messages.error(
            request, f"Nothing was done: at most {MOST} briefings at once. Narrow the list, or choose fewer."
        )
    elif not (drafts := list(Briefing.objects.drafts_among(selected_ids))):
        messages.warning(request, "Nothing was done: all of these are published.")
    elif "post" in request.POST:
        _publish_all(table, request, drafts)
    else:
        return _page(table, request, drafts, len(selected_ids) - len(drafts))
    return None


def _page(table, request, drafts: list[Briefing], published: int) -> TemplateResponse:
    seen = history.versions(Briefing, [briefing.pk for briefing in drafts], table.history_parts)
    context = table.admin_site.each_context(request) | {
        "title": "Publish these briefings",
        "opts": table.opts,
        "lines": [(briefing, seen[briefing.pk]) for briefing in drafts],
        "published": published,
        "checkbox": ACTION_CHECKBOX_NAME,
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/timeline/briefing/publish.html", context)


def _publish_all(table, request, drafts: list[Briefing]) -> None:
    made = 0
    for briefing in drafts:
        try:
            _publish_briefing(table, briefing.pk, request.POST.get(f"seen-{briefing.pk}", ""))
        except ValidationError as error:
            messages.warning(request, f"“{briefing}” was not published: {' '.join(error.messages)}")
        else:
            made += 1
    if made:
        messages.success(request, f"{made:,} briefing{' is' if made == 1 else 's are'} published.")


@transaction.atomic
def _publish_briefing(table, pk: int, seen: str) -> None:
    briefing = Briefing.objects.with_its_text().select_for_update().filter(pk=pk).first()
    if briefing is None:
        raise ValidationError("Somebody has deleted it.")
    if history.version(briefing, table.history_parts) != seen:
        raise ValidationError("Somebody has changed it meanwhile. Look at it, then choose it again.")
    briefing.status = BriefingStatus.PUBLISHED
    briefing.full_clean()
    with reason_for_change("Published with others"):
        briefing.save()
