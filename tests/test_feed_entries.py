import pytest
from django.http import QueryDict

from tests import make
from timeline.exports import export_header, to_atom
from timeline.exports.event_records import read_records
from timeline.filters import EventFilter
from timeline.models import Event

pytestmark = pytest.mark.django_db


def records() -> list[dict]:
    return list(read_records(EventFilter(QueryDict(), Event.objects.public())))


def test_announced_event_is_said_to_be_announced():
    make.published(
        "Talks", type="meeting", edtf="2022-06-01", actuality="announced", cited={"act": "announces", "quote": "Troops moved."}
    )  # fmt: skip

    (record,) = records()

    assert to_atom.headline(record) == "Talks, announced for 1 June 2022"
    known = "Quote matched in our stored text; asserted, basis not stated; not contested; 1 source."
    assert export_header.known_words(record) == known
    assert to_atom.entry_html(record).startswith(f"<p>announced for 1 June 2022</p><p>{known}</p><blockquote>")


def test_source_that_a_data_set_lists_is_no_quote():
    source = make.briefing("", kind="data_record", publisher=make.actor("Reuters"), url="https://ucdp.example/")
    make.published("Clash", type="clash", briefing=source, cited={"quote": "Five killed"})

    (record,) = records()

    assert "Recorded by a data set" in export_header.known_words(record)
    assert ">Source listed by a data set: Reuters, 25 March 2022</a></p>" in to_atom.entry_html(record)
    assert "blockquote" not in to_atom.entry_html(record)
