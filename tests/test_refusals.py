"""A wrong filter is refused with the reason, and shows no event: on every page that takes a filter."""

import pytest

from tests import make
from timeline.exports import FORMATS

from .clients import body

pytestmark = pytest.mark.django_db

NO_DAY = "“2022-02-30” does not exist"
TYPO = "There is no filter “frm”. Did you mean “from”?"
REFUSALS = [
    ("/actors/armenia/", "from=2022-02-30", NO_DAY),
    ("/actors/armenia/", "frm=2022", TYPO),
    ("/actors/armenia/", "after=xyz", "not public"),
    ("/actors/armenia/", "actor=armenia", "This page is about Armenia alone. Remove “actor” from the address."),
    ("/actors/armenia/", "actor=azerbaijan", "This page is about Armenia alone."),
    ("/actors/armenia/", "page=0", "page"),
    ("/places/yerevan/", "order=size", "“size” is not known here."),
    ("/places/yerevan/", "plce=here", "There is no filter “plce”."),
    ("/places/yerevan/", "before=xyz", "not public"),
    ("/places/yerevan/", "place=there", "This page is about Yerevan alone. Remove “place” from the address."),
    ("/conflicts/karabakh/", "when=maybe", "“maybe” is not known here."),
    ("/conflicts/karabakh/", "conflct=karabakh", "There is no filter “conflct”. Did you mean “conflict”?"),
    ("/conflicts/karabakh/", "after=xyz", "not public"),
    ("/conflicts/karabakh/", "conflict=other", "This page is about Karabakh alone."),
    *(("/embed/", query, "This filter cannot be used") for query in ("frm=1", "from=2022-02-30", "category=nothing")),
    *(("/embed/", query, "This filter cannot be used") for query in ("after=nothing", "lanes=actor")),
    ("/export/", "frm=2022", TYPO),
    ("/export/", "from=2022-02-30&to=2023", NO_DAY),
    ("/export/", "from=2023&to=2022", "The period ends (2022) before it begins (2023). Swap the two."),
    ("/search/", "q=ceasefire&from=2022", "There is no filter “from”."),
    ("/search/", "q=%22ceasefire", "The quotation mark before “ceasefire” is not closed: close the phrase."),
    ("/search/", "q=ceasefire&q=armenia", "“q” is given more than once. Keep one."),
    ("/search/", "q=-ceasefire", "words are only left out"),
    ("/facets/actor/", "frm=2022", TYPO),
    *((path, "lanes=colour", '"lanes"') for path in ("/marks.html", "/marks/cell/")),
    *((path, "first=2022&last=2023", '"first"') for path in ("/marks.html", "/marks/cell/")),
    *((path, "first=2022&last=2023", '"last"') for path in ("/marks.html", "/marks/cell/")),
    *((path, "frm=2022", '"frm"') for path in ("/marks.html", "/marks/cell/")),
    *((path, "category=nothing", '"category"') for path in ("/marks.html", "/marks/cell/")),
    *((path, "after=abc", '"after"') for path in ("/marks.html", "/marks/cell/")),
    *((f"/events.{extension}", "frm=2022&from=2022-02-30", TYPO) for extension in FORMATS),
    *((f"/events.{extension}", "frm=2022&from=2022-02-30", NO_DAY) for extension in FORMATS),
]


def test_wrong_query_is_refused_without_events(client):
    place, conflict = make.place("Yerevan", slug="yerevan"), make.conflict("Karabakh", slug="karabakh")
    event = make.published("Ceasefire", place=place, conflict=conflict)
    make.participation(event, make.actor("Armenia", slug="armenia"))

    otherwise = []
    for path, query, message in REFUSALS:
        answer = client.get(f"{path}?{query}")
        page = body(answer).decode()
        if (answer.status_code, message in page, event.public_id in page, "Ceasefire" in page) != (
            400,
            True,
            False,
            False,
        ):
            otherwise.append((path, query, answer.status_code))

    assert otherwise == []
