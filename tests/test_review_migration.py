"""What reviewers wrote of events before it was a discussion becomes lines of it, with who and when."""

import pytest
from django.contrib.auth.models import User

from .old_migrations import migrate

pytestmark = [pytest.mark.django_db(transaction=True, serialized_rollback=True), pytest.mark.database, pytest.mark.long]

BEFORE, AFTER = "0031_redaction", "0032_review"
DAYS = ("start_earliest", "start_latest", "end_earliest", "end_latest", "sort_on")


@pytest.fixture
def before(transactional_db):
    """Yield the models as they were before."""
    yield migrate(BEFORE)
    migrate()


def add_event(apps, number: int, comments: list[tuple[str, int | None]]):
    """Add an event with these comments in turn, each with who wrote that row of the history."""
    kinds = apps.get_model("timeline", "EventType").objects
    kind = kinds.get_or_create(slug="strike", defaults={"name": "Strike", "category": "clash", "claim": "deed"})[0].pk
    columns = {"public_id": f"e{number}", "title": "Strike", "edtf": "2022-03", "event_type_id": kind}
    columns |= dict.fromkeys(DAYS, "2022-03-01")
    last = comments[-1][0] if comments else "Without a history."
    event = apps.get_model("timeline", "Event").objects.create(**columns, review_comment=last)
    moments = {"recorded_at": "2022-04-01T00:00Z", "updated_at": "2022-04-01T00:00Z"}
    for day, (comment, user) in enumerate(comments, 1):
        row = {"id": event.pk, "history_date": f"2022-04-{day:02}T00:00Z", "history_type": "~", "history_user_id": user}
        apps.get_model("timeline", "HistoricalEvent").objects.create(
            **{name: columns[name] for name in columns if name != "sort_on"}, **row, **moments, review_comment=comment
        )
    return event


def test_each_comment_becomes_a_line_once(before):
    ada = User.objects.create_user("ada").pk
    reasons = [
        ("", None),
        ("Name the village.", ada),
        ("Name the village.", None),
        ("", None),
        ("Name the village.", ada),
    ]
    event = add_event(before, 1, [*reasons, ("And the day.", None)])
    bare = add_event(before, 2, [])

    after = migrate(AFTER)

    notes = after.get_model("timeline", "ReviewNote").objects.order_by("event", "pk")
    rows = [(note.event_id, note.kind, note.text, note.author_id, note.written_at.day) for note in notes]
    assert rows[:3] == [
        (event.pk, "returned", "Name the village.", ada, 2),
        (event.pk, "returned", "Name the village.", ada, 5),
        (event.pk, "returned", "And the day.", None, 6),
    ]
    assert [row[:3] for row in rows[3:]] == [(bare.pk, "returned", "Without a history.")]


def test_drafts_have_their_last_comment_again_where_it_is_taken_back(before):
    event = add_event(before, 1, [("Name the village.", None), ("And the day.", None)])
    migrate(AFTER)

    again = migrate(BEFORE)

    assert again.get_model("timeline", "Event").objects.get(pk=event.pk).review_comment == "And the day."
