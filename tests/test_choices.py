import pytest
from django.http import QueryDict

from tests.factories import (
    make_actor,
    make_briefing,
    make_citation,
    make_event,
    make_participation,
    make_place,
    make_published,
)
from timeline.filters import EventFilter, choices
from timeline.models import Event

pytestmark = pytest.mark.django_db


def groups(query: str = "") -> dict[str, choices.Group]:
    chosen = EventFilter(QueryDict(query), Event.objects.public())
    return {group.first.name: group for group in choices.groups(chosen)}


def labels(options: list[choices.Option]) -> list[str]:
    return [option.label for option in options]


def make_acting(*names: str) -> Event:
    event = make_published()
    for name in names:
        make_participation(event, make_actor(name, slug=name.lower()))
    return event


def test_every_parameter_with_choices_is_in_the_form_once():
    chosen = EventFilter(QueryDict(), Event.objects.public())
    listed = [one.name for group in choices.groups(chosen) for one in (group.first, *group.further)]
    typed = {"q", "from", "to", "when", "known_by", "order"}
    assert sorted(listed) == sorted(set(chosen.form.fields) - typed)


def test_actors_and_places_of_drafts_are_not_listed():
    publisher = make_actor("Publisher")
    make_published(place=make_place("Here", country="AM"), briefing=make_briefing(publisher=publisher))
    draft = make_event(place=make_place("Secret place", country="GE"))
    make_participation(draft, make_actor("Secret actor"))
    make_citation(draft, speaker=make_actor("Secret speaker"), briefing=make_briefing(publisher=publisher))

    found = groups()

    assert labels(found["actor"].first.options) == ["Publisher"]
    assert labels(found["place"].first.options) == ["Here"]
    assert labels(found["country"].first.options) == ["Armenia"]
    assert labels(found["speaker"].first.options) == []


def test_speakers_are_those_who_speak_and_publishers_those_who_publish():
    department, porter = make_actor("Department"), make_actor("Porter")
    event = make_published(briefing=make_briefing(publisher=department), cited={"speaker": porter})
    make_participation(event, make_actor("Armenia"))

    found = groups()

    assert labels(found["actor"].first.options) == ["Armenia", "Department", "Porter"]
    assert labels(found["speaker"].first.options) == ["Porter"]
    assert labels(found["publisher"].first.options) == ["Department"]


def test_groups_in_force_are_those_with_values_or_errors():
    make_acting("Armenia")
    in_force = {name for name, group in groups("actor__not=armenia&category=cal").items() if group.in_force}
    assert in_force == {"actor", "category"}


def test_group_counts_the_values_of_all_its_parameters():
    make_acting("Armenia", "Azerbaijan")
    assert groups("actor=armenia&actor__not=azerbaijan&role=mediator")["actor"].count == 3


def test_chosen_country_is_found_in_small_letters_too():
    make_published(place=make_place(country="AM"))
    assert groups("country=am")["country"].first.chosen == {"AM"}


def test_errors_stand_with_their_parameter():
    refused = groups("category=cal")["category"].first
    assert len(refused.errors) == 1
    assert "cal" in refused.errors[0]


def test_long_list_is_cut_but_keeps_what_is_chosen_and_puts_it_first(monkeypatch):
    monkeypatch.setattr(choices, "MOST_OPTIONS", 2)
    monkeypatch.setattr(choices, "MOST_IN_SIGHT", 2)
    make_acting("Aa", "Bb", "Cc", "Dd")

    found = groups("actor=dd")["actor"].first

    assert found.is_cut
    assert labels(found.options)[0] == "Dd"
    assert len(found.options) == 3


def test_list_that_is_complete_is_not_cut():
    make_acting("Aa")
    assert not groups()["actor"].first.is_cut


def test_number_of_queries_does_not_grow(django_assert_num_queries):
    for number in range(5):
        make_acting(f"Aa{number}", f"Bb{number}")
    chosen = EventFilter(QueryDict(), Event.objects.public())
    assert chosen.form.is_valid()
    with django_assert_num_queries(8):
        choices.groups(chosen)
