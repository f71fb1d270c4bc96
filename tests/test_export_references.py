"""How reference managers get the sources: one author, who is quoted, the days."""

import json

import bibtexparser
import pytest
import rispy

from tests import make

from .export_events import taken

pytestmark = pytest.mark.django_db


def cited(kind: str, name: str, **changes):
    publisher = make.actor(name, kind=kind)
    event = make.event()
    briefing = make.briefing(publisher=publisher, captured_on="2022-03-26", **changes)
    for speaker in (make.actor("Porter, Jalina"), None, make.actor("Ada")):
        make.citation(
            event, briefing, speaker=speaker, quote="Troops moved." if speaker is None else "The ceasefire holds."
        )
    event.publish()


NAMES = [
    ("organisation", "Ministry of Defence", "Ministry of Defence,", None),
    (
        "organisation",
        "Ministry of Foreign Affairs, Republic of Testland",
        "Ministry of Foreign Affairs – Republic of Testland,",
        1,
    ),
    ("office", "Press Office, Ministry, Testland,", "Press Office – Ministry – Testland,", 1),
    ("person", "Jalina Porter", "Jalina Porter", None),
]


@pytest.mark.parametrize(("kind", "name", "author", "publisher"), NAMES)
def test_publisher_is_one_author_whatever_commas_it_has(client, kind, name, author, publisher):
    cited(kind, name)

    (ris,) = rispy.loads(taken(client, "ris").decode())
    (csl,) = json.loads(taken(client, "csl.json"))
    (bib,) = bibtexparser.parse_string(taken(client, "bib").decode()).entries

    assert (ris["authors"], ris.get("publisher")) == ([author], name if publisher else None)
    assert (csl["author"], bib["author"]) == ([{"literal": name}], f"{{{name}}}")


def test_references_name_who_is_quoted_and_when_the_text_was_copied(client):
    cited("organisation", "Department")
    quoted = "Speakers quoted: Ada; Porter, Jalina"

    (ris,) = rispy.loads(taken(client, "ris").decode())
    (csl,) = json.loads(taken(client, "csl.json"))
    (bib,) = bibtexparser.parse_string(taken(client, "bib").decode()).entries

    assert (ris["notes"], ris["access_date"]) == ([quoted], "2022/03/26")
    assert (csl["note"], csl["accessed"]) == (quoted, {"date-parts": [[2022, 3, 26]]})
    assert (bib["note"], bib["urldate"]) == (quoted, "2022-03-26")
