"""What is done to many events at once: the page of confirmation, and what happens when it is confirmed."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

from tests import make
from timeline.admin.workflow import bulk_actions
from timeline.history import EVENT_PARTS, versions
from timeline.models import Citation, Event, ReviewNote

from .desk_client import desk, editor, reviewer, rows, said

pytestmark = pytest.mark.django_db

LIST = "/admin/timeline/event/"
NAMES = [
    "submit_selected",
    "publish_selected",
    "return_selected",
    "withdraw_selected",
    "file_selected",
    "delete_selected",
]
UNSUPPORTED = "No citation of a published source supports it by the codebook: a denial, a dispute, a question or a mere appeal does not count. What only a question asserts is “Unclear whether it happened”: choose that under “Did it happen”."


def ask(client, action: str, *events: Event, query: str = ""):
    return client.post(
        LIST + query, {"action": action, "index": "0", "_selected_action": [event.pk for event in events]}
    )


def seen(*events: Event) -> dict[str, str]:
    """Return what the page sends along: the state in which each event was seen."""
    return {f"seen-{key}": token for key, token in versions(Event, [event.pk for event in events], EVENT_PARTS).items()}


def confirm(client, action: str, *events: Event, **answers):
    form = {"action": action, "post": "yes", "_selected_action": [event.pk for event in events]} | seen(*events)
    return client.post(LIST, form | {f"all-{name}": value for name, value in answers.items()})


def lines(page) -> list[tuple[str, str]]:
    """Return (title, reason of the refusal or what will happen), as the page says."""
    return [(line.event.title, line.refusal or line.outcome) for line in page.context["lines"]]


def status(event: Event) -> str:
    return Event.objects.get(pk=event.pk).status


def with_evidence(title: str = "", **changes) -> Event:
    event = make.event(title, **changes)
    make.citation(event)
    return event


@pytest.mark.parametrize("action", NAMES)
def test_nothing_is_written_before_the_page_is_confirmed(action):
    events = [with_evidence("A draft"), make.published("Public"), make.event("In review")]
    events[2].submit()
    client = reviewer()
    before = rows()

    page = ask(client, action, *events)

    assert page.status_code == 200
    assert sorted(title for title, _ in lines(page)) == ["A draft", "In review", "Public"]
    assert rows() == before


def test_what_is_refused_is_named_with_the_reason_and_not_sent_along():
    ready, bare, withdrawn = with_evidence("Ready"), make.event("Bare"), make.published("Withdrawn")
    withdrawn.withdraw("A mistake")

    page = ask(reviewer(), "publish_selected", ready, bare, withdrawn)

    assert lines(page) == [
        ("Withdrawn", "It was withdrawn. Publish it again on its own page, which asks for the reason."),
        ("Bare", UNSUPPORTED),
        ("Ready", "Will be public at once."),
    ]
    html = page.content.decode()
    assert "<b>1 of 3</b> will be published; 2 cannot be, for the reason named." in html
    assert [f'name="_selected_action" value="{event.pk}"' in html for event in (ready, bare, withdrawn)] == [
        True,
        False,
        False,
    ]


def test_where_nothing_can_be_done_there_is_no_button():
    page = ask(reviewer(), "withdraw_selected", make.event("A draft"))

    assert lines(page) == [("A draft", "It is draft; this is for published events.")]
    assert 'type="submit" value="Withdraw' not in page.content.decode()


def test_author_is_told_that_somebody_else_publishes():
    client = reviewer()
    event = with_evidence("My own", author=User.objects.get(username="reviewer"))

    assert lines(ask(client, "publish_selected", event)) == [
        ("My own", "Somebody else has to publish this event: you entered it.")
    ]
    confirm(client, "publish_selected", event)
    assert status(event) == "draft"


def test_many_are_published_and_those_refused_are_named():
    ready, bare = with_evidence(), make.event("Bare")

    answer = confirm(reviewer(), "publish_selected", ready, bare)

    assert (status(ready), status(bare)) == ("published", "draft")
    assert said(answer) == [f"“Bare” was not published: {UNSUPPORTED}", "1 event is published."]
    assert ready.history.first().history_user.username == "reviewer"
    assert LogEntry.objects.count() == 1


def test_many_are_submitted_and_returned_with_a_comment():
    drafts, published = [make.event(), make.event()], make.published("Public")
    client = editor()

    answer = confirm(client, "submit_selected", *drafts, published)
    assert list(map(status, [*drafts, published])) == ["review", "review", "published"]
    assert said(answer) == [
        "“Public” was not submitted for review: It is published; this is for drafts.",
        "2 events are submitted for review.",
    ]
    assert {event.submitted_by.username for event in Event.objects.exclude(submitted_by=None)} == {"editor"}

    silent = confirm(client, "return_selected", *drafts, comment=" ")
    assert silent.context["form"].errors == {
        "comment": ["Say what needs to be done; the person who entered the event reads it."]
    }
    assert list(map(status, drafts)) == ["review", "review"]
    confirm(client, "return_selected", *drafts, comment="Name the village.")
    notes = ReviewNote.objects.values_list("event__status", "text", "author__username")
    assert list(notes) == [("draft", "Name the village.", "editor")] * 2


def test_many_are_withdrawn_with_one_reason():
    events, client = [make.published(), make.published()], reviewer()
    before = rows()

    assert confirm(client, "withdraw_selected", *events).context["form"].errors == {
        "reason": ["Say why the event is withdrawn; readers of its page will see it."]
    }
    assert rows() == before
    confirm(client, "withdraw_selected", *events, reason="The source took it back")

    assert (
        list(Event.objects.values_list("status", "withdrawal_reason")) == [("withdrawn", "The source took it back")] * 2
    )
    assert events[0].history.first().history_change_reason == "The source took it back"


def test_conflict_of_many_is_set_and_taken_away():
    first, second = make.conflict("First war"), make.conflict("Second war")
    events, client = [make.event(conflict=first), make.event()], editor()

    page = ask(client, "file_selected", *events)
    assert [choice[1] for choice in page.context["form"].fields["conflict"].choices] == [
        *("Choose …", "First war", "Second war", "None: not part of a conflict"),
    ]
    assert confirm(client, "file_selected", *events).context["form"].errors == {
        "conflict": ["Choose a conflict, or say that they belong to none."]
    }
    confirm(client, "file_selected", *events, conflict=second.pk)
    assert set(Event.objects.values_list("conflict", flat=True)) == {second.pk}
    confirm(client, "file_selected", *events, conflict="none")
    assert set(Event.objects.values_list("conflict", flat=True)) == {None}


def test_conflict_of_what_has_been_public_needs_a_reviewer_and_a_reason():
    conflict, public = make.conflict(), make.published("Public")
    before = rows()

    assert lines(ask(editor(), "file_selected", public)) == [
        ("Public", "It has been public, and changing it needs the permission to publish.")
    ]
    client = reviewer()
    silent = confirm(client, "file_selected", public, conflict=conflict.pk, change_class="correction")
    assert silent.context["form"].errors == {
        "reason": ["Say why. This has been public, and readers see the reason of each correction."]
    }
    assert rows() == before
    confirm(
        client,
        "file_selected",
        public,
        conflict=conflict.pk,
        change_class="correction",
        reason="It belongs to the conflict",
    )

    assert Event.objects.get().conflict == conflict
    assert public.history.first().history_change_reason == "It belongs to the conflict"


def test_drafts_are_deleted_and_what_was_public_is_not():
    draft, public = with_evidence("A draft"), make.published("Public")
    make.participation(draft)
    client = reviewer()

    assert lines(ask(client, "delete_selected", draft, public)) == [
        ("Public", "It was published, so it cannot be deleted. Withdraw it."),
        ("A draft", "Deleted permanently, with 1 citation and 1 participant."),
    ]
    confirm(client, "delete_selected", draft, public)

    assert [event.title for event in Event.objects.all()] == ["Public"]
    assert [citation.event for citation in Citation.objects.all()] == [public]
    assert LogEntry.objects.get().object_repr == "A draft"


def test_an_event_that_others_became_part_of_is_not_deleted():
    target, part = make.event("Kept"), make.event("Part")
    part.merge_into(target)
    client = editor()

    assert lines(ask(client, "delete_selected", target)) == [
        ("Kept", "Another event became part of it, and its address leads here.")
    ]
    confirm(client, "delete_selected", target)
    assert Event.objects.count() == 2


def test_citations_are_not_deleted_along_without_the_permission():
    event = with_evidence("A draft")
    client = desk("keeper", "view_event", "change_event", "delete_event")

    assert lines(ask(client, "delete_selected", event)) == [
        ("A draft", "Its citations would be deleted too, and you may not delete these.")
    ]


def test_what_changed_meanwhile_is_judged_again():
    event, gone = with_evidence("As chosen"), make.event("Gone")
    client = reviewer()
    ask(client, "submit_selected", event, gone)
    event.publish()
    Event.objects.get(pk=gone.pk).delete()

    answer = confirm(client, "submit_selected", event, gone)

    assert said(answer) == [
        "1 event is no longer in this list: somebody has changed or deleted what you had selected.",
        "“As chosen” was not submitted for review: It is published; this is for drafts.",
    ]


def test_too_many_at_once_are_refused(monkeypatch):
    monkeypatch.setattr(bulk_actions, "MOST_EVENTS", 2)
    events, client = [make.event() for _ in range(3)], editor()
    before = rows()

    answer = ask(client, "submit_selected", *events)

    assert said(answer) == ["Nothing was changed: at most 2 events at once. Narrow the list, or choose fewer."]
    assert rows() == before


@pytest.mark.parametrize("action", ["publish_selected", "withdraw_selected"])
def test_editor_is_not_offered_what_reviewers_do(action):
    event, client = with_evidence(), editor()
    before = rows()

    answer = confirm(client, action, event, reason="Because")

    assert answer.status_code == 302
    assert action not in client.get(LIST).content.decode()
    assert rows() == before


@pytest.mark.parametrize("row_count", [1, 3])
@pytest.mark.parametrize("action", NAMES)
def test_asking_costs_as_much_for_three_rows_as_for_one(action, row_count, django_assert_num_queries):
    events = [with_evidence() for _ in range(row_count)]
    client = reviewer()

    with django_assert_num_queries(13 if action == "file_selected" else 12):  # that one offers the conflicts
        ask(client, action, *events)
