"""The discussion of events, and changes proposed for public ones. What reviewers wrote of events before becomes its notes.

The history tells who returned an event, and when; it loses the column, and no word is lost.
"""

import django.db.models.deletion
import timeline.models.validators
from django.conf import settings
from django.db import migrations, models


def comments_to_notes(apps, schema_editor):
    """Make a note of each comment that came with a return, as the history has it."""
    database = schema_editor.connection.alias
    ReviewNote = apps.get_model("timeline", "ReviewNote")
    event_rows = apps.get_model("timeline", "HistoricalEvent").objects.using(database)
    existing = apps.get_model("timeline", "Event").objects.using(database)
    commented = event_rows.exclude(review_comment="").values("id")
    rows = event_rows.filter(id__in=commented).order_by("id", "history_id")
    before, notes, known = {}, [], set()
    columns = ("id", "review_comment", "history_user_id", "history_date", "history_type")
    alive = set(existing.filter(pk__in=commented).values_list("pk", flat=True))
    for event, comment, user, at, kind in rows.values_list(*columns):
        if comment and comment != before.get(event) and event in alive and kind != "-":
            notes.append(ReviewNote(event_id=event, kind="returned", text=comment, author_id=user, written_at=at))
            known.add((event, comment))
        before[event] = comment
    for event, comment, at in existing.exclude(review_comment="").values_list("pk", "review_comment", "updated_at"):
        if (event, comment) not in known:  # of rows without a history
            notes.append(ReviewNote(event_id=event, kind="returned", text=comment, written_at=at))
    ReviewNote.objects.using(database).bulk_create(notes, batch_size=500)


def notes_to_comments(apps, schema_editor):
    """Give each draft the comment with which it came back last."""
    database = schema_editor.connection.alias
    events = apps.get_model("timeline", "Event").objects.using(database)
    notes = apps.get_model("timeline", "ReviewNote").objects.using(database)
    for event, text in notes.filter(kind="returned", event__status="draft").order_by("pk").values_list("event", "text"):
        events.filter(pk=event).update(review_comment=text)


class Migration(migrations.Migration):
    dependencies = [
        ("timeline", "0031_redaction"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PendingChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("written_at", models.DateTimeField(auto_now_add=True)),
                ("version", models.CharField(blank=True, max_length=300)),
                ("before", models.JSONField(blank=True, default=dict)),
                ("after", models.JSONField(blank=True, default=dict)),
                ("citation", models.JSONField(blank=True, null=True)),
                (
                    "reason",
                    models.CharField(blank=True, max_length=300, validators=[timeline.models.validators.plain_text]),
                ),
                (
                    "change_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("correction", "Correction"),
                            ("update", "Update"),
                            ("source", "Source changed"),
                            ("clarification", "Clarification"),
                            ("withdrawal", "Withdrawal"),
                            ("typo", "Typographical error"),
                        ],
                        max_length=13,
                    ),
                ),
                ("reason_withheld", models.BooleanField(default=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Waiting for a reviewer"),
                            ("accepted", "Accepted"),
                            ("amended", "Accepted with changes"),
                            ("refused", "Refused"),
                            ("taken_back", "Taken back by its author"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("self_reviewed", models.BooleanField(default=False)),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pending_changes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decided_changes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pending_changes", to="timeline.event"
                    ),
                ),
            ],
            options={
                "verbose_name": "proposed change",
                "ordering": ["written_at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ReviewAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("assigned_at", models.DateTimeField(auto_now=True)),
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assignment", to="timeline.event"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ReviewNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("comment", "wrote"),
                            ("returned", "returned the event"),
                            ("proposed", "proposed a change"),
                            ("accepted", "accepted the proposed change"),
                            ("amended", "accepted the proposed change in other words"),
                            ("refused", "refused the proposed change"),
                            ("taken_back", "took back the proposed change"),
                        ],
                        default="comment",
                        max_length=10,
                    ),
                ),
                (
                    "text",
                    models.CharField(blank=True, max_length=1000, validators=[timeline.models.validators.plain_text]),
                ),
                ("written_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_notes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="timeline.pendingchange",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="review_notes", to="timeline.event"
                    ),
                ),
            ],
            options={
                "ordering": ["written_at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="pendingchange",
            index=models.Index(fields=["state", "written_at"], name="pending_change_waiting"),
        ),
        migrations.AddConstraint(
            model_name="pendingchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["open", "accepted", "amended", "refused", "taken_back"])),
                name="pendingchange_state_known",
                violation_error_message="state: choose one of open, accepted, amended, refused, taken_back.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pendingchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("change_class__in", ["correction", "update", "source", "clarification", "withdrawal", "typo", ""])
                ),
                name="pendingchange_change_class_known",
                violation_error_message="change_class: choose one of correction, update, source, clarification, withdrawal, typo.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pendingchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("state", "open")),
                    models.Q(models.Q(("state", "open"), _negated=True), ("decided_at__isnull", False)),
                    _connector="OR",
                ),
                name="pending_change_decided",
            ),
        ),
        migrations.AddConstraint(
            model_name="pendingchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["open", "taken_back"]),
                    ("self_reviewed", True),
                    ("author__isnull", True),
                    ("decided_by__isnull", True),
                    models.Q(("decided_by", models.F("author")), _negated=True),
                    _connector="OR",
                ),
                name="pending_change_decided_by_another",
                violation_error_message="Somebody else than its author decides on a proposed change.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pendingchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True),
                    models.Q(("after", {}), _negated=True),
                    ("citation__isnull", False),
                    _connector="OR",
                ),
                name="pending_change_says_something",
                violation_error_message="Change a field, or say what is wrong.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewnote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["comment", "returned", "proposed", "accepted", "amended", "refused", "taken_back"])
                ),
                name="reviewnote_kind_known",
                violation_error_message="kind: choose one of comment, returned, proposed, accepted, amended, refused, taken_back.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewnote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ["comment", "returned", "refused"]), _negated=True),
                    models.Q(("text", ""), _negated=True),
                    _connector="OR",
                ),
                name="review_note_filled",
                violation_error_message="Write a comment.",
            ),
        ),
        migrations.RunPython(comments_to_notes, notes_to_comments),
        migrations.RemoveField(
            model_name="event",
            name="review_comment",
        ),
        migrations.RemoveField(
            model_name="historicalevent",
            name="review_comment",
        ),
    ]
