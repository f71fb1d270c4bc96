import datetime as dt
import hashlib

import pytest
from django.db import DatabaseError, IntegrityError

from tests.factories import make_actor, make_briefing, make_citation, make_event, make_published
from tests.held import force, problems, refused, refused_by
from timeline.models import Briefing, BriefingSpeaker, Citation, Event

pytestmark = pytest.mark.django_db

TEXT = "QUESTION: Did they talk?\n\nMS PORTER: They did. The ceasefire holds."


def new_briefing(**changes) -> Briefing:
    fields = {"slug": "new", "title": "Briefing", "kind": "readout", "publisher": make_actor(), "text": TEXT}
    return Briefing(**fields | changes)


def states(briefing: Briefing) -> list[tuple[str, str]]:
    """Return quote and state of the briefing's citations as stored."""
    return list(briefing.citations.order_by("pk").values_list("quote", "state"))


def evidence(event: Event) -> tuple[int, dt.date | None]:
    return Event.objects.values_list("supporting_count", "first_reported_on").get(pk=event.pk)


# Rules


def test_briefing_is_in_order():
    briefing = new_briefing(
        url="https://www.state.gov/x", archive_url="http://archive.example/x", published_on="2022-03-25"
    )

    assert problems(briefing) == {}


def test_briefing_reads_as_its_title_at_its_address():
    briefing = make_briefing(slug="porter", title="Briefing of 25 March")

    assert (str(briefing), briefing.get_absolute_url()) == ("Briefing of 25 March", "/briefings/porter/")


@pytest.mark.parametrize("field", ["status", "kind"])
def test_briefing_choices_are_known(field):
    assert problems(new_briefing(**{field: "secret"})) == {field: ["Value 'secret' is not a valid choice."]}
    with refused_by(f"briefing_{field}_known"):
        force(make_briefing(), **{field: "secret"})


def test_briefing_needs_a_title():
    assert problems(new_briefing(title="")) == {"title": ["This field cannot be blank."]}
    with refused_by("briefing_title_filled"):
        force(make_briefing(), title="")


def test_briefing_title_has_at_most_300_characters():
    assert problems(new_briefing(title="x" * 301)) == {
        "title": ["Ensure this value has at most 300 characters (it has 301)."]
    }
    with refused():
        force(make_briefing(), title="x" * 301)


def test_briefing_title_stands_on_one_line():
    assert problems(new_briefing(title="A\u202eB")) == {
        "title": ["Character 2 is U+202E, which cannot be seen. Delete it and type the text again."]
    }


@pytest.mark.parametrize("field", ["url", "archive_url"])
@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//example.org", "ftp://example.org"])
def test_briefing_addresses_are_web_addresses(field, address):
    assert problems(new_briefing(**{field: address})) == {
        field: [f"“{address}” is not a web address. Write it in full, like https://www.state.gov/briefings/."]
    }
    with refused_by(f"briefing_{field}_http"):
        Briefing.objects.bulk_create([new_briefing(text="", **{"url": "https://a.org", field: address})])


def test_briefing_has_a_text_or_an_address():
    assert problems(new_briefing(text="")) == {"text": ["Give the text, or the address where it can be read."]}
    with refused_by("briefing_text_or_address"):
        Briefing.objects.bulk_create([new_briefing(text="")])


def test_briefing_of_unseen_characters_has_no_text():
    assert list(problems(new_briefing(text="\u00ad\ufeff"))) == ["text"]


@pytest.mark.parametrize("values", [{"text_sha256": ""}, {"text_sha256": "abc"}, {"text": "", "url": "https://a.org"}])
def test_briefing_text_and_hash_go_together(values):
    with refused_by("briefing_text_hashed"):
        force(make_briefing(), **values)


def test_briefing_with_citations_stays():
    citation = make_citation(make_event())

    with pytest.raises(Exception, match="protected"):
        citation.briefing.delete()


# Text


def test_briefing_text_is_normalised():
    briefing = make_briefing("One\r\ntwo\u00a0three\rcafe\u0301 so\u00adft \u202eback")

    briefing.refresh_from_db()
    assert briefing.text == "One\ntwo three\ncafé soft [U+202E]back"


def test_briefing_text_is_hashed():
    briefing = make_briefing("One\r\ntwo")

    briefing.refresh_from_db()
    assert briefing.text_sha256 == hashlib.sha256(b"One\ntwo").hexdigest()


def test_briefing_without_text_has_no_hash():
    assert make_briefing("", url="https://example.org").text_sha256 == ""


def test_briefing_updated_by_name_of_a_column_is_hashed_too():
    briefing = make_briefing()

    Briefing.objects.update_or_create(slug=briefing.slug, defaults={"text": "Other\r\nwords"})

    briefing.refresh_from_db()
    assert (briefing.text, briefing.text_sha256) == ("Other\nwords", hashlib.sha256(b"Other\nwords").hexdigest())


def test_briefing_transcript_has_its_turns():
    turns = make_briefing(TEXT).transcript.turns

    assert [(turn.speaker, turn.kind) for turn in turns] == [("QUESTION", "question"), ("MS PORTER", "answer")]


# A changed text


def test_changed_text_leaves_a_quote_before_the_change_verified():
    briefing = make_briefing(TEXT)
    make_citation(make_event(), briefing, quote="They did.")

    briefing.text = TEXT.replace("holds", "lasts")
    briefing.save()

    assert states(briefing) == [("They did.", "verified")]


def test_changed_text_moves_a_quote():
    briefing = make_briefing(TEXT)
    make_citation(make_event(), briefing)

    briefing.text = f"Good afternoon.\n\n{TEXT}"
    briefing.save()

    citation = briefing.citations.get()
    assert (citation.state, briefing.text[citation.start : citation.end]) == ("moved", "The ceasefire holds.")


def test_changed_text_loses_a_quote():
    briefing = make_briefing(TEXT)
    make_citation(make_event(), briefing)

    briefing.text = TEXT.replace("holds", "held")
    briefing.save()

    citation = briefing.citations.get()
    assert (citation.state, citation.start, citation.end) == ("missing", None, None)


def test_changed_back_text_finds_a_lost_quote():
    briefing = make_briefing(TEXT)
    make_citation(make_event(), briefing)
    for text in (TEXT.replace("holds", "held"), TEXT):
        briefing.text = text
        briefing.save()

    assert states(briefing) == [("The ceasefire holds.", "verified")]


def test_changed_marks_are_taken_over_into_the_quote():
    briefing = make_briefing('MS PORTER: The "ceasefire" holds - today.')
    make_citation(make_event(), briefing, quote='The "ceasefire" holds - today.')

    briefing.text = "MS PORTER: The “ceasefire” holds – today."
    briefing.save()

    assert briefing.citations.get().quote == "The “ceasefire” holds – today."


def test_removed_text_leaves_quotes_without_text():
    briefing = make_briefing(TEXT, url="https://example.org")
    make_citation(make_event(), briefing)

    briefing.text = ""
    briefing.save()

    assert states(briefing) == [("The ceasefire holds.", "no_text")]


def test_text_put_in_afterwards_verifies_its_quotes():
    briefing = make_briefing("", url="https://example.org")
    make_citation(make_event(), briefing)

    briefing.text = TEXT
    briefing.save()

    assert states(briefing) == [("The ceasefire holds.", "verified")]


def test_changed_text_is_written_with_all_its_citations_or_not_at_all(monkeypatch):
    briefing = make_briefing(TEXT)
    make_citation(make_event(), briefing)
    make_citation(make_event(), briefing, quote="They did.")
    anchor = Citation.anchor

    def anchor_one(citation):
        if citation.quote == "They did.":
            raise RuntimeError("a fault")
        anchor(citation)

    monkeypatch.setattr(Citation, "anchor", anchor_one)
    briefing.text = f"Good afternoon. {TEXT}"
    with pytest.raises(RuntimeError, match="a fault"):
        briefing.save()

    assert Briefing.objects.get().text == TEXT
    assert states(briefing) == [("The ceasefire holds.", "verified"), ("They did.", "verified")]


def test_changed_text_finds_its_quotes_also_after_a_failed_save():
    briefing = make_briefing(TEXT)
    make_citation(make_event(), briefing)
    briefing.text, briefing.title = f"Good afternoon. {TEXT}", "x" * 301
    with refused():
        briefing.save()

    briefing.title = "Briefing"
    briefing.save()

    assert states(briefing) == [("The ceasefire holds.", "moved")]


def test_older_copy_of_a_briefing_finds_its_quotes_in_the_text_it_brings_back():
    briefing = make_briefing(TEXT)
    make_citation(make_event(), briefing)
    older = Briefing.objects.get(pk=briefing.pk)
    briefing.text = f"Good afternoon. {TEXT}"
    briefing.save()

    older.save()

    citation = older.citations.get()
    assert TEXT[citation.start : citation.end] == "The ceasefire holds."


def test_briefing_saved_unchanged_leaves_its_citations_alone():
    briefing = make_briefing(TEXT)
    citation = make_citation(make_event(), briefing)

    briefing.title = "Another headline"
    briefing.save()

    assert citation.history.count() == 1


def test_changed_text_writes_no_history_of_quotes_that_stay():
    text = f"{TEXT} It was agreed in November 2020. Thank you."
    briefing = make_briefing(text)
    stays = make_citation(make_event(), briefing, quote="Did they talk?")
    moves = make_citation(make_event(), briefing, quote="Thank you.")

    briefing.text = text.replace("agreed", "agreed upon")
    briefing.save()

    assert (stays.history.count(), moves.history.count()) == (1, 2)


# Evidence


def test_briefing_day_is_the_day_its_events_were_reported_on():
    event = make_event()
    citation = make_citation(event)

    citation.briefing.published_on = dt.date(2022, 3, 26)
    citation.briefing.save()

    assert evidence(event) == (1, dt.date(2022, 3, 26))


def test_briefing_without_a_day_reports_on_none():
    event = make_event()
    make_citation(event, make_briefing(published_on=None))

    assert evidence(event) == (1, None)


def test_briefing_made_a_draft_takes_its_evidence_away():
    event = make_event()
    citation = make_citation(event)
    other = make_citation(event, make_briefing(published_on=dt.date(2022, 4, 1)))

    citation.briefing.status = "draft"
    citation.briefing.save()

    assert other.briefing.published_on == dt.date(2022, 4, 1)
    assert evidence(event) == (1, dt.date(2022, 4, 1))


def test_briefing_published_brings_its_evidence():
    event = make_event()
    citation = make_citation(event, make_briefing(status="draft"))
    before = evidence(event)

    citation.briefing.status = "published"
    citation.briefing.save()

    assert (before, evidence(event)) == ((0, None), (1, dt.date(2022, 3, 25)))


def test_briefing_on_which_published_events_rest_alone_does_not_become_a_draft():
    briefing = make_briefing()
    event = make_published("The line is quiet", briefing=briefing)
    briefing.status = "draft"

    assert problems(briefing) == {
        "status": [
            "1 published event rests on this briefing alone: “The line is quiet”. Withdraw first what rests on it."
        ]
    }
    with refused_by("event_published_with_evidence"):
        briefing.save()
    assert (Briefing.objects.get(pk=briefing.pk).status, evidence(event)[0]) == ("published", 1)


def test_briefing_names_at_most_five_of_the_events_that_rest_on_it():
    briefing = make_briefing()
    for number in range(6):
        make_published(f"No. {number}", briefing=briefing)
    briefing.status = "draft"

    assert problems(briefing) == {
        "status": [
            "6 published events rest on this briefing alone: “No. 0”; “No. 1”; “No. 2”; “No. 3”; “No. 4”. "
            "Withdraw first what rests on it."
        ]
    }


def test_briefing_becomes_a_draft_where_another_supports_its_events():
    event = make_published()
    make_citation(event, make_briefing())
    first = event.citations.first().briefing
    first.status = "draft"

    assert problems(first) == {}
    first.save()
    assert evidence(event)[0] == 1


def test_briefing_does_not_become_a_draft_where_another_only_denies():
    event = make_published()
    make_citation(event, make_briefing(), act="denies")
    first = event.citations.first().briefing
    first.status = "draft"

    assert list(problems(first)) == ["status"]


def test_briefing_of_withdrawn_events_becomes_a_draft():
    event = make_published()
    event.withdraw("Wrong day.")
    briefing = event.citations.get().briefing
    briefing.status = "draft"

    assert problems(briefing) == {}
    briefing.save()


def test_briefing_is_public_once_published():
    assert (make_briefing().is_public, make_briefing(status="draft").is_public) == (True, False)


# Speakers


def test_speaker_is_in_order():
    speaker = BriefingSpeaker(briefing=make_briefing(), label="MS PORTER", actor=make_actor(), office="Spokesperson")

    assert problems(speaker) == {}


def test_speaker_reads_as_label_and_actor():
    speaker = BriefingSpeaker(briefing=make_briefing(), label="MS PORTER", actor=make_actor("Jalina Porter"))

    assert str(speaker) == "MS PORTER: Jalina Porter"


def test_speaker_needs_a_label():
    briefing, actor = make_briefing(), make_actor()

    assert problems(BriefingSpeaker(briefing=briefing, label="", actor=actor)) == {
        "label": ["This field cannot be blank."]
    }
    with refused_by("briefingspeaker_label_filled"):
        BriefingSpeaker.objects.bulk_create([BriefingSpeaker(briefing=briefing, label="", actor=actor)])


def test_speaker_of_a_label_is_one():
    first = BriefingSpeaker.objects.create(briefing=make_briefing(), label="MS PORTER", actor=make_actor())
    again = BriefingSpeaker(briefing=first.briefing, label="MS PORTER", actor=make_actor())

    assert problems(again) == {"__all__": ["This label has its speaker already."]}
    with pytest.raises(IntegrityError):
        BriefingSpeaker.objects.bulk_create([again])


def test_speaker_named_afterwards_speaks_in_citations_that_had_none():
    briefing = make_briefing(TEXT)
    answered = make_citation(make_event(), briefing)
    asked = make_citation(make_event(), briefing, quote="Did they talk?")

    porter = BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=make_actor()).actor

    speakers = dict(Citation.objects.values_list("pk", "speaker"))
    assert speakers == {answered.pk: porter.pk, asked.pk: None}


def test_speaker_named_afterwards_leaves_other_speakers_alone():
    briefing, minister = make_briefing(TEXT), make_actor()
    citation = make_citation(make_event(), briefing, speaker=minister)

    BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=make_actor())

    citation.refresh_from_db()
    assert citation.speaker == minister


def test_speaker_writes_no_history_of_citations_in_other_turns():
    briefing = make_briefing(TEXT)
    asked = make_citation(make_event(), briefing, quote="Did they talk?")

    BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=make_actor())

    assert asked.history.count() == 1


def test_speaking_actor_stays():
    speaker = BriefingSpeaker.objects.create(briefing=make_briefing(), label="MS PORTER", actor=make_actor())

    with pytest.raises(Exception, match="protected"):
        speaker.actor.delete()


def test_briefing_text_shows_what_the_database_cannot_hold():
    briefing = make_briefing("nothing\x00hidden")

    assert Briefing.objects.get(pk=briefing.pk).text == "nothing[U+0000]hidden"


def test_briefing_slug_stands_once():
    make_briefing(slug="new")

    assert problems(new_briefing()) == {"slug": ["Briefing with this Slug already exists."]}
    with pytest.raises(DatabaseError):
        new_briefing().save()
