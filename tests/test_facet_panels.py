import pytest

from tests import make
from timeline.facets import facet_panels
from timeline.facets.facet_panels import Panel, Sheet, panels, sheet
from timeline.models import Event
from timeline.models.taxonomy import Category

from .filter_hits import filter_of

pytestmark = pytest.mark.django_db


def panel(name: str, query: str = "") -> Panel:
    return next(facet_panel for facet_panel in panels(filter_of(query)) if facet_panel.facet.name == name)


def listed(facet_sheet: Sheet) -> list[str]:
    return [row.value.value for row in facet_sheet.rows]


def ticked(facet_sheet: Sheet) -> list[tuple[str, str]]:
    return [(name, row.value.value) for row in facet_sheet.rows for name, _, is_ticked in row.boxes if is_ticked]


def make_acting(*names: str) -> Event:
    event = make.published(briefing=make.briefing(publisher=make.actor("Ministry", slug=f"ministry-{len(names)}")))
    for name in names:
        make.participation(event, make.actor(name, slug=name.lower()))
    return event


def test_every_parameter_with_values_can_be_chosen_somewhere_once():
    reached = [name for facet_panel in panels(filter_of()) for name in facet_panel.parameters]
    typed = {"q", "from", "to", "when", "known_by", "sources_min", "order"}
    typed |= {"reported_from", "reported_to", "deaths_min", "bbox", "unset"}
    assert sorted(reached) == sorted(set(filter_of().form.fields) - typed)


def test_categories_keep_their_places_and_stay_without_an_event():
    make.published(type="phone-call")
    values = panel("category").facet.values
    assert [(value.value, value.count) for value in values] == [(code, int(code == "call")) for code in Category.values]


def test_subjects_stand_open_where_they_are_in_force():
    make_acting("Armenia")
    assert not panel("evidence").is_open
    assert panel("evidence", "evidence=verified").is_open
    assert panel("actor").is_open


def test_actor_offers_all_of_them_together_and_exclusion():
    assert panel("actor").parameters == {"actor": "Any of", "actor__all": "All of", "actor__not": "None of"}
    assert panel("actor").offers == "choose several, require all, exclude"
    assert panel("evidence").offers == "choose several"
    assert panel("year").offers == ""


def test_sheet_lists_all_values_and_ticks_those_in_force():
    make_acting("Aa", "Bb")
    facet_sheet = sheet(filter_of("actor=aa&actor__not=bb"), "actor")
    assert ticked(facet_sheet) == [("actor", "aa"), ("actor__not", "bb")]


def test_excluded_value_can_be_taken_back():
    make_acting("Aa")
    facet_sheet = sheet(filter_of("actor__not=aa"), "actor")
    assert listed(facet_sheet) == ["aa"]
    assert facet_sheet.rows[0].value.label == "Aa"


def test_excluded_code_is_named():
    make.published(type="phone-call", place=make.place(country="AM"))
    assert [row.value.label for row in sheet(filter_of("category__not=call"), "category").rows] == ["Call"]
    assert [row.value.label for row in sheet(filter_of("country__not=AM"), "country").rows] == ["Armenia"]


@pytest.mark.parametrize("words", ["aliyev", "ILHAM", "presid aliy"])
def test_search_finds_every_word_anywhere(words):
    make_acting("Aa")
    make.participation(make.published(), make.actor("President İlham Əliyev (Aliyev)", slug="aliyev"))
    assert listed(sheet(filter_of(), "actor", words)) == ["aliyev"]


def test_what_a_narrowed_sheet_does_not_show_is_carried():
    make_acting("Aa", "Bb")
    facet_sheet = sheet(filter_of("actor=aa&category=statement&from=2022"), "actor", "bb")
    assert listed(facet_sheet) == ["bb"]
    assert facet_sheet.carried == [("actor", "aa"), ("category", "statement"), ("from", "2022")]


def test_long_sheet_is_cut_and_says_how_many_there_are(monkeypatch):
    monkeypatch.setattr(facet_panels, "MOST_ROWS", 2)
    make_acting("Aa", "Bb", "Cc")
    facet_sheet = sheet(filter_of("actor=cc"), "actor")
    assert (len(facet_sheet.rows), facet_sheet.match_count) == (2, 3)
    assert ticked(facet_sheet) == [] or facet_sheet.carried == []


def test_there_is_no_sheet_of_what_is_no_facet():
    assert sheet(filter_of(), "colour") is None
