"""The ways of an event from a draft to the public and back, and who may take them."""

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from tests import make
from timeline.models import Event
from timeline.models.publication import Status

from .constraints import force, refused_by, stored_status

pytestmark = pytest.mark.django_db


MOVES = {
    "submit": (Event.submit, Status.REVIEW, {Status.DRAFT}),
    "return": (Event.return_to_draft, Status.DRAFT, {Status.REVIEW}),
    "publish": (Event.publish, Status.PUBLISHED, {Status.DRAFT, Status.REVIEW, Status.WITHDRAWN}),
    "withdraw": (lambda event: event.withdraw("Wrong day."), Status.WITHDRAWN, {Status.PUBLISHED}),
    "merge": (
        lambda event: event.merge_into(make.event("Other")),
        Status.MERGED,
        set(Status) - {Status.MERGED},
    ),
}


@pytest.mark.parametrize("start", Status.values)
@pytest.mark.parametrize("name", MOVES)
def test_event_moves_along_its_ways_only(name, start):
    move, end, starts = MOVES[name]
    event = make.in_state(start)

    if start in starts:
        move(event)
        assert stored_status(event) == end
    else:
        with pytest.raises(ValidationError) as refusal:
            move(event)
        assert refusal.value.messages == [
            f"“Truce” is {Status(start).label.lower()}: it cannot become {end.label.lower()}."
        ]
        assert stored_status(event) == start


def test_event_moves_by_what_it_is_now_not_by_an_older_copy():
    event = make.event("Truce")
    make.citation(event)
    older = Event.objects.get(pk=event.pk)
    event.publish()

    with pytest.raises(ValidationError, match="“Truce” is published: it cannot become in review."):
        older.submit()

    assert stored_status(event) == Status.PUBLISHED


def test_event_keeps_the_moment_of_its_first_publication():
    event = make.in_state(Status.WITHDRAWN)
    first = event.published_at

    event.publish()

    assert Event.objects.get(pk=event.pk).published_at == first


@pytest.mark.parametrize("reason", ["", " \n "])
def test_event_is_not_withdrawn_without_reason(reason):
    with pytest.raises(ValidationError, match="Say why the event is withdrawn; readers of its page will see it."):
        make.published().withdraw(reason)


def test_event_withdrawn_without_reason_is_refused_by_the_database():
    with refused_by("event_withdrawn_with_reason"):
        force(make.published(), status="withdrawn")


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        ("x" * 501, "Ensure this value has at most 500 characters (it has 501)."),
        ("\u202eback", "Character 1 is U+202E, which cannot be seen. Delete it and type the text again."),
    ],
)
def test_event_is_withdrawn_for_a_reason_that_can_be_shown(reason, message):
    event = make.published()

    with pytest.raises(ValidationError) as refusal:
        event.withdraw(reason)

    assert (refusal.value.messages, stored_status(event)) == ([message], Status.PUBLISHED)


def test_event_withdrawn_shows_its_reason():
    event = make.published()

    event.withdraw(" Wrong day. ")

    assert Event.objects.get(pk=event.pk).withdrawal_reason == "Wrong day."


def test_event_published_again_has_no_reason_any_more():
    event = make.in_state(Status.WITHDRAWN)

    event.publish()

    assert Event.objects.get(pk=event.pk).withdrawal_reason == ""


def test_event_refused_a_withdrawal_takes_no_reason_along():
    event = make.event()
    with pytest.raises(ValidationError):
        event.withdraw("Wrong day.")

    event.save()

    assert Event.objects.get(pk=event.pk).withdrawal_reason == ""


def test_event_is_public_once_published():
    assert [make.in_state(status).is_public for status in Status.values] == [False, False, True, False, False]


# Four eyes

ENTERED_BY_THEM = "Somebody else has to publish this event: you entered it."


def person(name: str) -> User:
    return User.objects.create_user(name)


def by(name: str) -> tuple[Event, User]:
    """Return a publishable event that this person entered, and the person."""
    ada = person(name)
    event = make.event("Truce", author=ada)
    make.citation(event)
    return event, ada


def test_author_does_not_publish_their_own_event():
    event, ada = by("ada")

    with pytest.raises(ValidationError) as refusal:
        event.publish(ada)

    assert refusal.value.messages == [ENTERED_BY_THEM]
    assert stored_status(event) == Status.DRAFT


def test_who_asked_for_review_does_not_publish_the_event():
    event, ada = by("ada")
    bela = person("bela")
    event.submit(bela)

    with pytest.raises(ValidationError) as refusal:
        event.publish(bela)

    assert refusal.value.messages == ["Somebody else has to publish this event: you asked for its review."]
    assert stored_status(event) == Status.REVIEW


def test_another_publishes_and_is_named():
    event, ada = by("ada")
    event.submit(ada)
    event.publish(bela := person("bela"))

    stored = Event.objects.get(pk=event.pk)
    assert (stored.author, stored.submitted_by, stored.reviewer, stored.self_reviewed) == (ada, ada, bela, False)
    assert stored.submitted_at is not None


def test_site_may_let_one_person_do_both_and_the_event_says_so(settings):
    settings.SELF_REVIEW = True
    event, ada = by("ada")
    event.publish(ada)

    stored = Event.objects.get(pk=event.pk)
    assert (stored.status, stored.reviewer, stored.self_reviewed) == (Status.PUBLISHED, ada, True)


@pytest.mark.parametrize("column", ["author", "submitted_by"])
def test_database_holds_author_and_reviewer_apart(column):
    event = make.published("Truce")

    ada = person("ada")

    with refused_by("event_reviewed_by_another"):
        force(event, reviewer=ada, **{column: ada})


def test_comment_of_the_reviewer_stays_until_the_next_try():
    event = make.in_state(Status.REVIEW)
    event.return_to_draft(" Name the place. ")
    assert [str(note) for note in event.review_notes.of_last_return()] == ["Name the place."]
    event.submit()
    assert [str(note) for note in event.review_notes.all()] == ["Name the place."]
    assert not event.review_notes.of_last_return().exists()


def test_database_holds_merged_events_and_their_target_together():
    event, other = make.event(), make.event()

    for changes in ({"status": "merged"}, {"merged_into": other}, {"status": "merged", "merged_into": event}):
        with refused_by("event_merged_into_another"):
            force(event, **changes)
