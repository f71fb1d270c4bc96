"""A further address of a source, and its addresses as they are compared: without what is added to them on their way."""

from django.db import migrations, models

import timeline.models.validators
from timeline.text.source_address import comparable_address

AT_ONCE = 500
FURTHER = {
    "blank": True,
    "db_default": "",
    "default": "",
    "help_text": "Where the same document is to be read too, or was before it moved: one address a line.",
    "max_length": 4000,
    "validators": [timeline.models.validators.http_urls],
    "verbose_name": "further addresses",
}


def compare_addresses(apps, schema_editor):
    briefings = apps.get_model("timeline", "Briefing").objects
    stored = briefings.exclude(url="", archive_url="").order_by("pk").only("pk", "url", "archive_url")
    waiting = []
    for briefing in stored.iterator(chunk_size=AT_ONCE):
        briefing.comparable_url = comparable_address(briefing.url or briefing.archive_url)
        waiting.append(briefing)
        if len(waiting) == AT_ONCE:
            briefings.bulk_update(waiting, ["comparable_url"])
            waiting.clear()
    briefings.bulk_update(waiting, ["comparable_url"])


class Migration(migrations.Migration):
    dependencies = [("timeline", "0022_search_words")]

    operations = [
        migrations.AddField(
            "briefing", "comparable_further_urls", models.TextField(db_default="", default="", editable=False)
        ),
        migrations.AddField(
            "briefing", "comparable_url", models.CharField(db_default="", default="", editable=False, max_length=500)
        ),
        migrations.AddField("briefing", "further_urls", models.TextField(**FURTHER)),
        migrations.AddField("historicalbriefing", "further_urls", models.TextField(**FURTHER)),
        migrations.RunPython(compare_addresses, migrations.RunPython.noop),
        migrations.AddIndex("briefing", models.Index(fields=["comparable_url"], name="briefing_address")),
        migrations.AddIndex(
            "briefing",
            models.Index(
                condition=models.Q(("comparable_further_urls", ""), _negated=True), fields=["id"], name="briefing_further"
            ),
        ),
    ]
