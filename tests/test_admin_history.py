import datetime as dt

import pytest
from django.urls import reverse

from tests import make
from timeline.history import Change, Piece
from timeline.models import Event

from .desk_client import desk, editor, reviewer, send

pytestmark = pytest.mark.django_db


def page(row, name: str = "change") -> str:
    return reverse(f"admin:timeline_{row._meta.model_name}_{name}", args=[row.pk])


def entries(client, row) -> list:
    return client.get(page(row, "history")).context["page"].entries


def test_history_tells_what_one_save_wrote_as_one_entry():
    event = make.published("First title")
    send(
        reviewer(),
        page(event),
        title="Second title",
        change_class="correction",
        change_reason="A slip",
        **{"citations-0-act": "confirms"},
    )

    newest, first = entries(editor(), event)

    title = Change("Title", "First title", "Second title", ())
    pieces = (Piece("out", "First"), Piece("in", "Second"), Piece("same", " title"))
    assert (newest.heading, newest.who, newest.why) == ("Changed", "reviewer", "A slip")
    assert [(record.what, record.name, record.kind, record.changes) for record in newest.records] == [
        ("event", "", "changed", (Change(title.field, title.before, title.after, pieces),)),
        ("citation", "The ceasefire holds.", "changed", (Change("Act", "reports", "confirms"),)),
    ]
    assert (first.heading, first.who, first.why) == ("Entered and published", "", "")
    assert [(record.what, record.kind) for record in first.records] == [("event", "added"), ("citation", "added")]


def test_history_names_the_moves_of_an_event():
    event = make.event()
    make.citation(event)
    client = reviewer()
    send(client, page(event), "_submit")
    send(reviewer("other"), page(event), "_publish", change_class="correction", change_reason="Checked")
    send(client, reverse("admin:timeline_event_withdraw", args=[event.pk]), reason="The source took it back")

    headings = [(entry.heading, entry.who, entry.why) for entry in entries(client, event)]

    assert headings == [
        ("Withdrawn", "reviewer", "The source took it back"),
        ("Published", "other", "Checked"),
        ("Submitted for review", "reviewer", ""),
        ("Entered", "", ""),
    ]
    published = entries(client, event)[1].records[0].changes
    assert [(change.field, change.before, change.after) for change in published] == [
        ("Status", "In review", "Published"),
        ("Reviewer", "", "other"),
    ]


def test_history_marks_differences_of_a_text_word_by_word():
    event = make.event(summary="The ministers spoke on Monday about the ceasefire.")
    send(editor(), page(event), summary="The ministers spoke on Tuesday about the ceasefire.")

    html = editor("reader").get(page(event, "history")).content.decode()

    assert "spoke on <del>Monday</del><ins>Tuesday</ins> about the ceasefire." in html


def test_history_shows_only_tables_that_may_be_viewed():
    event = make.published()

    [entry] = entries(desk("guest", "view_event"), event)

    assert [record.what for record in entry.records] == ["event"]


def test_history_of_a_deleted_citation_stays():
    event = make.event()
    citation = make.citation(event, speaker=make.actor("Jalina Porter"))
    send(
        editor(), page(event), change_class="correction", change_reason="Not about this", **{"citations-0-DELETE": "on"}
    )

    record = entries(editor("reader"), event)[0].records[-1]

    assert (record.what, record.kind, record.name) == ("citation", "deleted", "The ceasefire holds.")
    assert Change("Speaker", "Jalina Porter", "") in record.changes
    assert Change("Quote", citation.quote, "") in record.changes


def test_history_of_a_deleted_row_stays():
    event = make.event("Gone")
    url = page(event, "history")
    client = editor()
    client.post(page(event, "delete"), {"post": "yes"})

    assert [entry.heading for entry in client.get(url).context["page"].entries] == ["Deleted", "Entered"]


def test_history_of_an_unknown_row_is_not_found():
    assert editor().get("/admin/timeline/event/999/history/").status_code == 404


@pytest.mark.parametrize("before", ["", "yesterday", "2026-11-24", "9" * 40, "2026-11-24T10:00:00.000000+01:00"])
def test_history_refuses_what_is_no_moment(before):
    assert editor().get(page(make.event(), "history"), {"before": before}).status_code == 404


def test_history_is_read_page_by_page():
    conflict = make.conflict("No. 0")
    for number in range(1, 60):
        conflict.name = f"No. {number}"
        conflict._history_date = dt.datetime(2026, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=number)
        conflict._change_reason = str(number)
        conflict.save()
    client, whys, address = editor(), [], page(conflict, "history")

    while address:
        shown = client.get(address).context["page"]
        whys += [entry.why for entry in shown.entries]
        moment = shown.older and shown.older.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        address = moment and f"{page(conflict, 'history')}?before={moment}"
        assert len(shown.entries) <= 50

    assert whys == ["", *map(str, range(59, 0, -1))]


def test_old_versions_have_no_form_that_could_save_them():
    event = make.published()
    version = event.history.last().pk

    assert reviewer().get(f"{page(event, 'history')}{version}/").status_code in (302, 404)
    assert reviewer("other").post(f"{page(event, 'history')}{version}/", {"title": "Old"}).status_code in (302, 404)
    assert Event.objects.get().title == event.title
