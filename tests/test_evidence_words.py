import pytest

from timeline.evidence.axes import UNSUPPORTED, Cited, HowKnown, axes_of, dated_claim
from timeline.suggest.speech_acts import guess_actuality, guess_basis


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


@pytest.mark.parametrize(
    ("act", "turn_kind", "claim", "announced", "actuality"),
    [
        ("confirms", "answer", "deed", False, "occurred"),
        ("mentions", "answer", "deed", False, "occurred"),
        ("announces", "answer", "deed", False, "announced"),
        ("reports", "answer", "deed", True, "announced"),
        ("announces", "answer", "statement", False, "occurred"),
        ("calls_for", "", "appeal", False, "occurred"),
        ("announces", "answer", "condemnation", False, ""),
        ("calls_for", "answer", "deed", False, ""),
        ("denies", "answer", "deed", False, ""),
        ("mentions", "question", "deed", False, "unclear"),
    ],
)
def test_actuality_follows_from_act_and_claim(act, turn_kind, claim, announced, actuality):
    assert guess_actuality(act, turn_kind, claim, announced) == actuality


@pytest.mark.parametrize(
    ("words", "basis"),
    [
        ("I can confirm that our assistant secretary did speak with both.", "first_hand"),
        ("We met with the ministers in Geneva.", "first_hand"),
        ("We also spoke to both of them.", "first_hand"),
        ("According to the ministry, two soldiers were killed.", "hearsay"),
        ("The agency reports that the road is blocked.", "hearsay"),
        ("We have seen reports of shelling.", "hearsay"),
        ("I can confirm reports that he was arrested.", "hearsay"),
        ("Troops crossed the border.", ""),
        ("I can confirm that Russia attacked.", ""),
        ("We need to see it. We have concerns.", ""),
        ("We have seen the Russians use missiles.", ""),
    ],
)
def test_basis_is_told_by_the_words_or_not_at_all(words, basis):
    assert guess_basis(words, "answer", False) == basis


def test_who_does_it_by_saying_it_knows_it_first_hand_unless_it_is_asked():
    assert guess_basis("Both sides need to de-escalate.", "answer", True) == "first_hand"
    assert guess_basis("Did we meet them? We met them.", "question", True) == ""
