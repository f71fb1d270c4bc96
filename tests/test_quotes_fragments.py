import pytest

from timeline.quotes import (
    text_fragment,
)


@pytest.mark.parametrize(
    ("quote", "prefix", "suffix", "fragment"),
    [
        ("ceasefire", "", "", "ceasefire"),
        ("50% & more, a co-chair", "", "", "50%25%20%26%20more%2C%20a%20co%2Dchair"),
        ("there’s #1/2?", "", "", "there%E2%80%99s%20%231%2F2%3F"),
        ("the side", "of ", " said", "of-,the%20side,-said"),
        ("the side", "x" * 25 + " and of ", " said, " + "y" * 25, "and%20of-,the%20side,-said%2C"),
        ("the side", "x" * 32, "y" * 32, "the%20side"),
        (
            "Yes.",
            "the region?\n\nMS PORTER: ",
            "\n\nQUESTION: And",
            "MS%20PORTER%3A-,Yes.,-QUESTION%3A%20And",
        ),
        ("Yes.", "Good.  Fine. ", "  So", "Fine.-,Yes.,-So"),
        ("one\n\ntwo", "", "", "one,two"),
        ("one.  Two", "", "", "one.,Two"),
        (
            "1 2 3 4 5 6 7 8 9\n1 2 3 4 5 6 7 8 9",
            "",
            "",
            "1%202%203%204%205%206%207%208,2%203%204%205%206%207%208%209",
        ),
        ("words " * 60, "", "", "words" + "%20words" * 7 + ",words" + "%20words" * 7),
        ("長" * 301, "", "", "%E9%95%B7" * 301),
    ],
)
def test_text_fragment_names_the_words_for_a_browser(quote, prefix, suffix, fragment):
    assert text_fragment(quote, prefix, suffix) == f"#:~:text={fragment}"
