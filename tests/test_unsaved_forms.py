"""What is typed and not saved is stored for its own account, and put back: after the end of a session, another sign-in, and by
choice."""

import datetime as dt
import io
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests import make
from timeline.models import Actor, Event, UnsavedForm

from .desk_client import change, editor, fields, lines, said, send
from .event_form import ADD, entry

pytestmark = pytest.mark.django_db
STORE, DISCARD, LIST = "/admin/unsaved/store/", "/admin/unsaved/discard/", "/admin/unsaved/"


def store(client: Client, typed: dict, path: str = ADD, **changes) -> int:
    """Store a form as the script does; return the status."""
    body = {"unsaved": typed["unsaved"], "path": path, "typed": urlencode(typed)} | changes
    return client.post(STORE, body).status_code


def typed_event(client: Client, **changes) -> dict:
    """Return the form of a new event with a title and two participants, one of them not complete."""
    participants = lines("participations", {"actor": make.actor("Iran").pk, "role": "initiator"}, {"office": "Envoy"})
    return fields(client.get(ADD)) | {"title": "Talks in Sochi", "edtf": "sometime"} | participants | changes


def is_put_back(form: dict, typed: dict) -> bool:
    """Return whether a form holds all that was typed."""
    return {name: str(text) for name, text in typed.items() if name != "csrfmiddlewaretoken"}.items() <= form.items()


def test_form_is_put_back_as_it_was_with_its_lines_and_without_a_word_of_blame():
    client = editor()
    typed = typed_event(client)

    assert store(client, typed) == 204
    assert store(Client(), typed | {"title": "Talks at Sochi"}) == 202
    store(client, typed)
    page = client.get(f"{ADD}?unsaved={typed['unsaved']}")

    assert is_put_back(fields(page), typed)
    assert page.context["errors"] == []
    assert "It is not saved yet." in page.content.decode()
    assert ">Iran</option>" in page.content.decode()
    assert not Event.objects.exists()


def test_saving_what_was_put_back_ends_it():
    client = editor()
    typed = typed_event(client) | entry() | {"actuality": "occurred", "participations-TOTAL_FORMS": "0"}
    store(client, typed)

    client.post(ADD, fields(client.get(f"{ADD}?unsaved={typed['unsaved']}")) | {"_save": "1"})

    event, unsaved = Event.objects.get(), UnsavedForm.objects.get()
    assert (event.title, unsaved.is_done, unsaved.typed, unsaved.title) == ("The ceasefire holds", True, "", "")
    assert store(client, typed) == 205
    gone = client.get(f"{ADD}?unsaved={typed['unsaved']}")
    assert (gone.status_code, gone.url) == (302, ADD)


def test_form_that_meets_the_end_of_its_session_is_put_back_after_signing_in():
    client = editor()
    typed = typed_event(client)
    client.logout()

    answer = client.post(ADD, typed | {"_save": "1"})
    way = parse_qs(urlsplit(answer.url).query)["next"][0]
    signed_in = client.post(answer.url, {"username": "editor", "password": "password of editor", "next": way})

    assert answer.url.startswith("/admin/login/")
    assert signed_in.url == way
    assert is_put_back(fields(client.get(way)), typed)


def test_form_that_meets_another_sign_in_is_put_back_at_once():
    editor()
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get())
    typed = typed_event(client)
    client.force_login(User.objects.get())  # in another window; the token of the first is no longer right
    client.cookies["csrftoken"] = "n" * 32

    answer = client.post(ADD, typed | {"_save": "1"})

    assert answer.status_code == 302
    assert "Nothing was saved; what you typed is below." in said(answer)[0]
    assert is_put_back(fields(client.get(answer.url)), typed)


def test_form_of_another_account_is_stored_there_and_shown_to_nobody_else():
    ada, typed = editor("ada"), {}
    typed = typed_event(ada)
    editor("bela")
    bela = Client(enforce_csrf_checks=True)
    bela.force_login(User.objects.get(username="bela"))

    answer = bela.post(ADD, typed | {"_save": "1"})

    assert (answer.status_code, answer.url) == (302, ADD)
    assert said(answer) == [
        "The form that you sent belongs to the account that opened it. It is stored there, and was not saved."
    ]
    stolen = bela.get(f"{ADD}?unsaved={typed['unsaved']}")
    assert (stolen.status_code, stolen.url) == (302, ADD)
    assert store(bela, typed) == 202  # stored for Ada, whose key it is
    assert "Talks in Sochi" not in bela.get(LIST).content.decode()
    assert "Talks in Sochi" in ada.get(LIST).content.decode()


def test_form_without_a_key_can_be_sent_again_where_it_comes_from_our_page():
    event = make.published()
    User.objects.create_superuser("chief")
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(username="chief"))
    page = f"/admin/timeline/event/{event.pk}/withdraw/"
    typed = fields(client.get(page)) | {"reason": "Wrong day", "csrfmiddlewaretoken": "n" * 32}

    ours = client.post(page, typed, headers={"origin": "http://testserver"})
    other = client.post(page, typed, headers={"origin": "http://elsewhere.example"})

    assert (ours.status_code, other.status_code) == (403, 403)
    assert fields(ours)["reason"].strip() == "Wrong day"
    assert "Wrong day" not in other.content.decode()
    assert client.post(page, fields(ours)).status_code == 302
    event.refresh_from_db()
    assert event.withdrawal_reason == "Wrong day"


def test_nothing_is_stored_for_an_account_that_is_closed():
    client = editor()
    typed = typed_event(client)
    User.objects.update(is_active=False)

    assert store(Client(), typed) == 409
    assert not UnsavedForm.objects.exists()


@pytest.mark.parametrize("signed", ["", "no key", "W10:1:x"])
def test_what_has_no_key_of_ours_is_not_stored(signed):
    client = Client()

    assert client.post(ADD, {"unsaved": signed, "title": "Spam"}).url.startswith(
        "/admin/login/?next=/admin/timeline/event/add/"
    )
    assert store(editor(), {"unsaved": signed, "title": "Spam"}) == 409
    assert not UnsavedForm.objects.exists()


def test_no_password_and_no_button_is_stored():
    client = editor()
    typed = typed_event(client, password="secret", new_Password1="secret", _save="1")

    store(client, typed)

    assert "secret" not in UnsavedForm.objects.get().typed
    assert "_save" not in UnsavedForm.objects.get().typed


def test_what_is_too_long_or_of_no_page_of_the_desk_is_refused():
    client = editor()

    assert store(client, typed_event(client, summary="x" * 262_144)) == 413
    assert store(client, typed_event(client), path="javascript:alert(1)") == 409
    assert not UnsavedForm.objects.exists()


def test_list_leads_to_each_form_and_discards_it():
    client = editor()
    typed = typed_event(client)
    store(client, typed)

    page = client.get(LIST).content.decode()
    assert f"{ADD}?unsaved=" in page
    assert "unsaved forms" in client.get("/admin/").content.decode()
    discarded = client.post(DISCARD, {"unsaved": typed["unsaved"]})

    assert (discarded.url, said(discarded)) == (LIST, ["What was typed is discarded."])
    assert "Talks in Sochi" not in client.get(LIST).content.decode()
    away = client.post(f"{DISCARD}?next=//elsewhere.example/", {"unsaved": typed["unsaved"]})
    assert away.url == LIST


def test_changed_row_is_put_back_with_what_others_changed_meanwhile():
    actor, client = make.actor("Old name"), editor()
    typed = fields(client.get(change(actor))) | {"description": "Typed and not saved"}
    store(client, typed, path=change(actor))
    send(editor("other"), change(actor), name="New name")

    page = client.get(f"{change(actor)}?unsaved={typed['unsaved']}")

    assert (fields(page)["name"], fields(page)["description"]) == ("New name", "Typed and not saved")
    assert "Changed while you were editing" in page.content.decode()
    assert Actor.objects.get().description == ""


def test_form_of_one_row_is_not_put_back_into_another():
    first, other, client = make.actor("One"), make.actor("Other"), editor()
    typed = fields(client.get(change(first)))
    store(client, typed, path=change(first))

    assert client.get(f"{change(other)}?unsaved={typed['unsaved']}").url == change(other)
    assert client.get(f"{ADD}?unsaved={typed['unsaved']}").url == ADD


def test_what_is_old_is_deleted_and_of_one_account_the_newest_are_kept(monkeypatch):
    monkeypatch.setattr("timeline.models.unsaved_form.MOST", 2)
    client = editor()
    for _ in range(4):
        store(client, fields(client.get("/admin/timeline/actor/add/")) | {"name": "Iran"}, "/admin/timeline/actor/add/")
    assert UnsavedForm.objects.count() == 2
    UnsavedForm.objects.update(stored_at=timezone.now() - dt.timedelta(days=7, minutes=1))
    shown = io.StringIO()

    call_command("clear_unsaved_forms", stdout=shown)

    lines = ["2 unsaved forms deleted.", "0 files of unsaved forms deleted."]
    assert (shown.getvalue().splitlines(), UnsavedForm.objects.count()) == (lines, 0)


def test_stored_form_is_offered_at_its_own_page():
    client = editor()
    store(client, typed_event(client))

    assert "You left this form unsaved" in client.get(ADD).content.decode()
    assert "You left this form unsaved" not in editor("other").get(ADD).content.decode()
    assert "You left this form unsaved" not in client.get("/admin/timeline/actor/add/").content.decode()
