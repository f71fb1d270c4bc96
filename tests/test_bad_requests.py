"""What the trials of tests/trust/ send: the same again for the same seed, and as many payloads as they say."""

from itertools import chain
from pathlib import Path

from tests.suite import Part, chromium
from tests.trust.__main__ import ALONE, LANES, OF_LEAKS, OF_ZONES, SLICE, SLOW, Trials, no_mount, no_postgresql, run
from tests.trust.bad_requests import METHODS, PATHS, requests
from tests.trust.payloads import MARK, PAYLOADS


def test_requests_are_the_same_for_the_same_seed():
    sent = requests(500, 1)

    assert sent == requests(500, 1) != requests(500, 2)
    assert {method for method, _ in sent} == set(METHODS)
    assert {address.partition("?")[0] for _, address in sent} == set(PATHS)
    assert all(address.isascii() for _, address in sent)


def test_payloads_are_thirty_different_ones():
    assert len(set(PAYLOADS)) == 30
    assert sum(MARK in payload for payload in PAYLOADS) > 20


def test_each_part_is_tried_once_and_each_word_means_one(tmp_path):
    parts = Trials(tmp_path, 1.0).parts()
    words = [*chain(*LANES, *SLOW), *ALONE]

    assert [len([word for word in words if word in part.name]) for part in parts] == [1] * len(parts)
    assert all(any(word in part.name for part in parts) for word in (*words, *chain(*SLICE)))
    assert all(Path(file).exists() for file in (*OF_LEAKS, *OF_ZONES))
    assert {part.needs() for part in parts} <= {"", no_postgresql(), no_mount(), chromium()}


def test_each_part_says_what_became_of_it(monkeypatch):
    parts = [
        Part("one", lambda: True),
        Part("two", lambda: 1 / 0),
        Part("three", lambda: True, lambda: "a disk is missing"),
    ]
    monkeypatch.setattr(Trials, "parts", lambda trials: parts)
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):  # so that they are set again afterwards
        monkeypatch.delenv(name, raising=False)

    assert run(1.0, [""]) == ["PASSED    one (0 s)", "FAILED    two (0 s)", "LEFT OUT  three: a disk is missing"]
