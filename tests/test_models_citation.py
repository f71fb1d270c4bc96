import pytest

from tests import make
from timeline.models import Citation

from .citations import TEXT, cite, new_citation
from .constraints import force, problems, refused_by

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_address_of_a_listed_source_claims_no_words():
    listed = make.briefing("", kind="data_record", url="https://ucdp.uu.se/downloads/")
    named = make.briefing("", kind="news_item", url="https://news.example/")
    addresses = [make.citation(make.event(), briefing).source_url for briefing in (listed, named)]

    assert addresses == ["https://ucdp.uu.se/downloads/", "https://news.example/#:~:text=The%20ceasefire%20holds."]


def test_citation_state_is_known():
    with refused_by("citation_(state_known|position_complete)"):  # both say so
        force(make.citation(make.event()), state="x")


def test_citation_quote_has_at_most_5000_characters():
    briefing = make.briefing("word " * 1001)
    citation = make.citation(make.event(), briefing, quote="word " * 999 + "word")

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
        force(make.citation(make.event()), **values)


@pytest.mark.parametrize("text", [TEXT, ""])
@pytest.mark.parametrize("quote", ["…", "“ – ”", "..."])
def test_citation_quote_has_a_word(text, quote):
    citation = new_citation(quote=quote, briefing=make.briefing(text, url="https://example.org"))

    assert problems(citation) == {
        "quote": ["The quote is empty or only punctuation: give the exact words of the text."]
    }
    with pytest.raises(ValueError, match="only punctuation"):
        citation.save()


def test_citation_quote_stands_in_the_text():
    citation = new_citation(quote="The cease-fire still holds.", briefing=make.briefing(TEXT, title="Briefing"))

    assert problems(citation) == {
        "quote": [
            "This quote was not found in “Briefing”. The nearest passage is: “The ceasefire holds.”. "
            "Copy the words from the source."
        ]
    }


def test_citation_quote_like_nothing_in_the_text_gets_no_suggestion():
    citation = new_citation(quote="Zebras graze.", briefing=make.briefing(TEXT, title="Briefing"))

    assert problems(citation) == {"quote": ["This quote was not found in “Briefing”. Copy the words from the source."]}


def test_citation_may_quote_a_briefing_without_text():
    assert problems(new_citation(briefing=make.briefing("", url="https://example.org"))) == {}


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
    citation = make.citation(make.event(), make.briefing(slug="porter", url="https://example.org/x"))

    assert citation.get_absolute_url() == f"/briefings/porter/#q-{citation.public_id}"
    assert citation.source_url == (
        "https://example.org/x#:~:text=MS%20PORTER%3A-,The%20ceasefire%20holds.,-Troops%20moved."
    )


def test_citation_leads_to_the_archive_where_there_is_no_other_address():
    citation = make.citation(make.event(), make.briefing(archive_url="https://archive.example/x"))

    assert citation.source_url.startswith("https://archive.example/x#:~:text=")


def test_citation_without_any_address_leads_nowhere():
    assert make.citation(make.event()).source_url == ""


def test_citation_rating_is_both_judgements():
    assert new_citation(reliability="B", credibility="2").rating == "B2"


@pytest.mark.parametrize(("edtf", "words"), [("2022-03-21", "21 March 2022"), ("", "")])
def test_citation_date_in_words(edtf, words):
    assert new_citation(edtf=edtf).date_display == words


def test_citation_is_public_where_event_and_briefing_are():
    published, draft = make.published(), make.event()
    hidden = make.citation(published, make.briefing(status="draft"))

    are_public = [citation.is_public for citation in (published.citations.first(), make.citation(draft), hidden)]
    assert are_public == [True, False, False]


def test_citation_does_not_run_from_one_speaker_into_the_next():
    briefing = make.briefing("MS PORTER: The ceasefire holds.\n\nQUESTION: Does it? Troops moved.")
    citation = Citation(event=make.event(), briefing=briefing, quote="holds.\n\nQUESTION: Does it?", act="reports")

    assert problems(citation) == {
        "quote": ["The quote runs on after the words of MS PORTER. Cite each speaker by itself."]
    }
