"""One page has one comparable address, and two pages have two."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.text.source_address import comparable_address, comparable_lines

from .hypothesis_examples import examples

PAGE = "example.gov/second-call"
WORDS = st.text("abcXYZ019-_.~", min_size=1, max_size=8).filter(lambda word: word.strip("."))
PATHS = st.lists(WORDS, max_size=4).map("/".join)
QUERIES = st.lists(st.tuples(st.sampled_from(["id", "page", "lang", "Q"]), WORDS), max_size=3)
MARKS = st.lists(
    st.sampled_from(["utm_source=a", "UTM_medium=", "fbclid=x1", "gclid=2", "mc_cid=3", "_ga=4"]), max_size=3
)
BEFORE = st.sampled_from(
    [
        *("http://", "https://", "HTTPS://www.", "http://www.", "https://web.archive.org/web/20220328033000/https://"),
        *("http://web.archive.org/web/20220328id_/http://www.", "https://archive.ph/20220328033000/https://www."),
        "https://archive.today/2022.03.28-033000/http://",
    ]
)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.gov/second-call/",
        "http://example.gov/second-call",
        "https://WWW.Example.gov:443/second-call/#top",
        "https://www.example.gov/second-call/?utm_source=newsletter&amp;utm_medium=email",
        "https://web.archive.org/web/20220328033000/https:/www.example.gov/second-call/",
        "https://archive.ph/2022.03.28-033000/https://www.example.gov/second-call/?fbclid=1",
        " example.gov/second-call ",
    ],
)
def test_one_page_has_one_comparable_address(url):
    assert comparable_address(url) == PAGE


@pytest.mark.parametrize(
    ("url", "comparable"),
    [
        ("", ""),
        ("https://www.com/a", "www.com/a"),
        ("https://example.gov/?p=7&utm_id=1", "example.gov?p=7"),
        ("https://example.gov/Second-Call", "example.gov/Second-Call"),
        ("https://www2.example.gov:8080/a", "www2.example.gov:8080/a"),
        ("https://example.gov/a?utmost=1&ref=2", "example.gov/a?utmost=1&ref=2"),
        ("https://archive.ph/AbCd1", "archive.ph/AbCd1"),
        ("https://web.archive.org/about", "web.archive.org/about"),
        ("https://example.gov/#!/news/7", "example.gov#!/news/7"),
        ("https://mfa.am/hy/%D5%A1%e2", "mfa.am/hy/%D5%A1%E2"),
        ("https://mfa.am/hy/%D5%A1", "mfa.am/hy/ա"),
    ],
)
def test_what_names_another_page_stays(url, comparable):
    assert comparable_address(url) == comparable


@settings(max_examples=examples(300))
@given(st.one_of(st.text(max_size=60), st.text("htps:/w.#?&=%aC380!", max_size=40)))
def test_what_was_compared_is_compared_to_itself_and_no_longer(url):
    comparable = comparable_address(url)

    assert comparable_address(comparable) == comparable
    assert len(comparable) <= len(url)


@settings(max_examples=examples(300))
@given(BEFORE, PATHS, QUERIES, MARKS, st.sampled_from(["", "#a", "#top"]), st.booleans())
def test_the_ways_to_a_page_are_one_and_its_path_and_parameters_stay(before, path, query, marks, fragment, closed):
    pairs = [f"{name}={word}" for name, word in query]
    sent = "&".join([*marks, *pairs])
    url = f"{before}example.gov/{path}{'/' if closed else ''}{'?' if sent else ''}{sent}{fragment}"

    page = f"example.gov/{path}".rstrip("/")
    assert comparable_address(url) == page + ("?" + "&".join(pairs) if pairs else "")


def test_lines_are_compared_each_once():
    lines = "https://www.example.gov/a/\nhttp://example.gov/a\n\nhttps://example.gov/b?utm_id=1"

    assert (comparable_lines(lines), comparable_lines("")) == ("\nexample.gov/a\nexample.gov/b\n", "")
