"""What a reader sees of an event is told when it is corrected, or has its reason here why it is not."""

import pytest

from tests.factories import make_published
from tests.test_corrections import change, told
from tests.test_data_sets import make_data_set
from timeline.corrections import CITATION_FIELDS, EVENT_FIELDS, PARTICIPATION_FIELDS
from timeline.models import Citation, Event, Participation

NEVER = "never changes"
INSIDE = "of no reader: shown nowhere in public"
BY_DATE = "follows from the date, which is told"
BY_CITATIONS = "follows from the citations, which are told"
BY_TEXT = "follows from the quote, which is told, and the text, whose earlier states stand beside the briefing"
ORDER = "the order in which rows are shown: it says nothing of the event"
STATE = "told by the change of State"

EXEMPT = {
    Event: dict.fromkeys(("id", "public_id", "recorded_at"), NEVER)
    | dict.fromkeys(("author_id", "submitted_by_id", "submitted_at", "reviewer_id", "self_reviewed"), INSIDE)
    | dict.fromkeys(("review_comment", "updated_at", "search_text"), INSIDE)
    | dict.fromkeys(("start_earliest", "start_latest", "end_earliest", "end_latest"), BY_DATE)
    | dict.fromkeys(("date_qualifier", "sort_on", "known_on"), BY_DATE)
    | dict.fromkeys(("first_reported_on", "supporting_count"), BY_CITATIONS)
    | dict.fromkeys(("published_at", "merged_into_id"), STATE)
    | {
        "withdrawal_reason": "stands as the reason of the change of State",
        "country": "follows from the place, which is told",
        "deaths_out_of_order": "follows from the counts of deaths, which are told",
        "revision": "counts the corrections themselves",
        "revised_at": "the day of the last correction",
    },
    Citation: dict.fromkeys(("id", "public_id"), NEVER)
    | dict.fromkeys(("prefix", "suffix", "start", "end", "state", "turn_kind"), BY_TEXT)
    | {"event_id": "told as a quote that goes and comes", "position": ORDER, "quote_search": INSIDE},
    Participation: {"id": NEVER, "event_id": "told as a participant who goes and comes", "position": ORDER},
}
TOLD = {Event: EVENT_FIELDS, Citation: CITATION_FIELDS, Participation: PARTICIPATION_FIELDS}
# What points at an event: shown on its page, or not
BELONGING = {
    "citations": "told",
    "participations": "told",
    "relations": "told at neither event yet: a tie shows or hides with the other event and with its citation",
    "inverse_relations": "as relations",
    "imported": "the id in the data set, which never changes",
    "merged_events": INSIDE,
}


def names(fields: dict) -> list[str]:
    return [name for key in fields for name in ([key] if isinstance(key, str) else key)]


@pytest.mark.parametrize("model", TOLD)
def test_every_field_is_told_or_exempt_for_a_reason(model):
    assert sorted([*names(TOLD[model]), *EXEMPT[model]]) == sorted(field.attname for field in model._meta.fields)


def test_everything_that_belongs_to_an_event_is_told_or_exempt_for_a_reason():
    related = {one.get_accessor_name() for one in Event._meta.related_objects if not one.hidden}

    assert related == set(BELONGING)


@pytest.mark.django_db
def test_corrections_show_counts_of_deaths_together():
    event = make_published(deaths_low=2, deaths_best=5, deaths_high=9)
    change(event, "Two had been counted twice.", deaths_best=3, deaths_high=7)
    change(event, deaths_low=None, deaths_best=None, deaths_high=None)

    assert told(event) == [
        ("Deaths", "at least 2, best estimate 3, at most 7", "", ""),
        (
            "Deaths",
            "at least 2, best estimate 5, at most 9",
            "at least 2, best estimate 3, at most 7",
            "Two had been counted twice.",
        ),
    ]


@pytest.mark.django_db
def test_corrections_show_the_name_of_the_data_set():
    event = make_published()
    change(event, data_set=make_data_set("ucdp", name="UCDP GED"))

    assert told(event) == [("Data set", "", "UCDP GED", "")]
