"""A label without a speaker is named with one form, for a document, a publisher or always."""

import pytest
from django.urls import reverse

from tests import make
from timeline.admin import speaker_pages
from timeline.models import ActorAlias, BriefingSpeaker, Citation

from .desk_client import editor
from .shared_fixtures import made_once

pytestmark = pytest.mark.django_db

TEXT = "QUESTION: Why?\n\nMS LEE: The ceasefire holds."


@made_once
def lee():
    return make.actor("Ann Lee", kind="person")


def address(briefing, label: str = "MS LEE") -> str:
    return f"{reverse('admin:timeline_briefing_speaker', args=[briefing.pk])}?label={label}"


def named() -> list[tuple[int, str, str]]:
    return list(BriefingSpeaker.objects.order_by("briefing").values_list("briefing", "label", "actor__name"))


def test_form_of_the_briefing_leads_to_it(admin_client):
    briefing = make.briefing(TEXT)

    page = admin_client.get(reverse("admin:timeline_briefing_change", args=[briefing.pk])).content.decode()

    assert address(briefing, "MS%20LEE") in page


@pytest.mark.parametrize(("scope", "places"), [("here", [0]), ("publisher", [0, 1]), ("always", [0, 1, 2])])
def test_label_is_named_where_it_means_the_same(admin_client, lee, scope, places):
    office = make.actor("Office")
    briefings = [make.briefing(TEXT, publisher=office), make.briefing(f"{TEXT} So.", publisher=office)]
    briefings += [make.briefing(f"{TEXT} Yes."), make.briefing("MR KAY: MS LEE: she said.", publisher=office)]
    event = make.event("Ceasefire")
    make.citation(event, briefings[0], quote="The ceasefire holds.")

    answer = admin_client.post(address(briefings[0]), {"actor": lee.pk, "scope": scope})

    assert answer.status_code == 302
    assert named() == [(briefings[place].pk, "MS LEE", "Ann Lee") for place in places]
    assert {speaker.named_by for speaker in BriefingSpeaker.objects.all()} == {"hand"}
    assert Citation.objects.get().speaker == lee
    assert list(ActorAlias.objects.values_list("name", flat=True)) == (["MS LEE"] if scope == "always" else [])


def test_label_of_a_role_is_named_in_its_document_alone(admin_client, lee):
    briefing = make.briefing(TEXT)

    page = admin_client.post(address(briefing, "QUESTION"), {"actor": lee.pk, "scope": "always"})

    assert page.context["form"].errors.keys() == {"scope"}
    assert (named(), ActorAlias.objects.count()) == ([], 0)


def test_form_that_names_nobody_is_refused(admin_client):
    briefing = make.briefing(TEXT)

    page = admin_client.post(address(briefing), {"actor": "", "scope": "here"})

    assert page.context["form"].errors.keys() == {"actor"}
    assert named() == []


@pytest.mark.parametrize("label", ["", "MR KAY", "QUESTION: Why?"])
def test_label_that_is_not_there_is_not_found(admin_client, lee, label):
    briefing = make.briefing(TEXT)

    assert admin_client.post(address(briefing, label), {"actor": lee.pk, "scope": "here"}).status_code == 404
    assert named() == []


def test_briefing_of_published_events_needs_the_permission_to_publish(lee):
    office = make.actor("Office")
    draft, public = make.briefing(TEXT, publisher=office), make.briefing(f"{TEXT} So.", publisher=office)
    make.published("Ceasefire", briefing=public, cited={"quote": "The ceasefire holds."})
    ada = editor()

    assert ada.post(address(public), {"actor": lee.pk, "scope": "here"}).status_code == 403
    ada.post(address(draft), {"actor": lee.pk, "scope": "publisher"})
    assert named() == [(draft.pk, "MS LEE", "Ann Lee")]


def test_so_many_documents_at_most(admin_client, lee, monkeypatch):
    monkeypatch.setattr(speaker_pages, "MOST_DOCUMENTS", 2)
    office = make.actor("Office")
    briefings = [make.briefing(f"{TEXT} {number}.", publisher=office) for number in range(3)]

    admin_client.post(address(briefings[0]), {"actor": lee.pk, "scope": "publisher"})

    assert len(named()) == 2
