import datetime as dt

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import make
from timeline.models import Citation, Event
from timeline.models.publication import Status

from .constraints import force, problems, refused_by
from .hypothesis_examples import examples

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NO_DATE = "It has no date. Where no source states one, enter “on or before” the day of the briefing."
NO_SUPPORT = "No citation of a published briefing supports it by the codebook: a denial, a dispute, a question or a mere appeal does not count."
NO_SUPPORT_OF_NOT = (
    "No citation of a published briefing supports it by the codebook: a question or a mere mention does not count."
)
NOT_VERIFIED = "No supporting quote is matched in the text of its briefing."


def stored_status(event: Event) -> str:
    return Event.objects.values_list("status", flat=True).get(pk=event.pk)


def in_state(status: str) -> Event:
    """Return an event that could be published, brought to this state by the ways there are."""
    event = make.event("Truce")
    make.citation(event)
    if status == Status.REVIEW:
        event.submit()
    if status in (Status.PUBLISHED, Status.WITHDRAWN):
        event.publish()
    if status == Status.WITHDRAWN:
        event.withdraw("Wrong day.")
    if status == Status.MERGED:
        event.merge_into(make.event("Other"))
    return event


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
    event = in_state(start)

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


def test_event_with_support_has_no_obstacles(django_assert_num_queries):
    event = in_state(Status.DRAFT)

    with django_assert_num_queries(2):
        assert event.obstacles() == []


def test_event_names_every_obstacle():
    with pytest.raises(ValidationError) as refusal:
        make.event(edtf="").publish()

    assert refusal.value.messages == [NO_DATE, NO_SUPPORT]


@pytest.mark.parametrize(
    ("changes", "obstacle"),
    [
        ({"act": "denies"}, NO_SUPPORT),
        ({"act": "disputes"}, NO_SUPPORT),
        ({"briefing": {"status": "draft"}}, NO_SUPPORT),
        ({"actuality": "did_not_occur", "act": "mentions"}, NO_SUPPORT_OF_NOT),
        ({"quote": "Words that nobody said."}, NOT_VERIFIED),
        ({"briefing": {"text": "The ceasefire holds. The ceasefire holds."}}, NOT_VERIFIED),
    ],
    ids=["denied", "disputed", "in a draft", "mentioned alone", "missing", "ambiguous"],
)
def test_event_is_not_published_without_support(changes, obstacle):
    event = make.event(actuality=changes.pop("actuality", "occurred"))
    briefing = make.briefing(**changes.pop("briefing", {}))
    make.citation(event, briefing, **changes)

    with pytest.raises(ValidationError) as refusal:
        event.publish()

    assert (refusal.value.messages, stored_status(event)) == ([obstacle], Status.DRAFT)


def test_event_is_published_on_words_that_can_be_read_at_an_address():
    event = make.event()
    make.citation(event, make.briefing("", url="https://example.org"))

    event.publish()

    assert stored_status(event) == Status.PUBLISHED


def test_event_is_published_beside_a_denial():
    event = in_state(Status.DRAFT)
    make.citation(event, act="denies")

    event.publish()

    assert Event.objects.get(pk=event.pk).supporting_count == 1


def test_event_published_without_support_is_refused_by_the_database():
    event = make.event()
    published = {"status": "published", "published_at": dt.datetime(2022, 3, 25, tzinfo=dt.UTC)}

    with refused_by("event_published_with_evidence"):
        force(event, **published)
    event.delete()
    event.status, event.published_at = published.values()
    with refused_by("event_published_with_evidence"):
        Event.objects.bulk_create([event])


def test_event_published_without_moment_is_refused_by_the_database():
    with refused_by("event_published_with_evidence"):
        force(make.published(), published_at=None)


def test_event_published_keeps_its_date():
    event = make.published()
    event.edtf = ""

    assert problems(event) == {
        "edtf": ["A published event needs a date, be it “on or before” the day it was reported."]
    }
    with refused_by("event_published_with_date"):
        event.save()


def test_event_keeps_the_moment_of_its_first_publication():
    event = in_state(Status.WITHDRAWN)
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
    event = in_state(Status.WITHDRAWN)

    event.publish()

    assert Event.objects.get(pk=event.pk).withdrawal_reason == ""


def test_event_refused_a_withdrawal_takes_no_reason_along():
    event = make.event()
    with pytest.raises(ValidationError):
        event.withdraw("Wrong day.")

    event.save()

    assert Event.objects.get(pk=event.pk).withdrawal_reason == ""


def test_event_is_public_once_published():
    assert [in_state(status).is_public for status in Status.values] == [False, False, True, False, False]


# Four eyes

OWN = "Somebody else has to publish this event: you entered it."


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

    assert refusal.value.messages == [OWN]
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
    event = in_state(Status.REVIEW)
    event.return_to_draft(" Name the place. ")
    assert Event.objects.get(pk=event.pk).review_comment == "Name the place."
    event.submit()
    assert Event.objects.get(pk=event.pk).review_comment == ""


def test_database_holds_merged_events_and_their_target_together():
    event, other = make.event(), make.event()

    for changes in ({"status": "merged"}, {"merged_into": other}, {"status": "merged", "merged_into": event}):
        with refused_by("event_merged_into_another"):
            force(event, **changes)


# Whatever is done

STEPS = {
    "submit": lambda event, briefings: event.submit(),
    "return": lambda event, briefings: event.return_to_draft(),
    "publish": lambda event, briefings: event.publish(),
    "withdraw": lambda event, briefings: event.withdraw("Wrong day."),
    "cite": lambda event, briefings: make.citation(event, briefings[0]),
    "cite other": lambda event, briefings: make.citation(event, briefings[1]),
    "cite denial": lambda event, briefings: make.citation(event, briefings[1], act="denies"),
    "cite wrongly": lambda event, briefings: make.citation(event, briefings[0], quote="Nobody said this."),
    "delete first": lambda event, briefings: one_citation(event).delete(),
    "delete all": lambda event, briefings: event.citations.all().delete(),
    "deny": lambda event, briefings: change(one_citation(event), act="denies"),
    "move away": lambda event, briefings: change(one_citation(event), event=make.event()),
    "hide": lambda event, briefings: change(briefings[0], status="draft"),
    "show": lambda event, briefings: change(briefings[0], status="published"),
    "redate": lambda event, briefings: change(briefings[1], published_on=dt.date(2022, 1, 1)),
    "reword": lambda event, briefings: change(briefings[0], text="MS PORTER: No comment."),
    "word back": lambda event, briefings: change(briefings[0], text="MS PORTER: The ceasefire holds."),
    "undate": lambda event, briefings: change(event, edtf=""),
    "code": lambda event, briefings: change(event, actuality="did_not_occur"),
    "code back": lambda event, briefings: change(event, actuality="occurred"),
    "retitle": lambda event, briefings: change(event, title="Another"),
}


def one_citation(event: Event) -> Citation:
    return event.citations.all()[:1].get()


def change(row, **values) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


@settings(max_examples=examples(15), deadline=None)
@given(names=st.lists(st.sampled_from(sorted(STEPS)), max_size=10))
def test_event_published_rests_on_support_whatever_was_done(names):
    with transaction.atomic():
        copies = [make.event()]
        briefings = [make.briefing(), make.briefing(published_on=dt.date(2022, 4, 1))]
        for name in ["cite", *names]:
            copies.append(Event.objects.get(pk=copies[0].pk))
            try:
                with transaction.atomic():
                    STEPS[name](copies[len(copies) // 2], briefings)  # some steps are taken on an older copy
            except (ValidationError, IntegrityError, Citation.DoesNotExist):  # refused, or nothing there to change
                pass
            check_evidence()
        transaction.set_rollback(True)


def check_evidence() -> None:
    """Compare what each event holds of its evidence with the citations themselves."""
    for event in Event.objects.all():
        public = [one for one in event.citations.select_related("briefing") if one.briefing.is_public]
        is_denied = event.actuality == "did_not_occur"
        supporting = [one for one in public if is_denied or one.act not in ("denies", "disputes")]
        reported = min((one.briefing.published_on for one in public), default=None)
        assert (event.supporting_count, event.first_reported_on) == (len(supporting), reported)
        assert not event.is_public or (supporting and event.edtf)
