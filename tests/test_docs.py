"""What the documents promise is there, and what is there is documented."""

import re
import tomllib
from pathlib import Path

import pytest

from timeline.exports import FORMATS
from timeline.exports.columns import CITATION, WIDE
from timeline.exports.package import ORIGINALS, TABLES
from timeline.filters import EventFilter

ROOT = Path(__file__).resolve().parent.parent


def document(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_parameter_of_the_filter_is_documented():
    table = document("docs/filters.md")

    documented = {name for row in re.findall(r"^\| (`.+?) \|", table, re.M) for name in re.findall(r"`([a-z_]+)`", row)}

    assert documented == set(EventFilter.base_filters)


@pytest.mark.parametrize(
    "columns",
    [WIDE, CITATION, *(table.columns for table in (*TABLES, ORIGINALS))],
    ids=["events", "citations", *(table.name for table in (*TABLES, ORIGINALS))],
)
def test_every_column_is_documented_with_its_meaning(columns):
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", document("docs/formats.md"), re.M)

    assert {(column.name, column.kind, column.meaning) for column in columns} <= set(rows)


@pytest.mark.parametrize("extension", FORMATS)
def test_every_format_is_documented(extension):
    format = FORMATS[extension]

    assert f"| `/events.{extension}` | {format.label} | {format.opens_in} |" in document("docs/formats.md")


@pytest.mark.parametrize(
    "path", [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))], ids=lambda path: path.name
)
def test_links_between_documents_lead_somewhere(path):
    for target, heading in re.findall(r"\]\((?!https?://)([^)#]*)#?([^)]*)\)", path.read_text(encoding="utf-8")):
        page = path.parent / target if target else path
        assert page.exists(), target
        assert not heading or heading in anchors(page), f"{target}#{heading}"


def anchors(page: Path) -> list[str]:
    """Return the anchors of the headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return [re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings]


def test_every_command_of_the_readme_is_in_the_makefile():
    targets = set(re.findall(r"^([a-z]+):", document("Makefile"), re.M))

    assert set(re.findall(r"make ([a-z]+)", document("README.md"))) <= targets


@pytest.mark.django_db
def test_every_field_of_a_manifest_is_documented(client):
    table = document("docs/formats.md").partition("| field | meaning |\n")[2].partition("\n\n")[0]

    assert re.findall(r"^\| `(\w+)` \|", table, re.M) == list(client.get("/events.csv.manifest").json())


def test_license_is_named_wherever_it_is_looked_for():
    project = tomllib.loads(document("pyproject.toml"))["project"]

    assert (project["license"], project["license-files"]) == ("BSD-3-Clause", ["LICENSE"])
    assert document("LICENSE").splitlines()[:3] == [
        "BSD 3-Clause License",
        "",
        "Copyright (c) 2026, the contributors of the conflict-event timeline tracker",
    ]
    assert "[LICENSE](LICENSE)" in document("README.md")
