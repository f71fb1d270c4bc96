"""An event whose licence forbids redistribution: the pages of the site show it, and nothing that leaves the site does."""

import datetime as dt
import io
import re
import zipfile
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

from tests import make
from tests.public_addresses import kinds, public_kinds
from timeline.api.counts import FACET_NAMES
from timeline.exports import FORMATS
from timeline.exports.make_release import make_release
from timeline.models import DataSet

from .clients import body
from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]

OURS, THEIRS = "e000000001", "e000000002"
WORDS = ("Zalpha", "Zbravo", "Zcharlie", "Zdelta", "Zecho", "Zfoxtrot", "Zgolf", "1987", "48611")  # said by it alone
DIGEST = re.compile("[0-9a-f]{32,}")  # of a file, which may have any figures
EVENT_PATH = f"/events/{THEIRS}/"
PATHS = [
    EVENT_PATH,
    f"{EVENT_PATH}cite/",
    f"{EVENT_PATH}report/",
    f"{EVENT_PATH}card/",
    f"/embed{EVENT_PATH}",
    f"/api/v1{EVENT_PATH}",
]
PATHS += [
    f"/oembed/?url={quote(f'http://testserver{path}', safe='')}" for path in (EVENT_PATH, "/", "/?data_set=acled")
]
PATHS += [f"{path}{query}" for path in ("/", "/embed/", "/marks.html") for query in ("", "?data_set=acled")]
PATHS += [f"/marks.html?{query}" for query in ("axis=reported", "lanes=actor", "from=1980&to=1990")]
PATHS += [f"/{name}/" for name in ("actors", "places", "conflicts", "briefings", "export", "verify", "compare")]
PATHS += ["/compare/?a=&b=data_set%3Dacled", "/marks/cell/?first=1987-01-01&last=1987-12-31&lanes=category&number=5"]
SUBJECTS = [f"/{name}/z{name}/" for name in ("actors", "places", "conflicts", "briefings")]
PATHS += SUBJECTS
PATHS += [f"/api/v1{path}" for path in ("/", *SUBJECTS)]
LISTED = ("events", "citations", "briefings", "actors", "places", "conflicts", "facets", "histogram", "removed")
PATHS += [f"/api/v1/{name}/" for name in LISTED]
PATHS += [f"{start}/facets/{name}/" for start in ("", "/api/v1") for name in FACET_NAMES]
PATHS += [f"/events.{extension}{end}" for extension in FORMATS for end in ("", ".manifest")]
PATHS += [
    "/api/docs/",
    "/about/",
    "/method/",
    "/codebook/",
    "/codebook.csv",
    "/changes/",
    "/changes.atom",
    "/releases/",
    "/releases/1/",
    "/releases/1/package.zip",
    "/releases/1/manifest.json",
    "/robots.txt",
]
PATHS += ["/.well-known/security.txt", "/sitemap.xml"]
PATHS += ["/search/", "/search/?q=Zalpha"]
PATHS += [f"/sitemap-{section}.xml" for section in ("events", "sources", "actors", "places", "conflicts")]
# Pages that tell other sites nothing
TEXTS = {"briefing-text", "briefing-texts", "briefing-text-difference", "redactions"}


@made_once
def withheld():
    """One event entered here, and one of a data set that may not go on, with an actor, place and briefing of its own."""
    terms = {"licence": "terms of ACLED", "attribution": "ACLED, acleddata.com.", "redistributable": False}
    acled = DataSet.objects.create(slug="acled", name="ACLED", **terms)
    make.citation(ours := make.event("Ours", public_id=OURS, edtf="2022-03-24"))
    ours.publish()
    place = make.place("Zgolf", slug="zplaces")
    fields = {"summary": "Zbravo.", "place": place, "conflict": make.conflict("Zecho", slug="zconflicts")}
    fields |= {"edtf": "1987-05-06", "deaths_best": 48611, "data_set": acled}
    theirs = make.event("Zalpha", public_id=THEIRS, **fields)
    briefing = make.briefing("Zdelta.", title="Zcharlie", slug="zbriefings", published_on=dt.date(1987, 5, 7))
    make.citation(theirs, briefing, quote="Zdelta.")
    make.participation(theirs, make.actor("Zfoxtrot", slug="zactors"))
    theirs.publish()
    make_release("")
    return theirs


class Machine(HTMLParser):
    """Reads of a page of the site what machines read and people copy: head without title, JSON-LD, frames, references."""

    def __init__(self, page: str):
        super().__init__()
        self.texts, self.within = [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.within = tag
        if tag in ("meta", "link"):
            self.texts += [value or "" for _, value in attrs]

    def handle_endtag(self, tag):
        self.within = ""

    def handle_data(self, data):
        if self.within in ("script", "textarea"):
            self.texts.append(data)


def leaving(client, path: str) -> str:
    """Return what of an answer leaves the site: of a page what machines read, of everything else, frames too, all."""
    answer = client.get(path)
    assert answer.status_code in (200, 403, 404)
    content = body(answer)
    if answer["Content-Type"].startswith("text/html") and not path.startswith("/embed/"):
        return "\n".join(Machine(content.decode()).texts)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return "".join(package.read(name).decode() for name in package.namelist())
    return content.decode()


@pytest.mark.parametrize("path", PATHS)
def test_nothing_that_leaves_the_site_holds_it(client, withheld, path):
    text = DIGEST.sub("", leaving(client, path))

    assert [word for word in WORDS if word in text] == []


def test_every_public_address_is_asked():
    assert public_kinds() - kinds(PATHS) == TEXTS


@pytest.mark.parametrize("path", ["/", "/embed/", "/api/v1/facets/", "/events.json"])
def test_the_other_event_leaves(client, withheld, path):
    assert (OURS in (text := leaving(client, path)) or "facets" in path, THEIRS in text) == (True, False)


@pytest.mark.parametrize("path", ["/", EVENT_PATH, f"{EVENT_PATH}card/", *SUBJECTS])
def test_pages_of_the_site_show_it(client, withheld, path):
    assert "Zalpha" in client.get(path).content.decode()


def test_page_of_it_tells_other_sites_why(client, withheld):
    text = leaving(client, EVENT_PATH)

    assert "Shown at this address alone: the licence of its data set forbids redistribution." in text
    assert "oembed" not in text
    assert "application/ld+json" not in client.get(EVENT_PATH).content.decode()


def test_withdrawn_it_tells_no_more(client, withheld):
    withheld.withdraw("Zwrong.")

    assert "Zalpha" not in leaving(client, EVENT_PATH)
    assert "Zalpha" not in leaving(client, f"/embed{EVENT_PATH}")


def test_frame_of_it_leads_to_its_page(client, withheld):
    answer = client.get(f"/embed{EVENT_PATH}")

    words = "It comes from ACLED, whose licence (terms of ACLED) forbids redistribution."
    assert (answer.status_code, words in answer.content.decode()) == (403, True)
    assert f'href="http://testserver{EVENT_PATH}"' in answer.content.decode()


WHY = "1 event of ACLED left out: its licence (terms of ACLED) forbids redistribution."


def test_frame_of_a_list_says_what_it_leaves_out(client, withheld):
    page = client.get("/embed/").content.decode()

    assert WHY in page
    assert "<b>1 event</b>, not from the data set ACLED" in page


def test_oembed_of_it_says_why_there_is_none(client, withheld):
    answer = client.get("/oembed/", {"url": f"http://testserver{EVENT_PATH}"})

    error = "The licence of ACLED (terms of ACLED) forbids redistribution."
    assert (answer.status_code, answer.json()) == (404, {"error": error, "status": 404})


def test_its_reference_has_its_address_alone(client, withheld):
    page = client.get(f"{EVENT_PATH}cite/").content.decode()

    assert (
        f"An event of ACLED. In: Conflict event timeline. Revision {page.split('#revision=')[1].split(' ')[0]}" in page
    )
    assert "Zdelta" not in page
