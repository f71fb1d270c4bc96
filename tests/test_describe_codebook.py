"""`describe_codebook`, and the file that holds what it prints."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from timeline.evidence.codebook import CODEBOOK_VERSION
from timeline.models import Event, EventType

from . import make
from .demo import demo  # noqa: F401

pytestmark = pytest.mark.django_db


def described() -> str:
    out = StringIO()
    call_command("describe_codebook", stdout=out)
    return out.getvalue()


def test_the_file_is_what_the_command_prints():
    """If this fails: manage.py describe_codebook > docs/codebook.md"""
    file = Path(__file__).parent.parent / "docs" / "codebook.md"

    assert file.read_text(encoding="utf-8") == described()


def test_every_type_has_a_whole_entry():
    entries = re.findall(r"^#### (.+)$", described(), re.M)

    assert sorted(entries) == sorted(EventType.objects.values_list("name", flat=True))
    for name in ("description", "include", "exclude", "boundary", "example", "counter_example"):
        assert list(EventType.objects.filter(**{name: ""})) == []


def test_a_type_is_described_as_it_stands_now():
    EventType.objects.filter(slug="visit").update(boundary="Guest and host.", exclude="", quad=None)

    entry = re.search(r"^#### Visit\n.+?(?=\n#)", described(), re.M | re.S)[0]

    assert entry.splitlines()[2:] == [
        "One party visits another.",
        "",
        "- **claims** a deed",
        "- **include** One party travels to another as its guest, or to a place of the conflict.",
        "- **boundary** Guest and host.",
        "- **example** “The envoy visited Baku.”",
        "- **counter example** “They met in Geneva.” This is a meeting.",
        "- **PLOVER** CONSULT visit; no quad (`visit`)",
    ]


def test_examples_of_the_counting_rule_are_events_of_the_demo(demo):  # noqa: F811
    named = re.findall(r"\*([^*]+?)\*", described().partition("## What one event is")[2].partition("## Did")[0])

    assert set(named) <= set(Event.objects.values_list("title", flat=True))
    assert len(named) == 7


def test_an_event_stores_the_version_it_was_coded_by():
    assert make.event().codebook_version == CODEBOOK_VERSION


def test_diagram_in_the_docs_is_that_of_the_models(capsys):
    call_command("describe_models")

    page = (Path(__file__).parent.parent / "docs/model.md").read_text()
    assert page.split("```mermaid\n")[1].removesuffix("```\n") == capsys.readouterr().out
