"""What a source is, and who may read it."""

from django.db import models
from django.db.models import Q

READ_IN_FULL = (
    "Every event that this source reports has been looked for. Readers then see that a day without events was read; "
    "leave it off where only a passage was."
)


class BriefingKind(models.TextChoices):
    PRESS_BRIEFING = "press_briefing", "Press briefing"
    INTERVIEW = "interview", "Interview"
    REMARKS = "remarks", "Speech or remarks"
    READOUT = "readout", "Readout"
    STATEMENT = "statement", "Statement"
    FACT_SHEET = "fact_sheet", "Fact sheet"
    PRESS_RELEASE = "press_release", "Press release"
    SOCIAL_POST = "social_post", "Social post"
    REPORT = "report", "Report"
    NEWS_ITEM = "news_item", "News item"
    DATA_RECORD = "data_record", "Data-set record"


class BriefingStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    REVIEW = "review", "In review"
    PUBLISHED = "published", "Published"


def merged_is_hidden() -> models.CheckConstraint:
    """Return the rule that a source which became part of another is no longer public."""
    return models.CheckConstraint(
        name="briefing_merged_is_hidden",
        condition=Q(merged_into=None) | Q(status=BriefingStatus.DRAFT),
        violation_error_message="It became part of another: publish that one.",
    )
