"""Since when each briefing has the text that it has now."""

from django.db.models import Max, Min, Q


def date_texts(apps, schema_editor):
    """Date the texts that came after their briefing: in place of another, or later than the row."""
    briefings = apps.get_model("timeline", "Briefing").objects.exclude(text_sha256="")
    history = apps.get_model("timeline", "HistoricalBriefing").objects
    for briefing in briefings.annotate(last=Max("earlier_texts__replaced_at")).only("text_sha256").iterator():
        stored_at = briefing.last
        if stored_at is None:
            dates = history.filter(id=briefing.pk).aggregate(
                first=Min("history_date"), came=Min("history_date", filter=Q(text_sha256=briefing.text_sha256))
            )
            stored_at = dates["came"] if dates["came"] != dates["first"] else None
        if stored_at is not None:
            briefings.filter(pk=briefing.pk).update(text_stored_at=stored_at)
