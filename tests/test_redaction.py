"""Words that are taken out: gone from every place, and what is left is still right."""

from io import StringIO
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.formats import date_format

from tests import make, public_addresses
from timeline.history.change_reason import reason_for_change
from timeline.history.replace_text import TextReplacement, replace_text
from timeline.models import (
    ActorAlias,
    Briefing,
    BriefingSpeaker,
    Citation,
    EarlierText,
    Event,
    PendingChange,
    PublicRevision,
    Redaction,
    ReviewNote,
)
from timeline.models.login_attempt import Submission
from timeline.models.preset import Preset, PresetKind
from timeline.models.unsaved_form import UnsavedForm
from timeline.redaction.apply import StalePlan, fingerprint, redact
from timeline.redaction.redaction_plan import plan_redaction
from timeline.redaction.wordings import Wordings

from .desk_client import desk, editor, rows
from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NAME = "Zebediah Quill"
TEXT = f"MS PORTER: Our source {NAME} saw it. Troops moved at dawn.\n\nQUESTION: Who is Zebediah\nQuill?\n\nMS PORTER: No comment."
AGAIN = f"MS PORTER: Our man {NAME} saw it. Troops moved at dawn.\n\nQUESTION: Who?\n\nMS PORTER: No comment."


def marker() -> str:
    return f"[redacted, {date_format(timezone.localdate())}]"


@made_once
def world() -> Event:
    """Return a published event whose record has the name in as many places as one can."""
    briefing = make.briefing(
        TEXT, title=f"Remarks on {NAME}", url="https://a.org/zebediah-quill/1", slug="on-zebediah-quill"
    )
    event = make.published(f"Meeting with {NAME}", briefing=briefing, cited={"quote": f"Our source {NAME} saw it."})
    make.citation(event, briefing, quote="Troops moved at dawn.", note=f"Told by {NAME}")
    make.citation(make.event(), briefing, quote="Quill saw it. Troops moved")
    person = make.actor(NAME, kind="person", slug="zebediah-quill", description=f"{NAME}, a clerk")
    ActorAlias.objects.create(actor=person, name=f"{NAME} senior")
    ActorAlias.objects.create(actor=person, name=NAME.upper())
    make.participation(event, person)
    typed = {"table": "timeline.event", "path": "/admin/", "typed": "title=Zebediah+Quill", "stored_at": timezone.now()}
    typist = User.objects.create_user("typist")
    UnsavedForm.objects.create(key=uuid4(), owner=typist, **typed)
    Preset.objects.store(typist.pk, PresetKind.FILTER, "timeline.event", "Q", "q=Zebediah+Quill")
    event.title, event.summary = "Meeting with a source", f"It was {NAME}."
    with reason_for_change(f"{NAME} must not be named"):
        event.save()
    event.summary = ""
    event.save()
    proposed = {
        "briefing_id": briefing.pk,
        "quote": "Quill saw it.",
        "start": 31,
        "end": 44,
        "prefix": "ce Zebediah ",
        "suffix": "",
    }
    change = PendingChange.objects.create(
        event=event,
        before={"summary": f"It was {NAME}."},
        after={"summary": NAME},
        citation=proposed,
        reason=f"{NAME} again",
    )
    ReviewNote.objects.write(event, "comment", f"MS PORTER: {NAME} is named twice.", typist, change)
    replacement = TextReplacement(Briefing.objects.get(), AGAIN)
    accepted = [outcome.citation.pk for outcome in replacement.outcomes if outcome.offer]
    replace_text(briefing.pk, AGAIN, seen=replacement.fingerprint, captured_on=None, reason="", accepted=accepted[:1])
    return event


def everything_stored() -> str:
    """Return all that is in the database, indexes included, as text."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        stored = []
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}"')  # noqa: S608 (names of tables)
            stored += [f"{name} {row}" for row in cursor.fetchall()]
    return "\n".join(stored).lower()


def places_with_name() -> list[str]:
    return [line for line in everything_stored().splitlines() if "zebediah" in line or "quill" in line]


def erase(**changes) -> Redaction:
    return redact([NAME, "Quill"], "erase", **{"reason": "Danger to a person"} | changes)


def public_pages() -> str:
    public_addresses.forget_all()
    answers = public_addresses.answers(public_addresses.all_of_them())
    return "\n".join(str(answer) for answer in answers.values()).lower()


@pytest.mark.long
def test_erased_words_are_nowhere_in_public_pages_exports_and_the_database(world):
    assert "zebediah" in public_pages()

    erase()

    assert places_with_name() == []
    shown = public_pages()
    assert ("zebediah" in shown, "quill" in shown, marker().lower() in shown) == (False, False, True)
    for client in (editor(), desk("checker", "view_event", "view_citation", "view_briefing")):
        pages = [f"/admin/timeline/{table}/" for table in ("event", "citation", "briefing")]
        pages += [f"/admin/timeline/event/{pk}/history/" for pk in Event.objects.values_list("pk", flat=True)]
        pages += [f"/admin/timeline/briefing/{pk}/texts/1/" for pk in Briefing.objects.values_list("pk", flat=True)]
        assert [page for page in pages if "quill" in client.get(page).content.decode().lower()] == []


def test_erased_words_are_nowhere_in_the_database_and_quotes_stay_right(world):
    event = world
    versions = {row.pk: (row.turn_kind, row.earlier_text_id) for row in Citation.objects.all()}

    erase()

    assert places_with_name() == []
    assert {row.pk: (row.turn_kind, row.earlier_text_id) for row in Citation.objects.all()} == versions
    assert set(Citation.objects.values_list("state", flat=True)) == {"verified"}
    for citation in Citation.objects.select_related("briefing", "earlier_text"):
        assert citation.version_text[citation.start : citation.end] == citation.quote
    call_command("verify_quotes", stdout=StringIO())
    event.refresh_from_db()
    assert event.status == "published"
    assert marker() in Briefing.objects.get(pk=Citation.objects.first().briefing_id).text


def test_hash_of_the_text_before_is_withdrawn(world):
    before = {Briefing.objects.order_by("pk").first().text_sha256, EarlierText.objects.get().text_sha256}

    erase()

    stored = everything_stored()
    assert [sha for sha in before if sha in stored] == []


def test_restricted_words_are_sealed_with_their_salt_and_erased_ones_are_not():
    briefing = make.briefing(TEXT)
    keeper = User.objects.create_user("keeper")

    redaction = redact([NAME], "restrict", reason="A court order", custodians=[keeper])

    sealed = redaction.fields.get(table="timeline.briefing", column="text")
    assert sealed.sealed == TEXT
    assert len(sealed.salt) == 64
    assert list(redaction.custodians.all()) == [keeper]
    assert NAME not in Briefing.objects.get(pk=briefing.pk).text

    make.briefing(f"MS PORTER: {NAME} again.")
    erased = redact([NAME], "erase", reason="A court order").fields.all()
    assert {(row.sealed, row.salt, len(row.digest)) for row in erased} == {("", "", 64)}


def test_speaker_who_is_taken_out_keeps_turn_and_name_of_nobody_else():
    text = "ZEBEDIAH QUILL: I saw it.\n\nMS PORTER: We know.\n\nZEBEDIAH QUILL: Troops moved."
    briefing = make.briefing(text)
    person = make.actor("A witness", kind="person")
    BriefingSpeaker.objects.create(briefing=briefing, label="ZEBEDIAH QUILL", actor=person)
    citation = make.citation(make.event(), briefing, quote="Troops moved.")

    erase()

    changed = Briefing.objects.get(pk=briefing.pk)
    assert [turn.speaker for turn in changed.transcript.turns] == ["REDACTED ALPHA", "MS PORTER", "REDACTED ALPHA"]
    assert changed.speakers.get().label == "REDACTED ALPHA"
    citation.refresh_from_db()
    assert (citation.speaker, citation.quote, citation.state) == (person, "Troops moved.", "verified")


@pytest.mark.parametrize(
    ("wordings", "act", "reason", "error"),
    [
        ([], "erase", "x", "Enter the words"),
        (["ab"], "erase", "x", "too short"),
        (["Nowhere at all"], "erase", "x", "not found"),
        ([NAME], "restrict", "x", "Select custodians"),
        ([NAME], "erase", f"It names {NAME}", "without them"),
    ],
)
def test_redaction_that_cannot_be_is_refused_and_writes_nothing(wordings, act, reason, error):
    make.briefing(TEXT)
    before = everything_stored()

    with pytest.raises((ValueError, ValidationError), match=error):
        redact(wordings, act, reason=reason)
    assert everything_stored() == before


def test_places_that_have_changed_since_the_preview_are_refused():
    make.briefing(TEXT)
    seen = fingerprint(plan_redaction(Wordings([NAME], timezone.localdate())))
    make.briefing(f"MS PORTER: {NAME}.")
    before = rows()

    with pytest.raises(StalePlan):
        erase(seen=seen)
    assert rows() == before


@pytest.mark.parametrize(
    ("quote", "left"),
    [("Quill saw it.", "{} saw it."), ("Our source Zebediah", "Our source {}"), ("Zebediah Quill saw", "{} saw")],
)
def test_quote_that_has_some_of_the_words_ends_at_what_is_put_there_now_and_in_its_history(quote, left):
    briefing = make.briefing(TEXT.replace("Zebediah\nQuill", "he"))
    citation = make.citation(make.event(), briefing, quote=quote)

    redact([NAME], "erase", reason="Danger")

    citation.refresh_from_db()
    assert (citation.quote, citation.state) == (left.format(marker()), "verified")
    assert citation.quote == citation.version_text[citation.start : citation.end]
    assert places_with_name() == []


def test_part_of_the_words_beside_a_quote_that_was_deleted_is_in_no_history():
    briefing = make.briefing(f"MS PORTER: {NAME} saw it by the old bridge. Troops moved.")
    citation = make.citation(make.event(), briefing, quote="Troops moved.")
    assert citation.prefix == "Quill saw it by the old bridge. "
    citation.delete()

    redact([NAME], "erase", reason="Danger to a person")

    assert set(Citation.history.values_list("prefix", flat=True)) == {""}


def test_forms_that_were_sent_and_states_of_the_public_data_are_of_no_use_to_guess_words():
    event = make.published(f"Meeting with {NAME}")
    event.title = "Meeting"
    event.save()
    sender = User.objects.create_user("sender")
    Submission.objects.create(key=uuid4(), table="timeline.event", digest="0" * 64, row=event.pk, sent_by=sender)
    before, _ = PublicRevision.objects.current()

    erase()

    assert (Submission.objects.count(), PublicRevision.objects.current()[0] > before) == (0, True)


def test_earlier_texts_stay_guarded_after_a_redaction(world):
    erase()

    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        EarlierText.objects.update(captured_on=None)


def test_form_that_was_opened_before_does_not_bring_the_words_back_unseen():
    event = make.event(f"Meeting with {NAME}")
    versions = event.history.count()
    erase()

    assert event.history.count() == versions + 1
    assert event.history.first().history_change_reason == str(Redaction.objects.get())
    assert Event.objects.get(pk=event.pk).title == f"Meeting with {marker()}"


def test_words_are_whole_and_white_space_and_case_are_any():
    wordings = Wordings(["Ann Lee"], timezone.localdate())

    assert [span[:2] for span in wordings.in_text("ANN\n LEE, Annual lee, Joann Lee, Ann Lees, ann lee")] == [
        (0, 8),
        (43, 50),
    ]
    assert wordings.in_text("Ann Lee" * 1, longest=7)[0].words == "[…]"
