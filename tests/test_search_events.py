"""Events found by words: in which rows they are, why the list says so, and that both databases mean the same."""

import pytest
from django.apps import apps
from django.db import connection
from django.utils.safestring import SafeString
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import make
from timeline.migrations import _search_words
from timeline.models import ActorAlias, Citation, Conflict, Event, EventType, Place
from timeline.pages.entry_rows import read_rows
from timeline.pages.list_entry import ListEntry
from timeline.pages.match_reasons import match_reasons
from timeline.querysets.full_text import holds_any
from timeline.text.search_query import parse
from timeline.text.search_words import index_words

from .clients import json_file
from .hypothesis_examples import examples
from .shared_fixtures import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@made_once
def shelling():
    """An event with words in every row of it, and one with none of them."""
    conflict = Conflict.objects.create(slug="karabakh", name="Second war")
    briefing = make.briefing("MS PORTER: The cease-fire holds.", publisher=make.actor("Example Office"))
    event = make.event(
        "U.S. side reports",
        summary="Lasted for hours.",
        type="strike",
        place=make.place("Ağdam", country="AZ"),
        conflict=conflict,
    )
    ActorAlias.objects.create(actor=make.participation(event, make.actor("Armenia")).actor, name="Hayastan")
    make.citation(event, briefing, quote="The cease-fire holds.")
    event.publish()
    make.published("Elsewhere", briefing=make.briefing("Nothing.", title="Note"), cited={"quote": "Nothing."})
    return event


def matching_titles(query: str) -> list[str]:
    events = Event.objects.public().matching(parse(query), Citation.objects.public_source())
    return [event.title for event in events.in_order()]


EVERYWHERE = [
    *(
        "side",
        "us",
        '"U.S. side"',
        "hours",
        "hour",
        "ceasefire",
        '"cease fire holds"',
        "cease fire",
        "armenia",
        "hayastan",
    ),
    *("agdam", "Ağdam", "war", '"second war"', "office", "US agdam ceasefire office", "absent OR agdam"),
    *("side -absent", 'side -"holds ceasefire"', "agdam OR absent hayastan"),
]
NOWHERE = [
    *(
        "use",
        "sid -side",
        "absent",
        "side -agdam",
        "side -office",
        '"side reports lasted"',
        "absent OR none",
        "gdam",
        "fire",
    ),
    *("side -ceasefire", "side -hayastan", "hayastan absent OR none", 'side -"U.S. side"'),
]


@pytest.mark.parametrize("query", EVERYWHERE)
def test_words_of_every_row_are_words_of_the_event(shelling, query):
    assert matching_titles(query) == ["U.S. side reports"]


@pytest.mark.parametrize("query", NOWHERE)
def test_what_stands_nowhere_finds_nothing(shelling, query):
    assert matching_titles(query) == []


def test_type_is_a_word_of_the_event(shelling):
    assert matching_titles(shelling.event_type.name.split()[0]) == ["U.S. side reports"]


def test_search_follows_what_is_renamed(shelling):
    publisher = shelling.citations.get().briefing.publisher
    rows = (shelling.place, shelling.conflict, shelling.event_type, publisher)
    for row, name in zip(rows, ("Martuni", "Third", "Bombing", "Bureau"), strict=True):
        row.name = name
        row.save()

    assert [matching_titles(query) for query in ("martuni third bombing bureau", "agdam", "second", "office")] == [
        ["U.S. side reports"], [], [], []
    ]  # fmt: skip


def test_words_as_known_on_a_day_are_those_of_its_sources(client, shelling):
    day = shelling.citations.get().briefing.published_on
    make.citation(
        shelling, make.briefing("Later.", published_on="2023-01-01", publisher=make.actor("Bureau")), quote="Later."
    )

    for query, known in (("bureau", 0), ("later", 0), ("office", 1)):
        assert json_file(client, f"q={query}&known_by={day}")["total"] == known
        assert json_file(client, f"q={query}")["total"] == 1


WORDS = [
    "U.S.",
    "use",
    "cease-fire",
    "ceasefire",
    "cease",
    "fire",
    "Ukraine's",
    "Əliyev",
    "aliyev",
    "strikes",
    "strike",
]


@made_once
def many():
    briefing = make.briefing("Nothing.")
    for number in range(len(WORDS)):
        title = " ".join(WORDS[at % len(WORDS)] for at in (number, 3 * number + 1, 7 * number + 2))
        make.published(title, briefing=briefing, cited={"quote": "Nothing."}, edtf=f"2022-03-{number + 1:02}")


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), st.sampled_from([" ", " OR ", " -", "phrase"]))
def test_databases_find_what_the_stored_words_hold(many, words, between):
    query = f'"{" ".join(words)}"' if between == "phrase" else between.join(words)
    groups = parse(query)
    titles = Event.objects.public().in_order().values_list("title", flat=True)

    assert matching_titles(query) == [title for title in titles if holds(groups, index_words(title, ""))]


def holds(groups, stored: str) -> bool:
    any_of = [any(spelling in stored for term in group for spelling in term.spellings) for group in groups]
    return all(is_held != group[0].excludes for is_held, group in zip(any_of, groups, strict=True))


@pytest.mark.parametrize(("rows", "column"), [(Event.objects, "search_text"), (Citation.objects, "quote_search")])
def test_long_words_are_found_by_an_index(shelling, rows, column):
    """PostgreSQL reads tables of a few rows whole; it is kept from it here to see that it has another way."""
    matching_rows = rows.filter(holds_any(rows.all(), [" cease fire ", " offic"], column)).order_by().values("pk")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = matching_rows.explain()

    table = rows.model._meta.db_table
    index = f"Bitmap Index Scan on {table}_words" if connection.vendor == "postgresql" else f"{table}_index"
    assert index in plan


def reasons(event: Event, query: str) -> list[tuple[str, str]]:
    (reasons_of_event,) = match_reasons(entries(Event.objects.filter(pk=event.pk)), parse(query))
    return [
        (reason.where, "".join(f"[{text}]" if is_searched else text for text, is_searched in reason.pieces))
        for reason in reasons_of_event
    ]


def entries(events) -> list[ListEntry]:
    rows = read_rows(events, Citation.objects.public_source())
    return [ListEntry.of(rows[pk], SafeString()) for pk in events.values_list("pk", flat=True)]


def test_list_says_where_the_words_stand(shelling):
    assert reasons(shelling, "us ceasefire agdam OR hayastan war office hour -absent") == [
        ("Title", "[U.S.] side reports"),
        ("Summary", "Lasted for [hours]."),
        ("Quote", "The [cease-fire] holds."),
        ("Other name of Armenia", "[Hayastan]"),
        ("Place", "[Ağdam]"),
        ("Conflict", "Second [war]"),
    ]
    assert reasons(shelling, "office") == [("Publisher", "Example [Office]")]


def test_words_of_a_listed_source_are_no_quote(shelling):
    listed = make.briefing("", kind="data_record", publisher=make.actor("Reuters"), url="https://sets.example/")
    make.citation(shelling, listed, quote="Five killed")

    assert reasons(shelling, "killed") == [("Source listed", "Five [killed]")]


def test_page_marks_the_words_and_only_where_words_are_searched(client, shelling):
    html = client.get("/?q=ceasefire+-absent").content.decode()

    assert "<b>Quote:</b> The <mark>cease-fire</mark> holds." in html
    assert "entry__reasons" not in client.get("/").content.decode()


def test_reasons_take_one_query(shelling, django_assert_num_queries):
    rows = entries(Event.objects.public())

    with django_assert_num_queries(1):
        match_reasons(rows, parse("ceasefire"))


NAMED = (Place, Conflict, EventType)


def test_names_are_searched_as_they_are():
    assert [kind.name for kind in EventType.objects.all() if kind.search_text != index_words(kind.name)] == []


def test_migration_derives_what_saving_derives(shelling):
    def stored():
        searched = {model: list(model.objects.order_by("pk").values_list("search_text")) for model in (*NAMED, Event)}
        searched[ActorAlias] = list(ActorAlias.objects.values_list("actor__search_text"))
        return searched | {Citation: list(Citation.objects.order_by("pk").values_list("quote_search"))}

    saved = stored()
    with connection.cursor() as cursor:
        for table in ("event", "place", "conflict", "eventtype", "actor"):
            cursor.execute(f"UPDATE timeline_{table} SET search_text = ''")  # noqa: S608 (our own tables)
        cursor.execute("UPDATE timeline_citation SET quote_search = ''")
    _search_words.derive(apps, connection.schema_editor())

    assert stored() == saved
    assert matching_titles("ceasefire agdam") == ["U.S. side reports"]
