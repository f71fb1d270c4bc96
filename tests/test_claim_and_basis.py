"""What is proposed of an event's actuality, and of how the speaker knows."""

import pytest

from timeline.suggest.speech_acts import guess_actuality, guess_basis


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
