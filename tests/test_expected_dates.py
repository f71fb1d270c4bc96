"""Dates as speakers say and desks write them, with what a person judged right: a table that lies beside the repository."""

import csv
from datetime import date

import pytest

from timeline.dates.reader import DateNotRead, Wanted, find, read

from .beside import SHARED

EXPECTED = "cases/date-phrases-expected.csv"
REFUSED = {  # typed phrase: what is offered, words of the message
    "May 4th": (["2023-05-04", "2024-05-04"], "Say the year, for example May 4th 2023."),
    "10/11/2020": (["2020-11-10", "2020-10-11"], "could be 10 November or 11 October."),
    "2022-082": (["2022-03-23"], "could be day 82 of 2022, which is 23 March 2022."),
    "44644": (["2022-03-24"], "is Excel’s number for 24 March 2022."),
    "unknown": ([], "Leave the field empty where the date is not known."),
}


def rows(where: str) -> list[dict[str, str]]:
    with (SHARED / EXPECTED).open(encoding="utf-8", newline="") as table:
        return [row for row in csv.DictReader(table) if row["where"] == where]


def is_right(edtf: str, right: str) -> bool:
    return (edtf or "none") in right.split(" | ")


def typed(phrase: str, said_on: date) -> str | tuple[list[str], str]:
    """Return the EDTF, or what is offered and the message."""
    try:
        return read(phrase, Wanted(day=said_on))
    except DateNotRead as refused:
        return [reading.edtf for reading in refused.readings], str(refused)


@pytest.mark.beside(EXPECTED)
def test_each_spoken_phrase_is_read_right():
    read_as = {
        (row["phrase"], row["right"]): [
            phrase.edtf for phrase in find(row["phrase"], date.fromisoformat(row["said_on"]))
        ]
        for row in rows("spoken")
    }

    assert len(read_as) == 38
    assert {words: edtf for words, edtf in read_as.items() if len(edtf) != 1 or not is_right(edtf[0], words[1])} == {}


@pytest.mark.beside(EXPECTED)
def test_each_typed_phrase_is_read_right_or_refused_with_help():
    read_as = {
        (row["phrase"], row["right"]): typed(row["phrase"], date.fromisoformat(row["said_on"])) for row in rows("typed")
    }
    refused = {words: reason for (words, _), reason in read_as.items() if not isinstance(reason, str)}

    assert len(read_as) == 21
    assert [words for words, edtf in read_as.items() if isinstance(edtf, str) and not is_right(edtf, words[1])] == []
    assert {words: offered for words, (offered, _) in refused.items()} == {
        words: offered for words, (offered, _) in REFUSED.items()
    }
    assert all(REFUSED[words][1] in message for words, (_, message) in refused.items())
