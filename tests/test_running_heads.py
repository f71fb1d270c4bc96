import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.quotes import Match, anchor, find, occurrences
from timeline.text.running_heads import head_at_edge, head_notes, running_heads, words_at
from timeline.text.source_text import normalise

HEAD = "UNCLASSIFIED\nPage 3 of 12\nDepartment of State, Office of the Spokesperson"
PAGED = f"MS PORTER: We welcome the ceasefire that was\n\n{HEAD}\n\nannounced on Monday by all the parties."
QUOTE = "We welcome the ceasefire that was announced on Monday"
MARKED = "We welcome the ceasefire that was […] announced on Monday"


def pages(*heads: str) -> str:
    """Return a text whose pages these heads part, each in the middle of a sentence."""
    return "The talks of the two sides go on and" + "".join(
        f"\n\n{head}\n\nit is said in part {number} that they"
        for number, head in zip("abcdefghijkl", heads, strict=False)
    )


def heads_of(text: str) -> list[str]:
    return [text[start:end] for start, end in running_heads(text)]


@pytest.mark.parametrize(
    ("text", "heads"),
    [
        ("", []),
        (PAGED, [HEAD]),
        (pages("1", "2", "3"), ["1", "2", "3"]),
        (pages("- 7 -", "- 8 -", "- 9 -"), ["- 7 -", "- 8 -", "- 9 -"]),
        (pages("Page 1", "Page 2", "Page 3"), ["Page 1", "Page 2", "Page 3"]),
        (pages("1/9", "2/9", "3/9"), ["1/9", "2/9", "3/9"]),
        (pages("Daily Briefing\n1", "Daily Briefing\n2", "3"), ["Daily Briefing\n1", "Daily Briefing\n2", "3"]),
        (pages("4\n\nNo. 17 of 2022", "5\n\nNo. 17 of 2022", "6"), ["4\n\nNo. 17 of 2022", "5\n\nNo. 17 of 2022", "6"]),
        (
            pages(*[f"{'Long title ' * 17}ends\n{n}" for n in (1, 2, 3)]),
            [f"{'Long title ' * 17}ends\n{n}" for n in (1, 2, 3)],
        ),
        (pages(*[f"{'Long title ' * 20}\n{n}" for n in (1, 2, 3)]), ["1", "2", "3"]),
        (pages(*["Office of the Spokesperson"] * 3), ["Office of the Spokesperson"] * 3),
        ("".join(f"{number} some words here\n" for number in range(1, 11)), [*"123456789", "10"]),
    ],
)
def test_heads_of_pages_are_recognised(text, heads):
    assert heads_of(text) == heads


@pytest.mark.parametrize(
    "text",
    [
        pages("1", "2"),
        pages("1", "2", "4"),
        pages("2019", "2020", "2021"),
        "1\n2\n3\n4\n5",
        pages(*["Office of the Spokesperson"] * 2),
        pages(*["(Laughter.)"] * 4),
        pages(*["MS PORTER:"] * 4),
        pages(*["We said so."] * 4),
        pages(*["and so it is"] * 4),
        "Yes.\n\nOffice of the Spokesperson\n\nNo.\n\n" * 4,
        "".join(f"{number} some words here\n" for number in range(1, 10)),
        "".join(f"{number}. some words here\n" for number in range(1, 12)),
        "It stands on\nPage 3\nof the book.",
    ],
)
def test_what_may_be_words_of_the_text_is_no_head(text):
    assert heads_of(text) == []


def test_body_beside_a_page_number_is_no_head():
    text = "We welcome the ceasefire that was\nPage 3 of 12\nannounced on Monday by all the parties."
    assert heads_of(text) == ["Page 3 of 12"]


@pytest.mark.parametrize("quote", [QUOTE, MARKED, MARKED.replace("[…]", "[...]"), f"“{QUOTE}”"])
def test_quote_is_found_across_a_head_whose_words_are_not_its_words(quote):
    start, end = PAGED.index("We"), PAGED.index(" by all")
    assert find(quote, PAGED) == Match(start, end, "verified")
    assert words_at(PAGED, start, end) == MARKED
    assert anchor(MARKED, PAGED, "", "", start, end).state == "verified"
    assert occurrences(quote, PAGED) == [(start, end)]


def test_quote_that_holds_the_head_is_stored_without_it():
    quote = PAGED[PAGED.index("that was") : PAGED.index(" on Monday")]
    match = find(quote, PAGED)
    assert words_at(PAGED, match.start, match.end) == "that was […] announced"


@pytest.mark.parametrize("quote", ["that was then announced", "that was […] Announced", "that […] announced"])
def test_a_head_hides_no_other_word(quote):
    assert find(quote, PAGED) is None


def test_numbers_of_lines_are_left_out_without_a_mark():
    text = "".join(f"{number} and some words\n" for number in range(1, 13))
    match = find("words and some words and", text)
    assert words_at(text, match.start, match.end) == "words\nand some words\nand"


@pytest.mark.parametrize("broken", ["ceasefire", "announced"])
def test_word_broken_beside_or_by_a_head_is_found(broken):
    text = PAGED.replace("ceasefire", "cease-\nfire").replace("was\n", "was an-\n").replace("\nannounced", "\nnounced")
    match = find(QUOTE, text)
    assert words_at(text, match.start, match.end) == (
        MARKED.replace("ceasefire", "cease-\nfire").replace("[…] announced", "an- […] nounced")
    )
    assert find(QUOTE.replace(broken, broken[:3] + "-" + broken[3:]), text) is None


@pytest.mark.parametrize(
    ("words", "head"),
    [
        ("Spokesperson\n\nannounced", HEAD),
        ("that was\n\nUNCLASSIFIED", HEAD),
        ("Page 3", ""),
        (HEAD, ""),
        ("announced", ""),
    ],
)
def test_head_at_edge_is_one_in_which_a_longer_quote_begins_or_ends(words, head):
    start = PAGED.index(words)
    assert head_at_edge(PAGED, start, start + len(words)) == head


def test_head_notes_say_how_many_and_which():
    assert head_notes("No page of it.") == []
    assert head_notes(pages("1", "2", "3")) == [
        "3 running heads, page or line numbers recognised (“1”, “2”, “3”), kept in the text and left out of quotes"
    ]


LINES = st.sampled_from(["", "1", "2", "3", "Page 4 of 9", "Office of State", "and so we", "go on. Yes", "Q", "\f"])


@given(st.lists(LINES, max_size=40), st.data())
def test_words_of_any_passage_are_found_again_at_its_place(lines, data):
    text = normalise("\n".join(lines))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    words = words_at(text, start, end)
    if any(map(str.isalnum, words)) and (match := find(words, text)):
        assert words_at(text, match.start, match.end).split() == words.split() or match.state == "ambiguous"
    assert list(running_heads(text)) == sorted(running_heads(text))
