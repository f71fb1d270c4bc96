import datetime as dt

import pytest

from timeline.models import Event
from timeline.templatetags import formatting


def event(edtf: str, stated: str = "") -> Event:
    made = Event(title="An event", edtf=edtf, date_as_stated=stated)
    made.start_earliest, made.start_latest = made.date.start_earliest, made.date.start_latest
    made.end_earliest, made.end_latest = made.date.end_earliest, made.date.end_latest
    return made


def test_grouped_parts_thousands():
    assert formatting.grouped(1427) == "1,427"


@pytest.mark.parametrize(
    ("sentence", "html"),
    [
        ("1,234 events, with A & B, oldest first", "<b>1,234 events</b>, with A &amp; B, oldest first"),
        ("1 event", "<b>1 event</b>"),
    ],
)
def test_bold_count_marks_the_count_alone_and_escapes_the_rest(sentence, html):
    assert formatting.bold_count(sentence) == html


@pytest.mark.parametrize(
    ("edtf", "text"),
    [
        ("2022-03-24", ""),
        ("2022-03-24~", ""),
        ("[2022-03-21,2022-03-22]", "earliest start 21 March 2022, latest end 22 March 2022"),
        ("2020-11", ""),
        ("[2020-11..2022-03]", ""),
        ("2020-11/2022-03-25", ""),
        ("[..2022-03-25]", "no known start, latest end 25 March 2022"),
        ("2020-11-10/..", "earliest start 10 November 2020, no known end"),
    ],
)
def test_bounds_say_an_open_side_in_words(edtf, text):
    assert formatting.bounds(event(edtf)) == text


def test_bounds_never_print_the_ends_of_the_calendar():
    assert str(dt.date.max.year) not in formatting.bounds(event("2020-11-10/.."))


@pytest.mark.parametrize(("prefix", "rest"), [("onfirm that ", "that "), ("firm ", "firm "), ("", "")])
def test_without_cut_start_drops_a_first_word_that_may_be_cut(prefix, rest):
    assert formatting.without_cut_start(prefix) == rest


@pytest.mark.parametrize(("suffix", "rest"), [(", and she ju", ", and she"), (".", "."), ("", "")])
def test_without_cut_end_drops_a_last_word_that_may_be_cut(suffix, rest):
    assert formatting.without_cut_end(suffix) == rest


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://www.state.gov/a?b#:~:text=c", "www.state.gov"),
        ("https://stаte.gov/", "xn--stte-63d.gov"),  # with a Cyrillic а
        ("https://a..b/", "a..b"),
    ],
)
def test_host_shows_look_alikes(address, shown):
    assert formatting.host(address) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [("https://www.state.gov/é", ""), ("https://stаte.gov/", "xn--stte-63d.gov"), ("not an address", "")],
)
def test_punycode_is_shown_beside_look_alikes_alone(address, shown):
    assert formatting.punycode(address) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("<b> & plain", "<b> & plain"),
        ("<i>\u200b", '&lt;i&gt;<span class="unseen" data-code="U+200B"></span>\u200b'),
        ("می\u200cخ", "می\u200cخ"),
    ],
)
def test_unseen_characters_of_a_source_are_shown(words, shown):
    assert formatting.unseen_shown(words) == shown
