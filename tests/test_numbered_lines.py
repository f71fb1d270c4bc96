"""Speakers of transcripts whose lines are numbered, as courts print them."""

import pytest

from timeline.text.transcripts import parse

from .real_transcripts import check_shape, speakers, spoken

HEARING = """1   THE COURT: Good morning.
2   MR. SMITH: Good morning, Your
3   Honor. We are ready.
4   THE COURT: Call the witness.
5   MR. SMITH: We call the first
6   witness of the day.
7   Q.  Where were you?
8   A.  At the border, with
9   the patrol.
10  Q.  On which day?
11  A.  On March 25.
12  MS. JONES: Objection.
"""
PLEADING = "\n".join(
    f" {number}  {words}"
    for number, words in enumerate(
        [
            "MR. ONE: We ask",
            "the court to hear",
            "us.",
            "MS. TWO: We do not",
            "agree with that.",
            "MR. ONE: Then",
            "we wait.",
            "MS. TWO: So",
            "do we, gladly.",
            "MR. ONE: Thanks.",
        ],
        1,
    )
)
PAGES = PLEADING + "\n\n" + PLEADING.replace("MR. ONE", "MR. THREE")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        (HEARING, ["THE COURT", "MR. SMITH", "THE COURT", "MR. SMITH", "Q", "A", "Q", "A", "MS. JONES"]),
        (PLEADING, ["MR. ONE", "MS. TWO", "MR. ONE", "MS. TWO", "MR. ONE"]),
        (
            PAGES,
            ["MR. ONE", "MS. TWO", "MR. ONE", "MS. TWO", "MR. ONE"]
            + ["MR. THREE", "MS. TWO", "MR. THREE", "MS. TWO", "MR. THREE"],
        ),
    ],
    ids=["hearing", "pleading", "two pages"],
)
def test_labels_behind_line_numbers_are_turns(text, labels):
    assert speakers(text) == labels
    check_shape(text, parse(text))


def test_words_end_before_the_number_of_the_next_speakers_line():
    assert spoken(PLEADING)[-2:] == [
        ("MS. TWO", "statement", "So\n 9  do we, gladly."),
        ("MR. ONE", "statement", "Thanks."),
    ]


def test_number_before_a_label_on_a_few_lines_is_no_line_number():
    assert speakers("\n".join(HEARING.split("\n")[:9])) == [""]
