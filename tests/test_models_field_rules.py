"""What every kind of row has: its name and address, and fields of which validation says what they may hold, and the
database holds it behind its back."""

import datetime as dt

import pytest
from django.db.models import ProtectedError

from tests import make
from timeline.models import ActorAlias, BriefingSpeaker, EventRelation, EventType

from .constraints import force, problems, refused, refused_by

pytestmark = [pytest.mark.django_db, pytest.mark.database]

BLANK, CHOICE, LONG = "cannot be blank", "is not a valid choice", "at most {} characters (it has {})"
BREAK, UNSEEN = "Character 2 is U+000A", "Character 2 is U+202E"  # which cannot be seen
MAKE = {
    "actor": lambda: make.actor(country="AM"),
    "alias": lambda: ActorAlias.objects.create(actor=make.actor(), name="Hayastan"),
    "briefing": lambda: make.briefing(url="https://www.state.gov/x", archive_url="http://archive.example/x"),
    "citation": lambda: make.citation(
        make.event(), edtf="2022-03", reliability="A", credibility="1", note="As translated."
    ),
    "conflict": make.conflict,
    "event": lambda: make.event(
        summary="Two lines.\nThe second.",
        date_as_stated="March 24th",
        time_of_day=dt.time(0, 0),
        time_zone="Europe/Moscow",
        conflict=make.conflict(),
        place=make.place(),
    ),
    "event type": lambda: EventType.objects.create(slug="parade", name="Parade", category="other", quad=1),
    "participation": lambda: make.participation(make.event(), office="Minister"),
    "place": lambda: make.place(country="AZ"),
    "relation": lambda: EventRelation.objects.create(
        from_event=make.event(), kind="part_of", to_event=make.event(), citation=None
    ),
    "speaker": lambda: BriefingSpeaker.objects.create(
        briefing=make.briefing(), label="MS PORTER", actor=make.actor(), office="Spokesperson"
    ),
}


@pytest.mark.parametrize("kind", MAKE)
def test_row_is_in_order(kind):
    assert problems(MAKE[kind]()) == {}


@pytest.mark.parametrize(
    ("kind", "field", "value", "message", "constraint"),
    [
        ("actor", "name", "", BLANK, "actor_name_filled"),
        ("actor", "kind", "ghost", CHOICE, "actor_kind_known"),
        ("alias", "name", "", BLANK, "actoralias_name_filled"),
        ("briefing", "title", "", BLANK, "briefing_title_filled"),
        ("briefing", "status", "secret", CHOICE, "briefing_status_known"),
        ("briefing", "kind", "secret", CHOICE, "briefing_kind_known"),
        ("citation", "quote", "", BLANK, "citation_quote_filled"),
        ("citation", "act", "x", CHOICE, "citation_act_known"),
        ("citation", "reliability", "x", CHOICE, "citation_reliability_known"),
        ("citation", "credibility", "x", CHOICE, "citation_credibility_known"),
        ("conflict", "name", "", BLANK, "conflict_name_filled"),
        ("event", "title", "", BLANK, "event_title_filled"),
        ("event type", "name", "", BLANK, "eventtype_name_filled"),
        ("event type", "category", "war", CHOICE, "eventtype_category_known"),
        ("participation", "role", "victim", CHOICE, "participation_role_known"),
        ("place", "name", "", BLANK, "place_name_filled"),
        ("relation", "kind", "causes", CHOICE, "eventrelation_kind_known"),
        ("speaker", "label", "", BLANK, "briefingspeaker_label_filled"),
    ],
)
def test_wrong_value_is_refused_by_validation_and_by_the_database(kind, field, value, message, constraint):
    row = MAKE[kind]()
    with refused_by(constraint):
        force(row, **{field: value})

    setattr(row, field, value)
    [said] = problems(row).pop(field)
    assert message in said
    assert problems(row).keys() == {field}


@pytest.mark.parametrize(
    ("kind", "field", "longest"),
    [
        *[("actor", "name", 300), ("briefing", "title", 300), ("conflict", "name", 300), ("place", "name", 300)],
        *[("event", "title", 200), ("event type", "name", 80)],
    ],
)
def test_longest_value_is_taken_and_a_longer_one_refused(kind, field, longest):
    row = MAKE[kind]()
    force(row, **{field: "x" * longest})
    with refused():
        force(row, **{field: "x" * (longest + 1)})

    setattr(row, field, "x" * longest)
    assert problems(row) == {}
    setattr(row, field, "x" * (longest + 1))
    assert problems(row) == {field: [f"Ensure this value has {LONG.format(longest, longest + 1)}."]}


@pytest.mark.parametrize(
    ("kind", "field", "value", "message"),
    [
        ("actor", "country", "am", "“am” is not a country code"),
        ("briefing", "title", "A\u202eB", UNSEEN),
        ("citation", "quote", "T\u202ehe ceasefire holds.", UNSEEN),
        ("conflict", "name", "a\nb", BREAK),
        *[("event", field, "a\nb", BREAK) for field in ("title", "date_as_stated", "date_note")],
        ("event", "summary", "a\u202eb", UNSEEN),
        ("event type", "quad", 5, CHOICE),
    ],
)
def test_wrong_value_is_refused_by_validation(kind, field, value, message):
    row = MAKE[kind]()
    setattr(row, field, value)

    [said] = problems(row).pop(field)
    assert message in said
    assert problems(row).keys() == {field}


@pytest.mark.parametrize(("field", "value"), [("status", "leaked"), ("date_qualifier", "!")])
def test_what_no_form_holds_is_refused_by_the_database(field, value):
    with refused_by("event_status_known" if field == "status" else "event_qualifier_known"):
        force(make.event(), **{field: value})


@pytest.mark.parametrize(
    ("kind", "fields", "name", "address"),
    [
        ("actor", {"name": "Armenia", "slug": "armenia"}, "Armenia", "/actors/armenia/"),
        ("briefing", {"title": "Briefing of 25 March", "slug": "a"}, "Briefing of 25 March", "/briefings/a/"),
        ("conflict", {"name": "Nagorno-Karabakh", "slug": "a"}, "Nagorno-Karabakh", "/conflicts/a/"),
        ("event", {"title": "Talks", "public_id": "e000000001"}, "Talks", "/events/e000000001/"),
        ("place", {"name": "Farrukh", "slug": "farrukh"}, "Farrukh", "/places/farrukh/"),
    ],
)
def test_row_reads_as_its_name_at_its_address(kind, fields, name, address):
    row = MAKE[kind]()
    for field, value in fields.items():
        setattr(row, field, value)

    assert (str(row), row.get_absolute_url()) == (name, address)


def test_row_without_a_page_reads_as_what_it_is_of():
    armenia = make.actor("Armenia")

    assert str(make.participation(make.event(), armenia, "mediator")) == "Armenia (mediator)"
    assert str(BriefingSpeaker(briefing=make.briefing(), label="MS PORTER", actor=armenia)) == "MS PORTER: Armenia"
    assert str(EventType.objects.get(slug="phone-call")) == "Phone call"


def test_row_that_others_name_stays():
    state = make.actor()
    make.actor(parent=state)
    event = make.event(conflict=make.conflict(), place=make.place())
    cited, taking_part, speaker = make.citation(event), make.participation(event), MAKE["speaker"]()
    named = [state, taking_part.actor, speaker.actor, cited.briefing, event.conflict, event.place]

    for row in named:
        with pytest.raises(ProtectedError):
            row.delete()
