"""Two sources that are one document: nothing cited is lost, and the old address leads on."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from tests import make
from timeline.merging import BriefingMerge
from timeline.models import Briefing, BriefingSpeaker

from .desk_client import editor, reviewer, said, send
from .test_import_briefings import run

pytestmark = pytest.mark.django_db

TEXT = "MS PORTER: The ceasefire holds. Troops moved."
URL = "https://www.example.gov/call/"
OLD = "https://old.example.gov/call/"


def two(text: str = TEXT, **changes) -> tuple[Briefing, Briefing]:
    """Return (duplicate, target)."""
    return make.briefing(TEXT, slug="old", url=OLD, **changes), make.briefing(text, slug="new", url=URL)


def page(target: Briefing, duplicate: Briefing) -> str:
    return f"/admin/timeline/briefing/{target.pk}/merge/?with={duplicate.pk}"


def test_citations_speakers_and_addresses_move_and_the_old_address_leads_on(client):
    duplicate, target = two(further_urls="https://example.gov/third/")
    citation = make.citation(make.published(), duplicate, quote="Troops moved.")
    porter = make.actor("Jalina Porter", kind="person")
    BriefingSpeaker.objects.create(briefing=duplicate, label="MS PORTER", actor=porter)
    BriefingMerge(duplicate, target).apply("Saved twice")
    for row in (citation, duplicate, target):
        row.refresh_from_db()

    assert (citation.briefing, citation.state, citation.speaker) == (target, "verified", porter)
    assert list(target.speakers.values_list("label", "actor")) == [("MS PORTER", porter.pk)]
    assert (target.url, target.further_urls) == (URL, f"{OLD}\nhttps://example.gov/third/")
    assert (duplicate.merged_into, duplicate.status, duplicate.text) == (target, "draft", TEXT)
    assert {row.history.first().history_change_reason for row in (citation, duplicate, target)} == {"Saved twice"}
    answer = client.get("/briefings/old/")
    assert (answer.status_code, answer.url) == (301, "/briefings/new/")
    assert client.get("/api/v1/briefings/old/").status_code == 308
    assert {row.slug for row in client.get("/briefings/").context["page"]} & {"old", "new"} == {"new"}


def test_one_merged_before_leads_to_the_last():
    first, second = two()
    last = make.briefing(TEXT)
    BriefingMerge(first, second).apply("Saved twice")
    BriefingMerge(second, last).apply("Saved three times")
    first.refresh_from_db()

    assert first.merged_into == last
    assert BriefingMerge(first, last).obstacles() == [f"“{first}” was merged into another source before."]


def test_what_would_be_lost_is_refused_and_nothing_is_written():
    duplicate, target = two("MS PORTER: The ceasefire holds.")
    citation = make.citation(make.published(), duplicate, quote="Troops moved.")
    with pytest.raises(ValidationError) as refused:
        BriefingMerge(duplicate, target).apply("Saved twice")
    citation.refresh_from_db()

    assert "“Troops moved.”" in refused.value.messages[0]
    assert (citation.briefing, Briefing.objects.exclude(merged_into=None).count()) == (duplicate, 0)


def test_a_published_source_is_not_merged_into_a_draft():
    duplicate, target = two()
    target.status = "draft"
    target.save()

    assert ["keep the published one" in refusal for refusal in BriefingMerge(duplicate, target).obstacles()] == [True]


def test_values_are_taken_over_by_choice():
    duplicate, target = two(rights="Public domain")
    BriefingMerge(duplicate, target).apply("Saved twice", {"rights"})
    target.refresh_from_db()

    assert (target.rights, target.title) == ("Public domain", target.title)


def test_nothing_cites_what_was_merged_and_nobody_publishes_it():
    duplicate, target = two()
    BriefingMerge(duplicate, target).apply("Saved twice")
    citation = make.citation(make.event(), Briefing.objects.get(slug="old"), quote="Troops moved.")

    assert citation.briefing_id == target.pk
    assert Briefing.objects.drafts_among([duplicate.pk, target.pk]).count() == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Briefing.objects.filter(slug="old").update(status="published")


def test_desk_offers_the_same_document_and_merges_by_right():
    duplicate, target = two()
    assert list(editor().get(f"/admin/timeline/briefing/{target.pk}/merge/").context["offers"]) == [duplicate]
    assert editor("second").post(page(target, duplicate), {"with": duplicate.pk, "reason": "x"}).status_code == 403

    answer = send(reviewer(), page(target, duplicate), reason="Saved twice")
    duplicate.refresh_from_db()
    assert (duplicate.merged_into, len(said(answer))) == (target, 1)
    shown = reviewer("third").get(f"/admin/timeline/briefing/{duplicate.pk}/change/").content.decode()
    assert ("became part of" in shown, 'name="_save"' in shown) == (True, False)


def test_import_knows_what_was_merged(tmp_path):
    duplicate, target = two()
    duplicate.text += " Corrected."
    duplicate.save()
    BriefingMerge(duplicate, target).apply("Saved twice")
    path = tmp_path / "call.csv"
    for text, outcome in (
        (f"{TEXT} Corrected.", "0 changed, 1 unchanged"),
        ("Another text.", "1 changed, 0 unchanged"),
    ):
        path.write_text(f"title,text,source_url\nCall,{text},{OLD}\n")

        assert outcome in run(path)[0].splitlines()[-1]
