import io

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from timeline.migrations import _full_text, _search_words, _word_vectors
from timeline.models import Briefing, BriefingWords
from timeline.querysets.full_text import LONGEST, holds_any
from timeline.text.search_query import Term, parse
from timeline.text.search_words import index_words

from .hypothesis_examples import examples
from .shared_fixtures import made_once
from .test_search_events import WORDS, holds

pytestmark = [pytest.mark.django_db, pytest.mark.database]

TEXT = "MS PORTER: The cease-fire in Ağdam holds. The Minsk Group met."


def titles_containing(query: str) -> list[str]:
    return sorted(Briefing.objects.containing(parse(query)).values_list("title", flat=True))


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("agdam", ["A"]),
        ("minsk hold", ["A"]),
        ('"minsk group"', ["A"]),
        ('"group minsk"', []),
        ('"minsk grou"', []),
        ("insk", []),
        ("cease-fire", ["A"]),
        ("words", ["B"]),
        ("porter b", []),
        ("ceasefire -minsk", []),
        ("words OR minsk", ["A", "B"]),
        ("words -minsk", ["B"]),
        ("100%", []),
        ("", ["A", "B"]),
    ],
)
def test_words_are_found_in_title_and_text(query, titles):
    make.briefing(TEXT, title="A"), make.briefing("Other words.", title="B")

    assert titles_containing(query) == titles


def test_search_asks_once(django_assert_num_queries):
    make.briefing(TEXT)

    with django_assert_num_queries(2):
        assert Briefing.objects.containing(parse("minsk group met")).count() == 1


def test_words_follow_a_briefing_that_is_changed():
    briefing = make.briefing(TEXT, title="Old")
    briefing.title, briefing.text = "New", "MS PORTER: No comment."
    briefing.save()
    Briefing.objects.filter(title="New").update(title="Newest")

    assert (
        titles_containing("minsk"),
        titles_containing("comment"),
        titles_containing("old"),
        titles_containing("newest"),
    ) == ([], ["Newest"], [], ["Newest"])


def test_words_are_kept_for_briefings_made_in_bulk_and_go_with_them():
    publisher = make.briefing().publisher
    Briefing.objects.bulk_create(
        [
            Briefing(
                status="published", slug="b", title="Bulk", kind="report", publisher=publisher, url="https://x.example"
            )
        ]
    )

    assert titles_containing("bulk") == ["Bulk"]
    Briefing.objects.all().delete()
    assert BriefingWords.objects.count() == 0


def test_title_alone_is_folded_again_without_the_text(django_assert_num_queries):
    briefing = make.briefing(TEXT)

    with django_assert_num_queries(1):
        BriefingWords.objects.update_for(briefing)


def test_words_of_a_new_briefing_take_one_query():
    with CaptureQueriesContext(connection) as made:
        make.briefing(TEXT)

    assert sum("timeline_briefingwords" in query["sql"] for query in made) == 1


@pytest.mark.parametrize("natural", [True, False])
def test_dump_loads_beside_what_loading_derives(natural, tmp_path):
    make.briefing(TEXT, title="A")
    file = tmp_path / "all.json"
    tables = ["timeline.actor", "timeline.briefing", "timeline.briefingwords"]
    call_command("dumpdata", *tables, natural_primary=natural, natural_foreign=natural, output=str(file), verbosity=0)
    Briefing.objects.all().delete()

    call_command("loaddata", str(file), verbosity=0, stdout=io.StringIO())

    assert titles_containing("minsk") == ["A"]


ODD = [
    "Ağdam ² ½ Ⅷ 上海",
    "Լեռնային Ղարաբաղ",
    "straße I’m naïve",
    "a\u0301b c\u00adease",
    "group minsk group",
    "x" * 300,
    "٣٤ мир",
]


def test_index_finds_what_stands_in_the_folded_words():
    for number, text in enumerate(ODD):
        make.briefing(f"{text}.", title=f"Odd number {number}")
    words = {
        pk: (title, text) for pk, title, text in BriefingWords.objects.values_list("pk", "folded_title", "folded_text")
    }
    prefixes = {
        f" {word[:length]}" for _, text in words.values() for word in text.split() for length in (1, 2, len(word))
    }
    phrases = {text[at:] for _, text in words.values() for at in range(len(text)) if text[at] == " "} - {" "}

    for term in prefixes | phrases | {f"{prefix} " for prefix in prefixes} | {phrase.rstrip() for phrase in phrases}:
        stands = {pk[0] for pk, both in words.items() if any(term in folded for folded in both)}
        assert set(BriefingWords.objects.containing([(Term(term, (term,)),)])) == stands, term


@made_once
def many():
    """Briefings of some of the words; one of them is too long for the index of PostgreSQL."""
    for number in range(len(WORDS)):
        title, *words = (WORDS[at % len(WORDS)] for at in (number, 3 * number + 1, 7 * number + 2, 5 * number))
        filler = "filler " * (LONGEST // 7) if number == 1 else ""
        make.briefing(f"{filler}{' '.join(words)}.", title=f"{title} {number}")


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), st.sampled_from([" ", " OR ", " -", "phrase"]))
def test_briefings_found_are_those_that_hold_the_words(many, words, between):
    query = f'"{" ".join(words)}"' if between == "phrase" else between.join(words)
    briefings = {briefing.title: briefing.text for briefing in Briefing.objects.all()}
    stored = {title: f"{index_words(title)}|{index_words(text)}" for title, text in briefings.items()}

    assert titles_containing(query) == sorted(title for title, text in stored.items() if holds(parse(query), text))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has an index of no other kind")
@pytest.mark.parametrize("spellings", [[" minsk"], [" minsk group "], [" agd", " nowhere "]])
def test_rare_words_are_found_by_the_index_of_postgresql(spellings):
    publisher = make.briefing(TEXT).publisher
    common = {"kind": "report", "publisher": publisher, "url": "https://x.example"}
    Briefing.objects.bulk_create(Briefing(slug=f"b-{n}", title=f"Title {n}", **common) for n in range(100))
    rows = BriefingWords.objects.order_by()
    holds_words = holds_any(rows, spellings, "folded_title", "folded_text", key="briefing")

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE timeline_briefingwords")
    plan = rows.filter(holds_words).values("briefing").explain()

    assert "Bitmap Index Scan on timeline_briefingwords_words" in plan
    assert "Seq Scan" not in plan


def test_migration_makes_the_indexes_anew():
    make.briefing(TEXT, title="A")
    connection.check_constraints()  # PostgreSQL makes no index of a table of which some wait
    editor = connection.schema_editor()
    _word_vectors.drop_indexes(apps, editor)
    _search_words.make_vectors(apps, editor)
    _full_text.drop_indexes(apps, editor)
    _full_text.make_indexes(apps, editor)
    _word_vectors.make_indexes(apps, editor)

    assert titles_containing("minsk group") == ["A"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its index of words without triggers")
def test_every_index_has_its_triggers():
    """A migration that alters a table makes it anew without them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_index_%'")
        there = {name for (name,) in cursor.fetchall()}

    assert there == {f"{table}_index_{on}" for table in _full_text.INDEXED for on in ("insert", "update", "delete")}
