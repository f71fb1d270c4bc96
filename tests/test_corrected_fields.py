"""What a reader sees of an event is listed when it is corrected, or has its reason here why it is not."""

import pytest

from tests import make
from tests.test_corrections import change, corrections_of
from tests.test_data_sets import make_data_set
from timeline.history.corrected_fields import CITATION_FIELDS, EVENT_FIELDS, PARTICIPATION_FIELDS, relation_fields
from timeline.history.corrections import corrections
from timeline.models import Citation, Event, EventRelation, Participation

NEVER = "never changes"
INSIDE = "of no reader: shown nowhere in public"
BY_DATE = "follows from the date, which is told"
BY_CITATIONS = "follows from the citations, which are told"
BY_TEXT = "follows from the quote, which is told, and the text, whose earlier states stand beside the briefing"
ORDER = "the order in which rows are shown: it says nothing of the event"
STATE = "told by the change of State"

EXEMPT = {
    Event: dict.fromkeys(("id", "public_id", "recorded_at", "codebook_version"), NEVER)
    | dict.fromkeys(("author_id", "submitted_by_id", "submitted_at", "reviewer_id", "self_reviewed"), INSIDE)
    | dict.fromkeys(("updated_at", "search_text"), INSIDE)
    | dict.fromkeys(("start_earliest", "start_latest", "end_earliest", "end_latest"), BY_DATE)
    | dict.fromkeys(("date_qualifier", "sort_on", "known_on"), BY_DATE)
    | dict.fromkeys(("first_reported_on", "supporting_count", "source_count"), BY_CITATIONS)
    | dict.fromkeys(("support", "form", "assertion", "contest"), BY_CITATIONS)
    | dict.fromkeys(("published_at", "merged_into_id"), STATE)
    | {
        "withdrawal_reason": "stands as the reason of the change of State",
        "country": "follows from the place, which is told",
        "deaths_out_of_order": "follows from the counts of deaths, which are told",
        "revision": "counts the corrections themselves",
        "revised_at": "the day of the last correction",
    },
    Citation: dict.fromkeys(("id", "public_id"), NEVER)
    | dict.fromkeys(
        ("prefix", "suffix", "start", "end", "state", "turn_kind", "locator", "found_from", "added_on"), BY_TEXT
    )
    | {"event_id": "told as a quote that goes and comes", "position": ORDER, "quote_search": INSIDE}
    | {"support": "follows from the act and from what the event claims, which are told"},
    Participation: {"id": NEVER, "event_id": "told as a participant who goes and comes", "position": ORDER},
    EventRelation: {"id": NEVER},
}
CORRECTED = {Event: EVENT_FIELDS, Citation: CITATION_FIELDS, Participation: PARTICIPATION_FIELDS}
CORRECTED[EventRelation] = relation_fields(0, {}, {})
# What points at an event: shown on its page, or not
BELONGING = {
    "citations": "shown",
    "participations": "shown",
    "relations": "shown",
    "inverse_relations": "shown",
    "imported": "the id in the data set, which never changes",
    "merged_events": INSIDE,
    "releases": "the packages that have it, which never change",
    **dict.fromkeys(("assignment", "pending_changes", "review_notes"), INSIDE),
    "import_edits": "the row before and after an import by a table of our own; what it changed is shown itself",
}


def names(fields: dict) -> list[str]:
    return [name for key in fields for name in ([key] if isinstance(key, str) else key)]


@pytest.mark.parametrize("model", CORRECTED)
def test_every_field_is_told_or_exempt_for_a_reason(model):
    assert sorted([*names(CORRECTED[model]), *EXEMPT[model]]) == sorted(field.attname for field in model._meta.fields)


def test_everything_that_belongs_to_an_event_is_told_or_exempt_for_a_reason():
    related = {relation.get_accessor_name() for relation in Event._meta.related_objects if not relation.hidden}

    assert related == set(BELONGING)


@pytest.mark.django_db
def test_corrections_show_counts_of_deaths_together():
    event = make.published(deaths_low=2, deaths_best=5, deaths_high=9)
    change(event, "Two had been counted twice.", deaths_best=3, deaths_high=7)
    change(event, deaths_low=None, deaths_best=None, deaths_high=None)

    assert corrections_of(event) == [
        ("Deaths", "at least 2, best estimate 3, at most 7", "", ""),
        (
            "Deaths",
            "at least 2, best estimate 5, at most 9",
            "at least 2, best estimate 3, at most 7",
            "Two had been counted twice.",
        ),
    ]


@pytest.mark.django_db
def test_corrections_show_a_toll_that_goes_from_none_to_some_to_many():
    event = make.published()
    change(event, "As the hospital counts.", deaths_low=2, deaths_best=5, deaths_high=9)
    change(event, "More have died.", deaths_best=50, deaths_high=None)

    assert corrections_of(event) == [
        (
            "Deaths",
            "at least 2, best estimate 5, at most 9",
            "at least 2, best estimate 50",
            "More have died.",
        ),
        ("Deaths", "", "at least 2, best estimate 5, at most 9", "As the hospital counts."),
    ]


@pytest.mark.django_db
def test_corrections_show_what_is_claimed_and_which_values_are_taken():
    event = make.published()
    change(event, actuality="did_not_occur", value_note="The day of the Ministry.")

    assert corrections_of(event) == [
        ("Whether it happened", "Happened", "Did not happen", ""),
        ("Which values it takes", "", "The day of the Ministry.", ""),
    ]


@pytest.mark.django_db
def test_corrections_show_the_values_of_a_source():
    event = make.published()
    change(
        event.citations.get(), place=make.place("Farrukh"), deaths_low=0, deaths_best=2, basis="hearsay", edtf="2022-03"
    )

    assert corrections_of(event) == [
        ("Date by the source", "", "March 2022", ""),
        ("Place by the source", "", "Farrukh", ""),
        ("Deaths by the source", "", "at least 0, best estimate 2", ""),
        ("How the speaker knows", "", "hearsay: passes on what another said or did", ""),
    ]


@pytest.mark.django_db
def test_corrections_show_the_name_of_the_data_set():
    event = make.published()
    change(event, data_set=make_data_set("ucdp", name="UCDP GED"))

    assert corrections_of(event) == [("Data set", "", "UCDP GED", "")]


# Relations


def tie(first: Event, second: Event, **changes) -> EventRelation:
    fields = {"from_event": first, "kind": "follows", "to_event": second, "citation": first.citations.first()}
    return EventRelation.objects.create(**fields | changes)


@pytest.mark.django_db
def test_corrections_show_related_events_at_both():
    truce, clash = make.published("Truce"), make.published("Clash")
    relation = tie(truce, clash)
    change(relation, "It ended them.", kind="ends")
    relation._change_reason = "Not so."
    relation.delete()

    assert corrections_of(truce) == [
        ("Related event", "ends: Clash", "", "Not so."),
        ("Related event", "follows: Clash", "ends: Clash", "It ended them."),
        ("Related event", "", "follows: Clash", ""),
    ]
    assert [after for _, _, after, _ in corrections_of(clash)] == ["", "is ended by: Truce", "is followed by: Truce"]


@pytest.mark.django_db
def test_corrections_show_words_and_note_of_a_related_event():
    truce, clash = make.published("Truce"), make.published("Clash")
    relation = tie(truce, clash)
    change(relation, citation=make.citation(truce, quote="Troops moved."), note="As translated.")

    assert corrections_of(truce)[:2] == [
        ("Words that report the related event", "“The ceasefire holds.”", "“Troops moved.”", ""),
        ("Note on the related event", "", "As translated.", ""),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("hide", ["other event", "words", "no words"])
def test_corrections_leave_out_related_events_that_readers_cannot_see(hide):
    truce, clash = make.published("Truce"), make.published("Clash")
    secret = make.citation(truce, make.briefing(status="draft"))
    citation = {"other event": truce.citations.first(), "words": secret, "no words": None}[hide]
    relation = tie(truce, clash, citation=citation)
    if hide == "other event":
        clash.withdraw("Wrong.")
    change(relation, kind="ends")

    assert corrections(truce) == []


@pytest.mark.django_db
def test_corrections_show_what_carried_out_an_announcement_and_no_words_that_are_hidden():
    meeting, call = make.published("Meeting"), make.published("Call")
    relation = tie(call, meeting, kind="carried_out_by", citation=None)
    change(relation, citation=make.citation(call, make.briefing(status="draft"), quote="Troops moved."))

    assert corrections_of(call) == [("Related event", "", "was carried out by: Meeting", "")]
