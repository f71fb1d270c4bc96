from django.db import migrations, models
from django.db.models.deletion import SET_NULL

import timeline.models.validators


class Migration(migrations.Migration):
    dependencies = [("timeline", "0041_clean_texts")]

    operations = [
        migrations.AlterField(
            "pendingchange",
            "reason",
            models.CharField(blank=True, max_length=1000, validators=[timeline.models.validators.plain_text]),
        ),
        migrations.AddField(
            "pendingchange",
            "about_citation",
            models.ForeignKey(
                blank=True, null=True, on_delete=SET_NULL, related_name="reports", to="timeline.citation"
            ),
        ),
    ]
