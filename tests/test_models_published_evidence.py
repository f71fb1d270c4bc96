"""No event is published without a date and evidence for it, whatever is done."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests import make
from timeline.models import Citation, Event
from timeline.models.publication import Status

from .constraints import force, problems, refused_by, stored_status
from .hypothesis_examples import examples

pytestmark = [pytest.mark.django_db, pytest.mark.database]


NO_DATE = "It has no date. Where no source states one, enter “on or before” the day of the source."
NO_SUPPORT = "No citation of a published source supports it by the codebook: a denial, a dispute, a question or a mere appeal does not count. What only a question asserts is “Unclear whether it happened”: choose that under “Did it happen”."
NO_SUPPORT_OF_NOT = (
    "No citation of a published source supports it by the codebook: a question or a mere mention does not count."
)
NOT_PUBLISHED = "The source of its supporting citation is still a draft: a reviewer has to publish that first."
NOT_VERIFIED = "No supporting quote is matched in the text of its source."


def test_event_with_support_has_no_obstacles(django_assert_num_queries):
    event = make.in_state(Status.DRAFT)

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
        ({"briefing": {"status": "draft"}}, NOT_PUBLISHED),
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
    event = make.in_state(Status.DRAFT)
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
@example(names=["code", "cite denial"])
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
        public = [citation for citation in event.citations.select_related("briefing") if citation.briefing.is_public]
        is_denied = event.actuality == "did_not_occur"
        supporting = [citation for citation in public if is_denied or citation.act not in ("denies", "disputes")]
        reported = min((citation.briefing.published_on for citation in public), default=None)
        assert (event.supporting_count, event.first_reported_on) == (len(supporting), reported)
        assert not event.is_public or (supporting and event.edtf)
