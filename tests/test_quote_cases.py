"""Quotes as people type them against texts as pages print them: the cases beside the repository, and made ones of each kind."""

import json
import re
from collections import Counter

import pytest

from timeline import quotes
from timeline.models import Briefing
from timeline.text.running_heads import words_at
from timeline.text.source_text import normalise

from .beside import SHARED
from .quote_cases import FOUND, REFUSED, QuoteCase

BESIDE = ["form-feed", "ligature-in-the-text", "page-header-in-the-quote", "two-line-ends"]


def find(case: QuoteCase, quote: str = "") -> tuple[str, str] | None:
    """Return the state of a quote, and the words that are stored; None: it is not found."""
    text = normalise(case.text)
    match = quotes.find(quote or case.quote, text)
    return match and (match.state, words_at(text, match.start, match.end))


@pytest.mark.parametrize("name", BESIDE)
@pytest.mark.beside("cases")
def test_case_beside_the_repository_is_found_with_the_characters_of_its_text(name):
    case = json.loads((SHARED / f"cases/{name}.quote.json").read_text())
    text = normalise(case["text"])

    match = quotes.find(case["quote"], text)

    assert match.state == "verified"
    words = words_at(text, match.start, match.end)
    stretches = words.split(" […] ")
    assert all(stretch in text for stretch in stretches)
    assert (len(stretches) == 1) == (case["expect"] == "verified")


@pytest.mark.beside("cases")
def test_every_quote_beside_the_repository_is_a_case():
    assert sorted(path.name.removesuffix(".quote.json") for path in SHARED.glob("cases/*.quote.json")) == BESIDE


@pytest.mark.parametrize("case", FOUND, ids=lambda case: f"{case.kind}: {case.quote[:30]}")
def test_quote_is_found_as_the_text_prints_it(case):
    assert find(case) == ("verified", case.words)


def altered(quote: str) -> list[str]:
    """Return the quote with one word, one digit and one capital letter changed, as far as it has them."""
    words = re.findall(r"[^\W\d_]{3,}", quote)
    changed = [quote.replace(words[-1], f"{words[-1]}x", 1)]
    changed += [re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), quote, count=1)] * bool(
        re.search(r"\d", quote)
    )
    return [*changed, quote.replace(words[0], words[0].swapcase(), 1)]


@pytest.mark.parametrize("case", FOUND, ids=lambda case: f"{case.kind}: {case.quote[:30]}")
def test_quote_with_one_word_digit_or_capital_changed_is_not_found(case):
    assert {quote: find(case, quote) for quote in altered(case.quote)} == dict.fromkeys(altered(case.quote))


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: f"{case.kind}: {case.quote[:30]}")
def test_quote_across_what_nobody_said_is_refused_with_what_to_do(case):
    source = Briefing(title="Talks", text=normalise(case.text))

    message = source.missing_quote_message(case.quote)

    assert find(case) is None
    assert message.endswith(f"it has “{case.words}”: cite the words before and after that as two citations.")


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("We met Lachin on Monday.", "We met in Lachin on Monday."),
        ("We met in Lachin on 3 Monday.", "We met in Lachin on Monday."),
        ("We saw them in Lachin.", "We met them [3] in Lachin."),
        ("We met [...] in Baku.", "We met them in Lachin."),
        ("We met them.", "We met them."),
    ],
)
def test_word_left_out_or_another_word_is_nothing_that_nobody_said(quote, passage):
    assert quotes.unsaid_between(quote, passage) == ""


def test_there_are_three_made_cases_of_each_kind_at_least():
    counts = Counter(case.kind for case in (*FOUND, *REFUSED))

    assert {kind: count for kind, count in counts.items() if count < 3} == {}
