"""Filters that an account saves under a name."""

import pytest
from django.contrib.auth.models import User

from timeline.models import Preset
from timeline.models.preset import MOST, PresetKind

from .desk_client import desk, editor, said

pytestmark = pytest.mark.django_db

LIST, ADD = "/admin/timeline/event/", "/admin/saved-filters/add/"


def save(client, name="Mine", values="status__exact=draft&p=3&type=&from=2022", table="timeline.event"):
    return client.post(ADD, {"table": table, "name": name, "values": values})


def saved(client, query="") -> list[tuple[str, str]]:
    presets = client.get(f"{LIST}{query}").context["saved_filters"].presets
    return [(preset.name, preset.values) for preset in presets]


def test_a_filter_is_saved_listed_and_deleted():
    client = editor()

    answer = save(client)

    assert answer.url == f"{LIST}?from=2022&status__exact=draft"
    assert said(answer) == ["The filter is saved as “Mine”, for your account alone."]
    assert saved(client) == [("Mine", "from=2022&status__exact=draft")]
    page = client.get(answer.url).content.decode()
    assert '<a href="?from=2022&amp;status__exact=draft" aria-current="true">Mine</a>' in page
    deleted = client.post(f"/admin/saved-filters/{Preset.objects.get().pk}/delete/")
    assert (deleted.url, said(deleted)[-1]) == (LIST, "The saved filter “Mine” is deleted.")
    assert saved(client) == []


def test_the_same_name_takes_the_place_of_what_it_named():
    client = editor()
    save(client)
    save(client, values="lacks=date")

    assert saved(client) == [("Mine", "lacks=date")]


def test_a_saved_filter_is_of_one_account_and_one_list():
    client, other = editor(), desk("other", "view_event", "view_citation")
    save(client)
    preset = Preset.objects.get()

    assert saved(other) == []
    assert other.post(f"/admin/saved-filters/{preset.pk}/delete/").status_code == 404
    assert client.get("/admin/timeline/citation/").context["saved_filters"].presets.count() == 0
    assert Preset.objects.get() == preset


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"name": ""}, "Name: This field is required."),
        ({"name": "a" * 61}, "Name: Ensure this value has at most 60 characters (it has 61)."),
        ({"values": "q=" + "a" * 2000}, "Values: Ensure this value has at most 2000 characters (it has 2002)."),
    ],
)
def test_what_cannot_be_saved_is_refused(typed, message):
    answer = save(editor(), **typed)

    assert (said(answer), Preset.objects.count()) == ([f"The filter was not saved. {message}"], 0)


def test_only_lists_of_the_desk_that_one_may_see_have_saved_filters():
    client = desk("viewer", "view_event")

    tables = ("timeline.citation", "timeline.loginattempt", "x", "")
    assert [save(client, table=table).status_code for table in tables] == [403, 404, 404, 404]
    assert Preset.objects.count() == 0


def test_a_list_has_so_many_saved_filters_at_most():
    client = editor()
    owner = User.objects.get(username="editor").pk
    Preset.objects.bulk_create(
        Preset(owner_id=owner, kind=PresetKind.FILTER, table="timeline.event", name=f"{number:02}", values="lacks=date")
        for number in range(MOST)
    )

    answer = save(client)

    assert said(answer) == [f"The filter was not saved: {MOST} are saved for this list. Delete one first."]
    assert said(save(client, name="00"))[-1:] == ["The filter is saved as “00”, for your account alone."]
    assert len(saved(client)) == MOST


def test_a_saved_filter_that_is_no_longer_right_is_refused_when_it_is_opened():
    client = editor()
    answer = save(client, values="actor=999999")

    page = client.get(answer.url)

    assert (page.status_code, list(page.context["cl"].result_list)) == (400, [])
