import pytest

from timeline.evidence.axes import UNSUPPORTED, Cited, HowKnown, axes_of, dated_claim


def known(**axes) -> HowKnown:
    """Return how an event is known that one source reports."""
    supported = {"actuality": "occurred", "support": "supports", "form": "quote", "assertion": "not_told"}
    return HowKnown(**supported | {"contest": "none", "source_count": 1} | axes)


def test_only_what_happened_bears_its_date_alone():
    assert [dated_claim(actuality, "1 June 2022") for actuality in ("occurred", "announced", "did_not_occur", "unclear")] == [
        "1 June 2022",
        "announced for 1 June 2022",
        "did not happen: 1 June 2022",
        "unclear whether it happened: 1 June 2022",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("axes", "words"),
    [
        ({}, ("quote matched in our stored text", "asserted, basis not stated", "not contested", "1 source")),
        (
            {"form": "data_set", "data_set": "UCDP GED", "source_count": 2},
            ("recorded by UCDP GED", "asserted, basis not stated", "not contested", "2 independent sources"),
        ),
        (
            {"form": "source", "assertion": "first_hand", "contest": "denied"},
            ("source named, text not stored", "first-hand", "denied", "1 source"),
        ),
        (
            {"form": "", "assertion": "none", "source_count": 0},
            ("no source supports it", "not asserted", "not contested", "no source asserts it"),
        ),
    ],
)
def test_axes_in_words(axes, words):
    event = known(**axes)

    assert (event.form_words, event.assertion_words, event.contest_words, event.source_words) == words


@pytest.mark.parametrize(
    ("axes", "caveats"),
    [
        ({}, []),
        ({"assertion": "hearsay", "contest": "disputed"}, ["Known by hearsay alone.", "A source disputes it."]),
        (
            {"support": "presupposes", "assertion": "presupposed"},
            ["Taken for granted by what is cited, not reported there."],
        ),
        ({"support": "asked", "assertion": "question"}, [UNSUPPORTED]),
        (
            {"support": "asked", "assertion": "question", "actuality": "unclear"},
            ["Asserted in a question alone; no source stored here confirms it."],
        ),
        ({"support": "nothing", "assertion": "none", "contest": "denied"}, [UNSUPPORTED, "A source denies it."]),
    ],
)
def test_caveats(axes, caveats):
    assert known(**axes).caveats == caveats


def test_denial_of_what_did_not_occur_is_no_contest():
    denied = Cited("denies", "supports", "", "verified", False, 1)

    assert axes_of([denied])["contest"] == "none"
    assert axes_of([denied._replace(support="against")])["contest"] == "denied"
