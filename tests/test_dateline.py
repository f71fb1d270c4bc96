import datetime as dt

import pytest

from timeline.dates.dateline import spoken_on, stated_at_head, whole_line

DAY = dt.date(2023, 9, 29)


@pytest.mark.parametrize(
    "line",
    [
        "September 29, 2023",
        "(September 29, 2023)",
        "  (Sept. 29, 2023)  ",
        "Friday, September 29, 2023",
        "29 September 2023",
        "29th Sep 2023",
        "2023-09-29",
        "Released on September 29, 2023",
        "Date: 29 September 2023",
        "September 29, 2023, 1:36 P.M. EST",
        "**September 29, 2023**",
    ],
)
def test_line_that_states_a_day(line):
    assert whole_line(line) == DAY


@pytest.mark.parametrize(
    "line",
    [
        "",
        "September 2023",
        "September 31, 2023",
        "2023-13-01",
        "We met on September 29, 2023",
        "September 29, 2023 was a Friday.",
        "09/10/2023",
        "September 29, 20233",
        "x" * 200 + "September 29, 2023",
    ],
)
def test_line_that_states_none(line):
    assert whole_line(line) is None


def test_day_at_the_head_of_a_text():
    assert stated_at_head("Via Teleconference\n\n(September 29, 2023)\n\n5:00 P.M.\n\nMODERATOR: Hello.") == DAY


def test_day_further_down_is_not_that_of_the_document():
    above = "\n\n".join(f"Line {number}" for number in range(12))

    assert stated_at_head(f"{above}\n\nSeptember 29, 2023") is None
    assert stated_at_head(f"{above.removeprefix('Line 0')}\n\nSeptember 29, 2023") == DAY
    assert stated_at_head("") is None


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (dt.date(2023, 9, 29), DAY),
        (dt.date(2023, 9, 30), DAY),
        (dt.date(2023, 10, 6), DAY),
        (dt.date(2023, 10, 7), dt.date(2023, 10, 7)),  # too far from it: a mistake, or another thing's day
        (dt.date(2023, 9, 28), dt.date(2023, 9, 28)),  # nothing is said after it was published
        (None, None),
    ],
)
def test_what_today_means_in_a_text_posted_later(published, expected):
    assert spoken_on("(September 29, 2023)\n\nMODERATOR: Hello.", published) == expected


def test_without_a_day_in_the_text_that_of_publication_counts():
    assert spoken_on("MODERATOR: Hello.", dt.date(2023, 9, 30)) == dt.date(2023, 9, 30)
