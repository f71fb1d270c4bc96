import datetime as dt

import pytest

from tests.factories import make_actor, make_briefing, make_citation, make_event, make_published
from tests.held import force, problems, refused_by
from timeline.models import BriefingSpeaker, Citation, Event

pytestmark = pytest.mark.django_db

TEXT = (
    "QUESTION: Is the “line of contact” quiet – or not?\n\n"
    "MS PORTER: The ceasefire holds. It was agreed in\nNovember 2020. The ceasefire holds.\n\n"
    "QUESTION: Thank you."
)


def new_citation(**changes) -> Citation:
    fields = {"quote": "The ceasefire holds.", "act": "reports"} | changes
    fields.setdefault("event", make_event())
    fields.setdefault("briefing", make_briefing())
    return Citation(**fields)


def cite(quote: str, text: str = TEXT, **changes) -> Citation:
    """Return a citation of this text as the database holds it."""
    citation = make_citation(make_event(), make_briefing(text), quote=quote, **changes)
    return Citation.objects.get(pk=citation.pk)


def evidence(event: Event) -> tuple[int, dt.date | None]:
    return Event.objects.values_list("supporting_count", "first_reported_on").get(pk=event.pk)


# Rules


def test_citation_is_in_order():
    assert problems(new_citation(edtf="2022-03", reliability="A", credibility="1", note="As translated.")) == {}


@pytest.mark.parametrize("field", ["act", "reliability", "credibility"])
def test_citation_choices_are_known(field):
    assert problems(new_citation(**{field: "x"})) == {field: ["Value 'x' is not a valid choice."]}
    with refused_by(f"citation_{field}_known"):
        force(make_citation(make_event()), **{field: "x"})


def test_citation_state_is_known():
    with refused_by("citation_(state_known|position_complete)"):  # both say so
        force(make_citation(make_event()), state="x")


def test_citation_needs_a_quote():
    assert problems(new_citation(quote="")) == {"quote": ["This field cannot be blank."]}
    with refused_by("citation_quote_filled"):
        force(make_citation(make_event()), quote="")


def test_citation_quote_has_at_most_5000_characters():
    briefing = make_briefing("word " * 1001)
    citation = make_citation(make_event(), briefing, quote="word " * 999 + "word")

    assert problems(new_citation(briefing=briefing, quote=("word " * 1001).strip())) == {
        "__all__": ["quote: write 1 to 5000 characters."]
    }
    with refused_by("citation_quote_filled"):
        force(citation, quote="x" * 5001)


@pytest.mark.parametrize(
    "values",
    [
        {"state": "missing"},
        {"state": "no_text"},
        {"start": None},
        {"end": None},
        {"start": None, "end": None},
        {"start": 5, "end": 5},
        {"start": 6, "end": 5},
    ],
)
def test_citation_position_and_state_go_together(values):
    with refused_by("citation_position_complete"):
        force(make_citation(make_event()), **values)


@pytest.mark.parametrize("text", [TEXT, ""])
@pytest.mark.parametrize("quote", ["…", "“ – ”", "..."])
def test_citation_quote_has_a_word(text, quote):
    citation = new_citation(quote=quote, briefing=make_briefing(text, url="https://example.org"))

    assert problems(citation) == {
        "quote": ["The quote is empty or only punctuation: give the exact words of the text."]
    }
    with pytest.raises(ValueError, match="only punctuation"):
        citation.save()


def test_citation_quote_holds_nothing_unseen():
    assert problems(new_citation(quote="The cease\u202efire holds.")) == {
        "quote": ["Character 10 is U+202E, which cannot be seen. Delete it and type the text again."]
    }


def test_citation_quote_stands_in_the_text():
    citation = new_citation(quote="The cease-fire still holds.", briefing=make_briefing(TEXT, title="Briefing"))

    assert problems(citation) == {
        "quote": [
            "These words do not stand in “Briefing”. The nearest passage is: “The ceasefire holds.”. "
            "Copy the words from the briefing."
        ]
    }


def test_citation_quote_like_nothing_in_the_text_gets_no_suggestion():
    citation = new_citation(quote="Zebras graze.", briefing=make_briefing(TEXT, title="Briefing"))

    assert problems(citation) == {
        "quote": ["These words do not stand in “Briefing”. Copy the words from the briefing."]
    }


def test_citation_may_quote_a_briefing_without_text():
    assert problems(new_citation(briefing=make_briefing("", url="https://example.org"))) == {}


def test_citation_date_is_edtf():
    assert problems(new_citation(edtf="2022-13")) == {
        "edtf": [
            '"2022-13" has no such month: months run from 01 to 12. '
            "Write for example 2022-12, or 2022 if the month is not known."
        ]
    }


def test_citation_reads_as_its_first_words_on_one_line():
    citation = cite("It was agreed in\nNovember 2020. The ceasefire holds.")

    assert str(citation) == "“It was agreed in November 2020. The ceasefire holds.”"


def test_citation_of_many_words_is_cut_short():
    assert str(Citation(quote="word " * 20)) == "“" + ("word " * 12)[:60] + "…”"


def test_citation_leads_to_its_words():
    citation = make_citation(make_event(), make_briefing(slug="porter", url="https://example.org/x"))

    assert citation.get_absolute_url() == f"/briefings/porter/#q-{citation.public_id}"
    assert citation.source_url == (
        "https://example.org/x#:~:text=MS%20PORTER%3A-,The%20ceasefire%20holds.,-Troops%20moved."
    )


def test_citation_leads_to_the_archive_where_there_is_no_other_address():
    citation = make_citation(make_event(), make_briefing(archive_url="https://archive.example/x"))

    assert citation.source_url.startswith("https://archive.example/x#:~:text=")


def test_citation_without_any_address_leads_nowhere():
    assert make_citation(make_event()).source_url == ""


def test_citation_rating_is_both_judgements():
    assert new_citation(reliability="B", credibility="2").rating == "B2"


@pytest.mark.parametrize(("edtf", "words"), [("2022-03-21", "21 March 2022"), ("", "")])
def test_citation_date_in_words(edtf, words):
    assert new_citation(edtf=edtf).date_display == words


# Anchoring


def test_citation_is_verified_where_its_words_stand():
    citation = cite("It was agreed in")

    assert (citation.state, TEXT[citation.start : citation.end]) == ("verified", "It was agreed in")


def test_citation_keeps_what_stands_around_its_words():
    citation = cite("It was agreed in")

    assert (citation.prefix, citation.suffix) == (
        TEXT[citation.start - 32 : citation.start],
        TEXT[citation.end : citation.end + 32],
    )


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ('the "line of contact" quiet', "the “line of contact” quiet"),
        ("quiet - or not?", "quiet – or not?"),
        ("It was agreed in\r\nNovember 2020.", "It was agreed in\nNovember 2020."),
        ("It was  agreed in November 2020.", "It was agreed in\nNovember 2020."),
    ],
)
def test_citation_takes_its_characters_from_the_text(typed, stored):
    citation = cite(typed)

    assert (citation.quote, citation.state) == (stored, "verified")


def test_citation_is_not_changed_by_validation():
    citation = new_citation(quote="quiet - or not?", briefing=make_briefing(TEXT))

    citation.full_clean()

    assert (citation.quote, citation.start, citation.prefix) == ("quiet - or not?", None, "")


def test_citation_of_words_that_stand_twice_is_ambiguous_at_the_first():
    citation = cite("The ceasefire holds.")

    assert (citation.state, citation.start, citation.prefix) == ("ambiguous", TEXT.index("The ceasefire"), "")


def test_citation_of_words_that_stand_twice_stays_ambiguous_when_saved_again():
    citation = cite("The ceasefire holds.")

    citation.note = "As translated."
    citation.full_clean()
    citation.save()

    assert (citation.state, citation.start) == ("ambiguous", TEXT.index("The ceasefire"))


def test_citation_of_words_that_stand_twice_is_verified_once_a_context_chooses():
    citation = cite("The ceasefire holds.")

    citation.prefix = "November 2020. "
    citation.save()

    assert (citation.state, citation.start) == ("verified", TEXT.rindex("The ceasefire"))


def test_citation_of_words_that_stand_twice_is_told_by_what_stands_around():
    citation = cite("The ceasefire holds.", prefix="November 2020. ")

    assert (citation.state, citation.start) == ("verified", TEXT.rindex("The ceasefire"))


def test_citation_of_words_that_stand_twice_keeps_its_place_when_they_come_back_from_a_form():
    text = "MS PORTER: One\ntwo. One\ntwo. End."
    citation = cite("One\ntwo.", text, prefix="two. ")
    second = citation.start

    citation.quote = "One\r\ntwo."
    citation.full_clean()
    citation.save()

    citation.refresh_from_db()
    assert (citation.quote, citation.state, citation.start) == ("One\ntwo.", "verified", second)
    assert second == text.rindex("One")


def test_citation_of_other_words_is_anchored_anew():
    citation = cite("The ceasefire holds.", prefix="November 2020. ")

    citation.quote = "It was agreed in"
    citation.save()

    citation.refresh_from_db()
    assert (citation.state, TEXT[citation.start : citation.end]) == ("verified", "It was agreed in")
    assert citation.prefix == TEXT[citation.start - 32 : citation.start]


def test_citation_of_another_briefing_is_anchored_anew():
    citation = cite("The ceasefire holds.", prefix="November 2020. ")

    citation.briefing = make_briefing("The ceasefire holds.")
    citation.save()

    citation.refresh_from_db()
    assert (citation.state, citation.start, citation.prefix) == ("verified", 0, "")


def test_citation_of_words_that_do_not_stand_there_is_missing():
    citation = cite("The ceasefire held.")

    assert (citation.state, citation.start, citation.end) == ("missing", None, None)


def test_citation_of_a_briefing_without_text():
    citation = make_citation(make_event(), make_briefing("", url="https://example.org"))

    assert (citation.state, citation.start, citation.end, citation.turn_kind) == ("no_text", None, None, "")


def test_citation_saved_in_part_is_anchored_all_the_same():
    citation = cite("It was agreed in")

    citation.quote = "Thank you."
    citation.save(update_fields=["quote"])

    citation.refresh_from_db()
    assert (TEXT[citation.start : citation.end], citation.turn_kind) == ("Thank you.", "question")
    assert citation.quote_search == " thank you "


def test_citation_is_searched_by_its_folded_words():
    assert cite('the "line of contact"').quote_search == " the line of contact "


# Turn and speaker


@pytest.mark.parametrize(
    ("quote", "kind"),
    [("It was agreed in", "answer"), ("Thank you.", "question"), ("MS PORTER:", "")],
)
def test_citation_has_the_kind_of_its_turn(quote, kind):
    citation = cite(quote)

    assert (citation.turn_kind, citation.in_question) == (kind, kind == "question")


def test_citation_of_a_text_without_turns_stands_in_a_statement():
    assert cite("The ceasefire holds", "The ceasefire holds. It does.").turn_kind == "statement"


def test_citation_takes_its_speaker_from_the_turn():
    briefing, porter = make_briefing(TEXT), make_actor("Jalina Porter")
    BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=porter)

    answered = make_citation(make_event(), briefing, quote="It was agreed in")
    asked = make_citation(make_event(), briefing, quote="Thank you.")

    assert (answered.speaker, asked.speaker) == (porter, None)


def test_citation_of_words_that_one_speaker_says_twice_has_this_speaker():
    briefing, porter = make_briefing(TEXT), make_actor("Jalina Porter")
    BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=porter)

    citation = make_citation(make_event(), briefing)

    assert (citation.state, citation.speaker, citation.turn_kind) == ("ambiguous", porter, "answer")


def test_citation_of_words_that_several_say_has_no_speaker_and_counts_as_asked():
    briefing = make_briefing("MS PORTER: It is quiet.\n\nQUESTION: It is quiet. Is it?\n\nMS PORTER: It is quiet.")
    BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=make_actor())

    citation = make_citation(make_event(), briefing, quote="It is quiet.")

    assert (citation.state, citation.speaker, citation.turn_kind) == ("ambiguous", None, "question")


def test_citation_keeps_the_speaker_an_editor_chose():
    briefing, minister = make_briefing(TEXT), make_actor()
    BriefingSpeaker.objects.create(briefing=briefing, label="MS PORTER", actor=make_actor())

    assert make_citation(make_event(), briefing, quote="It was agreed in", speaker=minister).speaker == minister


# Evidence


@pytest.mark.parametrize(
    ("act", "count"),
    [
        ("announces", 1),
        ("confirms", 1),
        ("reports", 1),
        ("calls_for", 1),
        ("condemns", 1),
        ("mentions", 1),
        ("denies", 0),
        ("disputes", 0),
    ],
)
def test_citation_supports_its_event_unless_it_denies(act, count):
    event = make_event()

    citation = make_citation(event, act=act)

    assert (citation.supports, evidence(event)) == (bool(count), (count, dt.date(2022, 3, 25)))


def test_citation_of_a_draft_briefing_is_no_support():
    event = make_event()

    make_citation(event, make_briefing(status="draft"))

    assert evidence(event) == (0, None)


def test_event_was_first_reported_on_the_earliest_day():
    event = make_event()
    for day in (25, 22, 28):
        make_citation(event, make_briefing(published_on=dt.date(2022, 3, day)))

    assert evidence(event) == (3, dt.date(2022, 3, 22))


def test_citation_changed_to_a_denial_is_no_support_any_more():
    citation = make_citation(make_event())

    citation.act = "denies"
    citation.save()

    assert evidence(citation.event)[0] == 0


def test_citation_moved_to_another_event_leaves_the_first_without_it():
    first, second = make_event(), make_event()
    citation = make_citation(first)

    citation.event = second
    citation.save()

    assert (evidence(first), evidence(second)) == ((0, None), (1, dt.date(2022, 3, 25)))


def test_citation_deleted_takes_its_evidence_away():
    event = make_event()
    make_citation(event, make_briefing(published_on=dt.date(2022, 3, 22))).delete()
    make_citation(event)

    assert evidence(event) == (1, dt.date(2022, 3, 25))


def test_citations_deleted_together_take_their_evidence_away():
    first, second = make_event(), make_event()
    for event in (first, second):
        make_citation(event)

    Citation.objects.all().delete()

    assert (evidence(first), evidence(second)) == ((0, None), (0, None))


def test_citations_are_not_deleted_without_being_asked_for():
    assert not hasattr(Citation.objects, "delete")


# The last support of a published event


def last_support() -> Citation:
    return make_published().citations.get()


@pytest.mark.parametrize(
    "lose",
    [
        Citation.delete,
        lambda citation: Citation.objects.filter(pk=citation.pk).delete(),
        lambda citation: Citation.objects.update_or_create(pk=citation.pk, defaults={"act": "denies"}),
        lambda citation: Citation.objects.update_or_create(pk=citation.pk, defaults={"event": make_event()}),
        lambda citation: Citation.objects.update_or_create(
            pk=citation.pk, defaults={"briefing": make_briefing(status="draft")}
        ),
    ],
    ids=["deleted", "deleted by query", "made a denial", "moved to another event", "moved to a draft briefing"],
)
def test_last_support_of_a_published_event_stays(lose):
    citation = last_support()
    kept = Citation.objects.filter(pk=citation.pk)
    before = list(kept.values())

    with refused_by("event_published_with_evidence"):
        lose(citation)

    assert list(kept.values()) == before
    assert evidence(citation.event) == (1, dt.date(2022, 3, 25))


def test_support_beside_another_may_go():
    event = make_published()
    make_citation(event, make_briefing())

    event.citations.first().delete()

    assert evidence(event) == (1, dt.date(2022, 3, 25))


def test_citation_is_public_where_event_and_briefing_are():
    published, draft = make_published(), make_event()
    hidden = make_citation(published, make_briefing(status="draft"))

    found = [one.is_public for one in (published.citations.first(), make_citation(draft), hidden)]
    assert found == [True, False, False]


def test_citation_does_not_run_from_one_speaker_into_the_next():
    briefing = make_briefing("MS PORTER: The ceasefire holds.\n\nQUESTION: Does it? Troops moved.")
    citation = Citation(event=make_event(), briefing=briefing, quote="holds.\n\nQUESTION: Does it?", act="reports")

    assert problems(citation) == {
        "quote": ["The quote runs on after the words of MS PORTER. Cite each speaker by itself."]
    }
