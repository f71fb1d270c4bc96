"""The basis that no source states has a new name; nothing stored changes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("timeline", "0026_text_hash_index"),
    ]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="assertion",
            field=models.CharField(
                choices=[
                    ("first_hand", "first-hand"),
                    ("not_told", "asserted, basis not stated"),
                    ("hearsay", "hearsay"),
                    ("presupposed", "taken for granted"),
                    ("question", "asserted in a question alone"),
                    ("none", "not asserted"),
                ],
                default="none",
                editable=False,
                max_length=11,
            ),
        ),
    ]
