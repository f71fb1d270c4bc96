"""Real sentences, however copied."""

import random
import re
from functools import cache

import pytest

from timeline.quotes import (
    Match,
    context,
    find,
    nearest,
)
from timeline.text.source_text import normalise

from .beside import SHARED

pytestmark = [pytest.mark.long, pytest.mark.beside("data/whitehouse-briefings")]
SENTENCE = re.compile(r"[A-Z“][^.?!]{60,400}[.?!]”?")


@cache
def real_sentences():
    """Return 3,000 sentences, each as (text of its briefing, start, end), chosen alike in every run."""
    paths = sorted((SHARED / "data/whitehouse-briefings").glob("*.md"))
    texts = [normalise(path.read_bytes().decode()) for path in paths]
    sentences = [(text, *match.span()) for text in texts for match in SENTENCE.finditer(text)]
    sample = random.Random(20220325).sample(range(len(sentences)), 3000)  # noqa: S311 (not a secret)
    return [sentences[number] for number in sorted(sample)]


def as_it_is(sentence):
    return sentence


def with_straight_marks(sentence):
    return sentence.translate(str.maketrans("‘’“”", "''\"\"")).replace("…", "...")


def with_hyphens(sentence):
    return re.sub("[–—]", "-", sentence)


def with_single_spaces(sentence):
    return " ".join(sentence.split())


def with_doubled_marks(sentence):
    return re.sub("[“”]", "''", sentence)


def with_close_dashes(sentence):
    return re.sub(r"\s*[–—]\s*", "—", sentence)


def with_ligatures(sentence):
    return sentence.replace("ffi", "ﬃ").replace("fi", "ﬁ").replace("fl", "ﬂ").replace("ff", "ﬀ")


def in_quotation_marks(sentence):
    return f"“{sentence}”"


def with_all_of_it(sentence):
    return with_single_spaces(with_hyphens(with_straight_marks(sentence)))


FORMS = (
    as_it_is,
    with_straight_marks,
    with_hyphens,
    with_single_spaces,
    with_doubled_marks,
    with_close_dashes,
    with_ligatures,
    in_quotation_marks,
    with_all_of_it,
)


def is_found(quote, text, start, end):
    """Return whether it is found at its own place: at once or, if it was said more often, by its context."""
    match = find(quote, text)
    if match and match.state == "ambiguous":
        match = find(quote, text, *context(text, start, end))
    return match == Match(start, end, "verified")


def with_one_word_changed(sentence):
    words = sentence.split()
    words[len(words) // 2] = "zebras"
    return " ".join(words)


def test_find_finds_real_sentences_however_copied_and_none_with_a_word_changed():
    lost, invented = [], []
    for text, start, end in real_sentences():
        quotes = [written(text[start:end]) for written in FORMS]
        lost += [quote for quote in quotes if not is_found(quote, text, start, end)]
        invented += filter(lambda quote: find(quote, text), [with_one_word_changed(text[start:end])])
    assert (lost, invented) == ([], [])


def test_nearest_finds_the_real_sentences_a_word_was_changed_in():
    lost = []
    for text, start, end in real_sentences()[::75]:
        passage = nearest(with_one_word_changed(text[start:end]), text)
        if passage is None or (passage.start, passage.end) != (start, end):
            lost.append((text[start:end], passage))
    assert lost == []
