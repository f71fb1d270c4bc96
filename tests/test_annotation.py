from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.text import transcripts
from timeline.text.annotation import Block, CitedSpan, Coverage, Piece, annotate, coverage

from .hypothesis_examples import examples

TEXT = """Press Briefing on Troop Movements

March 25, 2022

QUESTION: Is there a readout of the call?

And what of the talks?

MS PORTER: Thanks. The ceasefire holds. Troops moved.

12:30 p.m.
"""


def spans_of(text: str, *quotes: str) -> list[CitedSpan]:
    """Return each quote where it first is, cited by a citation that is its own words."""
    return [CitedSpan(text.index(quote), text.index(quote) + len(quote), quote) for quote in quotes]


def annotated(text: str, *quotes: str):
    return annotate(text, transcripts.parse(text), spans_of(text, *quotes))


def blocks_of(sections) -> list[Block]:
    return [
        block for section in sections for block in ([section.label] if section.label else []) + list(section.blocks)
    ]


def markup(block: Block) -> str:
    """Return the block with its marks as brackets: "(" opens the first piece of a citation and "[" another one; after
    the outermost closing bracket is how many citations end there."""
    signs = []
    for piece in block.pieces:
        if piece.opens is not None:
            signs.append("(" if piece.is_first else "[")
        elif piece.closes is not None:
            signs.append(f"){len(piece.ended) or ''}")
        else:
            signs.append(piece.text)
    return "".join(signs)


def marked(*quotes: str) -> list[str]:
    """Return the marked blocks of the transcript, without blanks at their ends."""
    marked_blocks = [markup(block).strip() for block in blocks_of(annotated(TEXT, *quotes))]
    return [block for block in marked_blocks if set(block) & set("([")]


def test_annotate_shows_headline_labels_paragraphs_and_closing_line_in_their_order():
    sections = annotated(TEXT)

    shown = [
        (
            section.turn.speaker if section.turn else None,
            markup(section.label).strip() if section.label else None,
            [(block.number, markup(block).strip()) for block in section.blocks],
        )
        for section in sections
    ]
    assert shown == [
        (None, None, [(0, "Press Briefing on Troop Movements"), (0, "March 25, 2022")]),
        ("QUESTION", "QUESTION:", [(1, "Is there a readout of the call?"), (2, "And what of the talks?")]),
        ("MS PORTER", "MS PORTER:", [(3, "Thanks. The ceasefire holds. Troops moved.")]),
        (None, None, [(0, "12:30 p.m.")]),
    ]


def test_annotate_keeps_every_character_of_the_text():
    assert "".join(piece.text for block in blocks_of(annotated(TEXT)) for piece in block.pieces) == TEXT


def test_annotate_of_a_text_without_labels_is_one_turn_without_label():
    (section,) = annotated("The ceasefire holds.\n\nTroops moved.")

    assert section.label is None
    assert [(block.number, markup(block)) for block in section.blocks] == [
        (1, "The ceasefire holds.\n\n"),
        (2, "Troops moved."),
    ]


def test_annotate_of_an_empty_text_is_empty():
    assert annotated("") == ()


def test_annotate_of_blanks_keeps_them():
    (section,) = annotated(" \n ")

    assert section.blocks == (Block(0, (Piece(" \n "),), ()),)


def test_mark_opens_and_closes_at_its_words():
    quote = "The ceasefire holds."
    (block,) = [block for block in blocks_of(annotated(TEXT, quote)) if block.citations]

    assert block.citations == (quote,)
    assert block.pieces == (
        Piece("Thanks. "),
        Piece(opens=quote, is_first=True),
        Piece(quote),
        Piece(closes=quote, ended=(quote,)),
        Piece(" Troops moved.\n\n"),
    )


@pytest.mark.parametrize(
    ("quotes", "shown"),
    [
        (("The ceasefire ", "holds."), "Thanks. (The ceasefire )1(holds.)1 Troops moved."),  # beside each other
        (("holds.", "holds."), "Thanks. The ceasefire ((holds.))2 Troops moved."),  # identical
        (("ceasefire", "The ceasefire holds."), "Thanks. (The (ceasefire)1 holds.)1 Troops moved."),  # within
        # overlapping: the second is cut at the end of the outer one, and goes on
        (("Thanks. The ceasefire", "ceasefire holds."), "(Thanks. The (ceasefire))1[ holds.)1 Troops moved."),
        (
            ("Thanks. The", "The ceasefire", "ceasefire holds."),
            "(Thanks. (The))1[ (ceasefire))1[ holds.)1 Troops moved.",
        ),
    ],
)
def test_marks_nest(quotes, shown):
    assert marked(*quotes) == [shown]


def test_identical_marks_nest_in_the_order_given():
    spans = [CitedSpan(4, 8, "second"), CitedSpan(4, 8, "first"), CitedSpan(4, 8, "third")]
    (section,) = annotate("The truce.", transcripts.parse("The truce."), spans)

    opened = [piece.opens for piece in section.blocks[0].pieces if piece.opens]
    assert opened == ["second", "first", "third"]


def test_citations_that_end_together_are_told_of_once_the_outer_one_first():
    spans = [CitedSpan(4, 10, "inner"), CitedSpan(0, 10, "outer"), CitedSpan(4, 9, "earlier")]
    (section,) = annotate("The truce.", transcripts.parse("The truce."), spans)

    assert [piece.ended for piece in section.blocks[0].pieces if piece.closes] == [("earlier",), (), ("outer", "inner")]


def test_running_head_is_in_no_mark_of_a_quote_that_runs_across_it():
    text = "MS PORTER: It was\n\nPage 3 of 12\n\nannounced, it was\n\nPage 4 of 12\n\nsaid, on Monday."
    quote = text[text.index("It") : text.index(" on Monday")]
    blocks = blocks_of(
        annotate(text, transcripts.parse(text), [CitedSpan(text.index("It"), text.index(" on Monday"), quote)])
    )

    shown = ["MS PORTER: ", "(It was)", "Page 3 of 12", "[announced, it was)", "Page 4 of 12", "[said,)1 on Monday."]
    assert [markup(block).strip("\n") for block in blocks] == shown
    assert [block.citations for block in blocks] == [(), (quote,), (), (quote,), (), (quote,)]


def test_mark_over_two_paragraphs_goes_on_in_the_second():
    assert marked("of the call?\n\nAnd what") == ["Is there a readout (of the call?\n\n)", "[And what)1 of the talks?"]


def test_mark_over_two_turns_marks_the_label_between_them():
    assert marked("the talks?\n\nMS PORTER: Thanks.") == [
        "And what of (the talks?\n\n)",
        "[MS PORTER: )",
        "[Thanks.)1 The ceasefire holds. Troops moved.",
    ]


def test_mark_in_the_headline_is_shown_there():
    assert marked("Troop Movements") == ["Press Briefing on (Troop Movements)1"]


def test_coverage_counts_each_cited_character_once():
    spans = spans_of(TEXT, "The ceasefire holds.", "ceasefire", "holds. Troops moved.")

    assert coverage(TEXT, transcripts.parse(TEXT), spans) == Coverage(spoken=95, cited=34, turns=2, turns_cited=1)


def test_coverage_leaves_out_what_is_not_spoken():
    spans = spans_of(TEXT, "March 25, 2022")

    assert coverage(TEXT, transcripts.parse(TEXT), spans) == Coverage(spoken=95, cited=0, turns=2, turns_cited=0)


def test_coverage_of_a_text_without_turns_is_of_the_whole_text():
    text = "---\ntitle: x\n---\n"

    assert coverage(text, transcripts.parse(text), [CitedSpan(0, 3, 1)]) == Coverage(17, 3, 0, 0)


def test_coverage_of_an_empty_text_is_nothing():
    assert coverage("", transcripts.parse(""), []).in_words == "0%"


def test_coverage_says_all_only_of_all():
    assert [Coverage(1000, cited, 1, 1).in_words for cited in (0, 1, 10, 999, 1000)] == [
        "0%",
        "less than 1%",
        "1%",
        "99%",
        "100%",
    ]


LINES = st.sampled_from(
    [
        "QUESTION: Is it so?",
        "MS PORTER: It is.",
        "Q  And then?",
        "Then it went on.",
        "",
        "",
        "  ",
        "END",
        "(Laughter.)",
        "é",
    ]
)


@st.composite
def cited_texts(draw) -> tuple[str, list[CitedSpan]]:
    text = "\n".join(draw(st.lists(LINES, max_size=12)))
    place = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(place, place), max_size=8))
    places = [sorted(pair) for pair in pairs if pair[0] != pair[1]]
    return text, [CitedSpan(start, end, number) for number, (start, end) in enumerate(places)]


@given(cited_texts())
@settings(max_examples=examples(200), deadline=None)
def test_annotate_loses_nothing_of_any_text(cited_text):
    text, spans = cited_text
    blocks = blocks_of(annotate(text, transcripts.parse(text), spans))

    pieces = [piece for block in blocks for piece in block.pieces]
    assert "".join(piece.text for piece in pieces) == text
    assert words_of(pieces) == {span.citation: text[span.start : span.end] for span in spans}
    begun = Counter(piece.opens for piece in pieces if piece.is_first)
    ended = Counter(citation for piece in pieces for citation in piece.ended)
    assert begun == ended == Counter(span.citation for span in spans)
    numbers = [block.number for block in blocks if block.number]
    assert numbers == list(range(1, len(numbers) + 1))


def words_of(pieces: list[Piece]) -> dict[int, str]:
    """Return the words that are in the marks of each citation; fails where the marks do not nest."""
    words, open_marks = {}, []
    for piece in pieces:
        if piece.opens is not None:
            open_marks.append(piece.opens)
        elif piece.closes is not None:
            assert open_marks.pop() == piece.closes
        for citation in open_marks:
            words[citation] = words.get(citation, "") + piece.text
    assert open_marks == []
    return words


@given(cited_texts())
@settings(max_examples=examples(100), deadline=None)
def test_coverage_of_any_text_is_what_a_set_of_positions_says(cited_text):
    text, spans = cited_text
    transcript = transcripts.parse(text)

    cited = {position for span in spans for position in range(span.start, span.end)}
    ranges = transcript.paragraphs or ((0, len(text)),)
    spoken = {position for start, end in ranges for position in range(start, end)}
    heard = [set(range(turn.start, turn.end)) & cited for turn in transcript.turns]
    expected = Coverage(len(spoken), len(spoken & cited), len(heard), sum(map(bool, heard)))
    assert coverage(text, transcript, spans) == expected
