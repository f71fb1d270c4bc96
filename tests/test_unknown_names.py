"""The names in a text that are those of no actor yet."""

import pytest

from timeline.suggest import KnownActors, unknown_names
from timeline.suggest.actor_names import KnownActor

NOBODY = KnownActors([])


def names(*paragraphs: str, known: KnownActors = NOBODY) -> list[tuple[str, int, str]]:
    """Return name, count and the kind that the table has for it."""
    counted = unknown_names(paragraphs, known)
    return [(unknown.name, unknown.count, unknown.listed.kind if unknown.listed else "") for unknown in counted]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Iranian minister met NATO in Iran.", [("Iran", 2, "state"), ("North Atlantic Treaty Organization", 1, "organisation")]),
        ("the turkey was cold, and so were us", []),
        ("Ada Quill left. Later Ada Quill\ncame back.", [("Ada Quill", 2, "")]),
        ("Ada Quill left.", []),  # once: it may be a title or the beginning of a sentence
        ("President Ada Quill left. President Quill came back.", [("Ada Quill", 2, "")]),
        ("Dr. Ada Quill left. President Quill and President Quill’s men came.", [("Quill", 2, "")]),  # another of the family
        ("President Bo Quill met President Ada Quill. President Quill, President Quill.", [("Quill", 2, "")]),
        ("Mr. Quill left. Mr. Quill’s men too.", [("Quill", 2, "")]),
        ("National Security Adviser Ada Quill left. Ms. Quill came back.", [("Ada Quill", 2, "")]),
        ("Director Ada Quill met Bo Quill. Ms. Quill left. Ms. Quill, too.", [("Quill", 2, "")]),
        ("Yesterday Ada Quill left. After Ada Quill left, nobody did.", [("Ada Quill", 2, "")]),
        ("Thank you. The Press Secretary and the Prime Minister. The Press Secretary, the Prime Minister.", []),
        ("On Monday March 3. On Monday March 3. We May. We May.", []),
        ("The Zembla Freedom Front fired. Zembla Freedom Front men fled.", [("Zembla Freedom Front", 2, "")]),
        ("", []),
    ],
)  # fmt: skip
def test_names_are_counted_and_no_other_words(text, expected):
    assert names(text) == expected


def test_who_is_an_actor_already_is_no_unknown_name():
    known = KnownActors(
        [
            KnownActor(1, "Persia", "state", "IR"),  # the state with this code, under another name
            KnownActor(2, "Ada Quill", "person", ""),
            KnownActor(3, "Atlantic alliance", "organisation", "", ("NATO",)),
        ]
    )

    assert names("Iran, Ada Quill, Ada Quill, Quill and the NATO men met Iraq.", known=known) == [("Iraq", 1, "state")]


def test_the_most_frequent_come_first_and_twenty_at_most():
    listed = names(
        "; ".join(f"Ada {letter}quill, " * count for count, letter in enumerate("BCDFGHJKLMNPRSTVWXYZQA", 2))
    )

    counts = [count for _, count, _ in listed]
    assert (len(counts), counts) == (20, sorted(counts, reverse=True))
