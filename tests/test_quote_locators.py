"""Pages and times of citations: stored where words are anchored, shown and exported wherever they are read."""

import json

import bibtexparser
import pytest
import rispy
from django.test import Client

from tests import make
from timeline.imports.briefings.document import Received
from timeline.imports.briefings.originals import keep_original
from timeline.merging import BriefingMerge
from timeline.models import Briefing, Citation, EarlierQuote, Original, PublicRevision
from timeline.models.original import Way
from timeline.redaction.apply import redact
from timeline.text.track import PAGE, TIME, Track, pages_of

from .import_files import brought_in, table
from .shared_fixtures import made_once
from .test_import_briefings import run
from .test_import_package import empty, exported, load
from .test_versions_of_quotes import export, exported_events, page_text, recaptured

pytestmark = pytest.mark.django_db

TEXT = "MS PORTER: The ceasefire holds. Troops moved at dawn. The talks go on. The ceasefire holds."
PAGES = Track(PAGE, ((0, "1"), (TEXT.index("Troops"), "2"), (TEXT.index("dawn"), "iii")))


def original(briefing: Briefing, track: Track = PAGES) -> Original:
    """Store an original of the briefing's text, with its pages or times."""
    return keep_original(briefing, Received(briefing.text.encode(), "text"), Way.UPLOADED, track=track)


def cited(briefing: Briefing, quote: str = "The talks go on.", **changes) -> Citation:
    return make.published(briefing=briefing, cited={"quote": quote} | changes).citations.get()


@pytest.mark.parametrize(
    ("quote", "locator"),
    [
        ("The talks go on.", "p. iii"),
        ("Troops moved at dawn.", "pp. 2–iii"),
        ("Troops moved at", "p. 2"),
        ("The ceasefire holds.", ""),  # on two pages: nobody chose which
    ],
)
def test_words_have_the_page_on_which_they_are(quote, locator):
    briefing = make.briefing(TEXT)
    before = make.citation(make.event(), briefing, quote=quote)
    original(briefing)
    after = make.citation(make.event(), briefing, quote=quote)

    before.refresh_from_db()
    assert (before.locator, after.locator) == (locator, locator)


def test_original_without_pages_changes_nothing_and_one_with_pages_shows_at_once():
    briefing = make.briefing(TEXT)
    citation = cited(briefing)
    numbers = [PublicRevision.objects.current()[0]]
    for track in (Track(""), PAGES, PAGES):
        original(briefing, track)
        numbers.append(PublicRevision.objects.current()[0])

    citation.refresh_from_db()
    assert citation.locator == "p. iii"
    assert [after - before for before, after in zip(numbers, numbers[1:], strict=False)] == [0, 1, 0]


def test_page_stays_with_the_version_and_a_text_without_pages_has_none():
    briefing = make.briefing(TEXT)
    original(briefing)
    gone, stays = cited(briefing, "Troops moved at dawn."), cited(briefing)
    recaptured(briefing, "MS PORTER: The talks go on.")

    for citation in (gone, stays):
        citation.refresh_from_db()
    assert (gone.earlier_text.number, gone.locator) == (1, "pp. 2–iii")
    assert (stays.earlier_text, stays.locator) == (None, "")
    later = cited(Briefing.objects.get(), "Troops moved at", earlier_text=gone.earlier_text)
    assert (later.earlier_text, later.locator) == (gone.earlier_text, "p. 2")
    recaptured(briefing, TEXT)
    gone.refresh_from_db()
    assert (gone.earlier_text, gone.locator) == (None, "pp. 2–iii")


def test_reworded_citation_keeps_the_page_of_the_words_it_had():
    briefing = make.briefing("MS PORTER: They met on (inaudible) in Yerevan and agreed on it.")
    original(briefing, Track(PAGE, ((0, "7"),)))
    citation = cited(briefing, "They met on (inaudible) in Yerevan and agreed on it.")
    recaptured(briefing, "MS PORTER: They met on Thursday in Yerevan and agreed on it.", accept=True)
    original(Briefing.objects.get(), Track(PAGE, ((0, "8"),)))

    citation.refresh_from_db()
    assert (citation.locator, EarlierQuote.objects.get().locator) == ("p. 8", "p. 7")
    shown = page_text(citation.event.get_absolute_url())
    assert "in Yerevan and agreed on it.</span>” (p. 7) in the text" in shown
    assert [row["locator"] for row in exported_events()[0]["citations"]] == ["p. 8"]
    assert [row["locator"] for row in exported_events("?known_by=2026-11-29")[0]["citations"]] == ["p. 7"]


def test_page_stays_where_the_original_is_erased_and_goes_with_other_words():
    briefing = make.briefing(TEXT)
    original(briefing)
    citation = cited(briefing)
    redact(["ceasefire"], "erase", reason="Law")
    assert Original.objects.count() == 0

    citation = Citation.objects.get(pk=citation.pk)
    citation.note = "Checked"
    citation.save()
    assert citation.locator == "p. iii"
    citation.quote = "Troops moved at dawn."
    citation.save()
    assert citation.locator == ""


def test_words_of_a_duplicate_keep_their_page_when_it_becomes_part_of_another():
    duplicate, target = make.briefing(TEXT), make.briefing(TEXT)
    original(duplicate)
    citation = cited(duplicate)
    BriefingMerge(duplicate, target).apply("Saved twice")

    citation.refresh_from_db()
    assert (citation.briefing, citation.locator) == (target, "p. iii")
    assert cited(target, "Troops moved at").locator == "p. 2"


def test_imported_rows_have_the_pages_of_the_texts_that_they_quote(tmp_path):
    briefing = make.briefing(TEXT, slug="talk")
    original(briefing)
    row = {"id": "1", "title": "Talks", "type": "phone-call", "date": "2022", "briefings": "talk"}
    brought_in(tmp_path, table(row | {"quotes": "The talks go on."}), "csv", data_set="ours")

    assert Citation.objects.get().locator == "p. iii"


def test_captions_that_are_imported_give_their_citations_a_time(tmp_path):
    cues = ["00:00:01.000 --> 00:00:04.000\nMS PORTER: The talks began.", "00:01:33.000 --> 00:01:36.000\nThey go on."]
    (tmp_path / "talk.vtt").write_text("WEBVTT\n\n" + "\n\n".join(cues) + "\n")
    out, code = run(tmp_path / "talk.vtt", "--publisher", "Office", "--language", "en", "--publish")
    assert (code, "new" in out) == (0, True), out
    briefing = Briefing.objects.get()

    assert cited(briefing, "They go on.").locator == "0:01:33"
    assert cited(briefing, "The talks began. They go on.").locator == "0:00:01–0:01:33"


@made_once
def sources() -> tuple[Citation, Citation]:
    """Return published citations of a page and of a time, each of its own source."""
    paged, spoken = make.briefing(TEXT, slug="paged", title="Paged"), make.briefing(TEXT, slug="spoken", title="Spoken")
    original(paged)
    original(spoken, Track(TIME, ((0, "0:00:04"), (TEXT.index("The talks"), "0:01:33"))))
    return cited(paged), cited(spoken)


def test_page_and_time_are_beside_the_quote_on_every_page(sources):
    for citation, locator in zip(sources, ("p. iii", "0:01:33"), strict=True):
        event, source = citation.event.get_absolute_url(), citation.briefing.get_absolute_url()
        for path in (event, source):
            assert f'<span class="nowrap">{locator}</span>' in page_text(path)
        assert f"25 March 2022, {locator}</a>" in page_text("/")
        assert f"25 March 2022, {locator}. Revision" in page_text(f"{event}cite/")


def test_references_of_a_quote_name_its_page_or_time(sources):
    paged, spoken = (page_text(f"{citation.event.get_absolute_url()}cite/") for citation in sources)

    assert ("pages = {iii}," in paged, "&quot;page&quot;: &quot;iii&quot;" in paged) == (True, True)
    assert ("note = {at 0:01:33}," in spoken, "&quot;locator&quot;: &quot;0:01:33&quot;" in spoken) == (True, True)
    assert ("pages" in spoken, "&quot;locator&quot;" in paged) == (False, False)


def test_reference_managers_take_the_pages_and_times_that_are_quoted(sources):
    cited(sources[0].briefing, "Troops moved at dawn.")
    cited(sources[0].briefing, "Troops moved at")
    paged, spoken = json.loads(export("csl.json"))
    library = {entry.key: entry.fields_dict for entry in bibtexparser.parse_string(export("bib")).entries}
    references = {reference["id"]: reference for reference in rispy.loads(export("ris"))}

    assert (paged["page"], "page" in spoken, spoken["note"]) == ("2, 2-iii, iii", False, "quoted at 0:01:33")
    assert library["paged"]["pages"].value == "2, 2--iii, iii"
    assert library["spoken"]["note"].value == "quoted at 0:01:33"
    assert references["paged"]["start_page"] == "2, 2-iii, iii"
    assert ("start_page" in references["spoken"], "end_page" in references["paged"]) == (False, False)


def test_single_passage_has_first_and_last_page_in_ris():
    briefing = make.briefing(TEXT, slug="paged")
    original(briefing)
    cited(briefing, "Troops moved at dawn.")

    (reference,) = rispy.loads(export("ris"))
    assert (reference["start_page"], reference["end_page"]) == ("2", "iii")


def test_every_export_and_the_api_have_the_locator(sources):
    without = cited(make.briefing(TEXT))
    expected = {sources[0].public_id: "p. iii", sources[1].public_id: "0:01:33", without.public_id: None}
    lists = [
        exported_events(),
        [json.loads(line) for line in export("ndjson").splitlines()],
        Client().get("/api/v1/events/").json()["events"],
    ]

    for events in lists:
        assert {row["public_id"]: row["locator"] for event in events for row in event["citations"]} == expected
    listed = Client().get("/api/v1/citations/").json()["citations"]
    assert {row["public_id"]: row["locator"] for row in listed} == expected
    assert export("citations.csv", "?fields=locator").split() == ["locator", "p.", "iii", "0:01:33", '""']


def test_package_carries_pages_without_the_originals(tmp_path, sources):
    Original.objects.all().delete()
    package = tmp_path / "events.zip"
    package.write_bytes(exported())
    empty()
    load(package, publish=True)

    assert sorted(Citation.objects.values_list("locator", flat=True)) == ["0:01:33", "p. iii"]
    assert exported() == package.read_bytes()


@pytest.mark.parametrize(("locator", "pages"), [("p. 4", "4"), ("pp. 4–5", "4–5"), ("0:01:33", ""), ("", "")])
def test_pages_of_a_locator_are_told_from_times(locator, pages):
    assert pages_of(locator) == pages
