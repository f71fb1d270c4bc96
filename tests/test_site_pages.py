"""Who is behind the site and how its record is made: the pages that say so, and the files for programs."""

import csv
import io
import re
import zipfile

import pytest
from django.utils import timezone

from tests import make
from tests.export_events import taken
from timeline.models import EventType
from timeline.pages.code_list import CHOICES

pytestmark = pytest.mark.django_db


def page(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_the_owner_did_not_set_is_said_to_be_missing(client, settings):
    settings.DATA_LICENCE = settings.DATA_LICENCE_URL = ""

    html = page(client, "/about/")

    assert '<h1 class="title">About Conflict event timeline</h1>' in html
    assert "The owner of this site has not described it yet." in html
    assert "Not stated by the owner of this site" in html
    assert "No contact given" in html
    assert html.count("No licence has been chosen for this data.") == 1


def test_owner_contact_and_licence_are_shown(client, settings):
    settings.SITE_NAME, settings.SITE_OWNER, settings.SITE_CONTACT = "War Monitor", "Ada Ltd", "desk@example.org"

    html = page(client, "/about/")

    assert "<title>About War Monitor – War Monitor</title>" in html
    assert "<dd>Ada Ltd</dd>" in html
    assert '<a href="mailto:desk@example.org">desk@example.org</a>' in html
    assert '<a href="https://creativecommons.org/licenses/by/4.0/" rel="license">CC BY 4.0</a>.' in html


def test_owners_text_is_shown_and_runs_nothing(client, settings, tmp_path):
    file = tmp_path / "about.md"
    file.write_text(
        "# Who we are\n\nWe *count*. <script>alert(1)</script>\n\n# Why\n\n"
        "[a](javascript:alert(1)) ![b](https://other.example/b.png) [c](https://other.example/)\n"
    )
    settings.ABOUT_FILE = str(file)

    html = page(client, "/about/")

    prose = html.partition('<div class="prose">')[2].partition("<h2>How the record")[0]
    assert '<h1 class="title">Who we are</h1>' in html
    assert prose.split("\n") == [
        "",
        "<p>We <em>count</em>. &lt;script&gt;alert(1)&lt;/script&gt;</p>",
        '<h2 id="why">Why</h2>',
        '<p>[a](javascript:alert(1))  <a href="https://other.example/">c</a></p>',
        "",
        "",
    ]


@pytest.mark.parametrize("path", ["/", "/about/", "/api/docs/"])
def test_every_page_leads_to_who_and_how(client, path):
    foot = page(client, path).partition('<footer class="foot">')[2]

    links = re.findall(r'href="([^"]+)"', foot)
    assert links[:6] == ["/about/", "/method/", "/codebook/", "/changes/", "/releases/", "/export/"]


def test_method_has_the_rules_and_codebook_every_type(client):
    assert '<h2 id="which-act-supports-which-claim">Which act supports which claim</h2>' in page(client, "/method/")

    entries = re.findall(r'<h4 id="[\w-]+">(.+?)</h4>', page(client, "/codebook/"))
    assert sorted(entries) == sorted(EventType.objects.values_list("name", flat=True))


def test_codebook_file_has_every_code_once(client):
    answer = client.get("/codebook.csv")

    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    keys = [(row["column"], row["value"]) for row in rows]
    assert len(keys) == len(set(keys))
    assert {column for column, _ in keys} == {"events.type", *CHOICES}
    assert [row for row in rows if row["column"] == "events.type" and row["value"] == "visit"] == [
        {
            "codebook_version": "1.2",
            "column": "events.type",
            "value": "visit",
            "label": "Visit",
            "definition": "One party visits another.",
            "claim": "deed",
            "plover": "CONSULT visit",
        }
    ]


def test_every_code_of_a_package_is_in_its_codebook(client):
    event = make.published(date_note="About.", edtf="2022-03~", place=make.place(), place_precision="exact")
    make.participation(event, role="initiator")
    make.citation(event, act="denies", basis="hearsay", reliability="B", credibility="2")
    package = zipfile.ZipFile(io.BytesIO(taken(client, "zip")))

    def rows(name: str) -> list[dict]:
        return list(csv.DictReader(io.StringIO(package.read(f"{name}.csv").decode())))

    known = {(row["column"], row["value"]) for row in rows("codebook")}
    used = set()
    for coded in ("events.type", *CHOICES):
        table, _, column = coded.partition(".")
        used |= {(coded, row[column]) for row in rows(table) if row[column]}
    assert used - known == set()
    assert len({column for column, _ in used}) >= 15


def test_robots_are_kept_off_filters(client):
    text = page(client, "/robots.txt")

    assert text.startswith("User-agent: *\nDisallow: /*?\n")
    assert "Disallow: /facets/\n" in text
    assert text.endswith("\nSitemap: http://testserver/sitemap.xml\n")


def test_sitemap_has_public_pages_alone(client):
    event = make.published(briefing=make.briefing(slug="spoken"), conflict=make.conflict(slug="war"))
    make.event("A draft", conflict=make.conflict(slug="hidden"))
    make.published("Gone").withdraw("Wrong.")

    sections = re.findall(r"<loc>http://testserver/sitemap-(\w+)\.xml</loc>", page(client, "/sitemap.xml"))
    addresses = {name: re.findall(r"<loc>(.+?)</loc>", page(client, f"/sitemap-{name}.xml")) for name in sections}

    assert sections == ["pages", "events", "sources", "actors", "places", "conflicts"]
    assert addresses["events"] == [f"http://testserver/events/{event.public_id}/"]
    assert addresses["conflicts"] == ["http://testserver/conflicts/war/"]
    assert "http://testserver/briefings/spoken/" in addresses["sources"]
    assert all(client.get(address).status_code == 200 for address in addresses["pages"])


def test_security_contact_is_there_where_the_owner_named_one(client, settings):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SITE_CONTACT = "https://monitor.example/contact"

    fields = dict(line.split(": ") for line in page(client, "/.well-known/security.txt").splitlines())

    expires = timezone.datetime.fromisoformat(fields.pop("Expires"))
    assert 178 <= (expires - timezone.now()).days <= 180
    assert fields == {
        "Contact": "https://monitor.example/contact",
        "Preferred-Languages": "en",
        "Canonical": "http://testserver/.well-known/security.txt",
    }


def test_head_of_the_timeline_says_how_fresh_it_is(client):
    assert "ast change" not in page(client, "/")
    make.published(conflict=make.conflict(slug="war"))

    html = page(client, "/?conflict=war")

    assert 'Last source 25 March 2022, last change <a href="/changes/?conflict=war" rel="nofollow">today</a>' in html


def test_files_without_a_licence_say_so(client, settings):
    settings.DATA_LICENCE = settings.DATA_LICENCE_URL = ""
    make.published()

    package = zipfile.ZipFile(io.BytesIO(taken(client, "zip")))

    assert package.read("LICENCE").decode().startswith("No licence has been chosen for this data.")
    assert b'"licenses"' not in package.read("datapackage.json")
    assert client.get("/events.json").json()["licence"] == {"name": "", "url": ""}
