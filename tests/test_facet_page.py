import re

import pytest

from tests import make

pytestmark = pytest.mark.django_db

VALUE = re.compile(r'<a(?: href="([^"]*)")?[^>]* class="value[^"]*" id="actor-([^"]+)"')


def make_acting(*names: str):
    event = make.published()
    for name in names:
        make.participation(event, make.actor(name, slug=name.lower()))
    return event


def values(response) -> dict[str, str]:
    """Return the address of each value's link."""
    return {slug: href.replace("&amp;", "&") for href, slug in VALUE.findall(response.content.decode())}


def test_values_lead_to_the_list_with_the_rest_of_the_filter(client):
    make_acting("Aa", "Bb")
    links = values(client.get("/facets/actor/?actor=aa&category=statement"))
    assert links["aa"] == "/?category=statement"
    assert links["bb"] == "/?actor=aa&actor=bb&category=statement"


def test_search_keeps_the_filter(client):
    make_acting("Aa", "Bb")
    page = client.get("/facets/actor/?category=statement&find=bb")
    assert list(values(page)) == ["bb"]
    assert 'name="category" value="statement"' in page.content.decode()


def test_form_sends_what_is_chosen_elsewhere_along(client):
    make_acting("Aa")
    page = client.get("/facets/actor/?category=statement&from=2022").content.decode()
    form = page[page.index('<form class="sheet"') :]
    assert re.findall(r'type="hidden" name="([^"]+)" value="([^"]+)"', form) == [
        ("category", "statement"),
        ("from", "2022"),
    ]


def test_every_combination_can_be_ticked(client):
    make_acting("Aa")
    page = client.get("/facets/actor/").content.decode()
    boxes = re.findall(r'type="checkbox" name="([^"]+)" value="aa" aria-label="([^"]+)"', page)
    assert boxes == [("actor", "Any of: Aa"), ("actor__all", "All of: Aa"), ("actor__not", "None of: Aa")]


def test_unknown_facet_is_not_found(client):
    assert client.get("/facets/colour/").status_code == 404


def test_markup_in_a_search_is_text(client):
    page = client.get("/facets/actor/", {"find": '"><script>alert(1)</script>\0'}).content.decode()
    assert "<script>alert" not in page
