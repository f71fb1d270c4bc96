"""The desk's pages on which words are taken out, and the line that readers see."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from tests import make
from timeline.models import Event, Redaction

from .desk_client import desk, fields, member, rows

pytestmark = pytest.mark.django_db

NAME = "Zebediah Quill"
ADD = reverse("admin:timeline_redaction_add")


def typed(act: str = "erase", **changes) -> dict:
    return {"wordings": NAME, "act": act, "reason": "Danger to a person", "withheld": "on"} | changes


def confirmed(client, sent: dict):
    shown = client.post(ADD, sent)
    return client.post(ADD, sent | {"seen": fields(shown)["seen"], "_confirm": "1"})


def test_every_place_is_shown_before_anything_is_written():
    make.briefing(f"MS PORTER: Our source {NAME} saw it.")
    client = member("Administrator")
    before = rows()

    shown = client.post(ADD, typed()).content.decode()

    assert [words in shown for words in ("1 sources", f"<del>{NAME}</del>", "<ins>[redacted")] == [True] * 3
    assert rows() == before


def test_confirmed_words_are_out_and_the_readers_line_has_neither_them_nor_the_reason(client):
    event = make.published(f"Meeting with {NAME}")
    desk_client = member("Administrator")
    answer = confirmed(desk_client, typed())
    redaction = Redaction.objects.get()

    assert answer.url == reverse("admin:timeline_redaction_change", args=[redaction.pk])
    assert NAME not in Event.objects.get(pk=event.pk).title
    assert redaction.by == User.objects.get(is_staff=True)
    public = client.get("/redactions/").content.decode()
    assert [words in public for words in ("Words were erased.", "The reason is not published.", "Danger", NAME)] == [
        True,
        True,
        False,
        False,
    ]
    make.event(f"Another of {NAME}")
    confirmed(desk_client, typed(withheld=""))
    assert "Why: Danger to a person" in client.get("/redactions/").content.decode()


def test_places_that_changed_meanwhile_are_shown_anew():
    make.event(f"Meeting with {NAME}")
    client = member("Administrator")
    seen = fields(client.post(ADD, typed()))["seen"]
    make.event(f"Call with {NAME}")

    answer = client.post(ADD, typed() | {"seen": seen, "_confirm": "1"})

    assert "Nothing was saved: the words now occur in other places" in answer.content.decode()
    assert Redaction.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "field", "error"),
    [
        ({"wordings": "ab"}, "wordings", "too short"),
        ({"wordings": "Nowhere at all"}, "wordings", "not found"),
        ({"reason": f"Names {NAME}"}, "reason", "without them"),
        ({"act": "restrict"}, "custodians", "Select custodians"),
    ],
)
def test_form_says_what_is_wrong(changes, field, error):
    make.event(f"Meeting with {NAME}")

    form = member("Administrator").post(ADD, typed() | changes).context["form"]

    assert error in form.errors[field][0]


def test_each_act_needs_its_own_right():
    make.event(f"Meeting with {NAME}")

    assert [value for value, _ in member("Reviewer").get(ADD).context["form"].fields["act"].choices] == ["restrict"]
    assert "act" in member("Reviewer", "other").post(ADD, typed()).context["form"].errors
    assert [value for value, _ in desk("eraser", "erase_words").get(ADD).context["form"].fields["act"].choices] == [
        "erase"
    ]
    assert member("Editor").get(ADD).status_code == 403


def test_sealed_words_are_for_custodians_alone_and_each_reading_is_logged():
    make.event(f"Meeting with {NAME}")
    custodian = desk("custodian")
    keeper = User.objects.get(username="custodian")
    confirmed(member("Reviewer"), typed("restrict", custodians=[keeper.pk]))
    page = reverse("admin:timeline_redaction_change", args=[Redaction.objects.get().pk])

    read = [
        NAME in client.get(page).content.decode()
        for client in (custodian, member("Administrator"), member("Reviewer", "third"))
    ]

    assert read == [True, False, False]
    assert [entry.change_message for entry in keeper.logentry_set.all()] == ["Read the sealed words."]
    assert desk("guest").get(page).status_code == 403
