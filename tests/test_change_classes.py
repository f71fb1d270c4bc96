"""Of which kind a change is, from the form on which it is entered to the page that readers see."""

import pytest

from tests import make
from tests.desk_client import errors, reviewer, rows, send
from tests.test_corrections import change
from timeline.history import page
from timeline.history.change_reason import is_typo, reason_for_change
from timeline.history.corrections import Correction, corrections
from timeline.models import Event

pytestmark = pytest.mark.django_db

SECRET = "She would be found."


def form(event: Event) -> str:
    return f"/admin/timeline/event/{event.pk}/change/"


def corrections_of(event: Event) -> list[tuple[str, str, str, bool]]:
    """Return kind, what, reason, and whether the reason is withheld."""
    return [(row.kind, row.what, row.reason, row.is_withheld) for row in corrections(event)]


def words(html: str) -> str:
    return " ".join(html.partition('id="corrections"')[2].partition("</section>")[0].split())


@pytest.mark.parametrize(
    ("change_class", "kind"),
    [
        *(("correction", "Correction"), ("update", "Update"), ("source", "Source changed")),
        *(("clarification", "Clarification"), ("", "Change")),
    ],
)
def test_kind_of_change_stands_beside_it(change_class, kind):
    event = make.published()
    with reason_for_change("So it is.", change_class=change_class):
        change(event, summary="More.")

    assert corrections_of(event) == [(kind, "Summary", "So it is.", False)]


def test_correction_says_what_was_wrong_and_what_is_right(client):
    event = make.published(deaths_best=5)
    with reason_for_change("Two had been counted twice.", change_class="correction"):
        change(event, deaths_best=3)

    html = words(client.get(event.get_absolute_url()).content.decode())

    assert "<b>Correction.</b> Deaths: wrong: <del>best estimate 5</del> right: <ins>best estimate 3</ins>" in html
    assert "Why: Two had been counted twice." in html


def test_letters_that_were_mended_are_kept_and_not_shown():
    event = make.published("Armistcie", summary="Since Friday.")
    with reason_for_change("", change_class="typo"):
        change(event, title="Armistice", event_type=make.event(type="phone-call").event_type)
    change(event, summary="Since Monday.")

    assert [(row.what, row.before, row.after) for row in corrections(event)] == [
        ("Summary", "Since Friday.", "Since Monday."),
        ("Type", "Statement", "Phone call"),  # no letter: shown, whatever it was called
    ]
    assert event.history.filter(change_class="typo", title="Armistice").count() == 1


def test_reason_can_be_kept_from_readers_and_stands_on_the_desk(client):
    event = make.published()
    with reason_for_change(SECRET, change_class="correction", withheld=True):
        change(event, title="Armistice")

    html = client.get(event.get_absolute_url()).content.decode()

    assert corrections_of(event) == [("Correction", "Title", "", True)]
    assert "The reason is not published." in words(html)
    assert SECRET not in html
    entry = page(Event, event.pk).entries[0]
    assert (entry.kind, entry.why, entry.is_withheld) == ("Correction", SECRET, True)


def test_withdrawal_is_one_and_its_reason_can_be_kept_too(client):
    event, chief = make.published(), reviewer()
    send(chief, f"/admin/timeline/event/{event.pk}/withdraw/", reason=SECRET, reason_withheld="on")

    event.refresh_from_db()
    pages = [event.get_absolute_url(), f"/embed/events/{event.public_id}/", f"/api/v1/events/{event.public_id}/"]
    html = [client.get(address).content.decode() for address in pages]

    assert (event.status, event.withdrawal_reason) == ("withdrawn", "The reason is not published.")
    assert corrections_of(event) == [("Withdrawal", "State", "", True)]
    assert ["The reason is not published." in text for text in html] == [True] * 3
    assert [SECRET in text for text in html] == [False] * 3
    row = event.history.first()
    assert (row.history_change_reason, row.change_class, row.reason_withheld) == (SECRET, "withdrawal", True)


def test_withdrawal_with_a_reason_says_it():
    event = make.published()
    event.withdraw("Wrong day.")

    assert corrections(event) == [
        Correction(event.history.first().history_date, "State", "Published", "Withdrawn", "Wrong day.", "withdrawal")
    ]


# Which form asks


def test_form_of_what_was_never_public_asks_for_no_kind():
    assert "change_class" not in reviewer().get(form(make.event())).context["adminform"].form.fields


def test_kinds_that_need_a_reason():
    event, client = make.published(), reviewer()
    before = rows()

    for change_class in ("correction", "source", "clarification"):
        answer = send(client, form(event), title="Another", change_class=change_class)
        assert errors(answer) == ["Say why. This has been public, and readers see the reason of each correction."]
    assert {name: table for name, table in rows().items() if "auth" not in name} == before


def test_update_needs_no_reason():
    event = make.published(summary="One.")
    send(reviewer(), form(event), summary="Two.", change_class="update")

    assert corrections_of(event) == [("Update", "Summary", "", False)]


def made_of_two() -> Event:
    event = make.event("Armistcie")
    make.citation(event)
    make.citation(event, position=1)
    event.publish()
    return event


def test_letters_are_a_typographical_error():
    event = made_of_two()
    send(reviewer(), form(event), change_class="typo", title="Armistice")

    event.refresh_from_db()
    assert (event.title, corrections(event)) == ("Armistice", [])


def test_more_than_letters_is_no_typographical_error():
    event, client = made_of_two(), reviewer()
    before = rows()

    for changes in (
        {"title": "Armistcie in Artsakh"},
        {"edtf": "2022-03-25"},
        {"citations-0-note": "Misheard"},
        {"citations-0-act": "confirms"},
        {"citations-0-DELETE": "on"},
    ):
        answer = send(client, form(event), change_class="typo", **changes)
        assert (answer.status_code, "is not a typographical error" in answer.content.decode()) == (200, True), changes
    assert {name: table for name, table in rows().items() if "auth" not in name} == before


def test_wrong_kind_is_refused():
    event = make.published()
    answer = send(reviewer(), form(event), title="Other", change_class="withdrawal", change_reason="Why")

    assert len(errors(answer)) == 1
    assert corrections(event) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Armistcie", "Armistice", True),
        ("The cease fire holds.", "The ceasefire holds.", True),
        ("Same", "Same", True),
        ("2 killed", "3 killed", False),
        ("Two killed", "Nine killed", False),
        ("They met.", "They have not met.", False),
        ("They have not met.", "They met.", False),
        ("", "New", False),
        ("Armenia attacks", "Azerbaijan attacks", False),
    ],
)
def test_letters_alone_are_a_typographical_error(before, after, expected):
    assert is_typo(before, after) is expected
