import pytest

from timeline.evidence.choices import Act
from timeline.suggest.speech_acts import guess_act

GUESSED = {  # most of them words of the demo, with the acts that its analyst chose
    "our assistant secretary did speak with both": "reports",
    "I can confirm that our assistant secretary did speak with both": "confirms",
    "what Secretary Blinken told the Prime Minister, which was calling both sides to show restraint": "reports",
    "The United States is deeply concerned about Azerbaijan troop movements.": "mentions",
    "Troop movements and other escalatory measures are irresponsible and unnecessarily provocative.": "condemns",
    "We strongly condemn the attack": "condemns",
    "we are closely monitoring the situation along the line of contact": "announces",
    "Armenia and Azerbaijan just need to use direct communication channels": "calls_for",
    "the United States remains deeply committed to working with the sides": "announces",
    "We urge restraint": "calls_for",
    "Her question has to do with the agreement of last year": "reports",
    "Azerbaijan denied that it shelled the town": "denies",
    "We dispute that account": "disputes",
    "The President will travel to Baku": "announces",
    "We have recently announced that envoys will meet": "announces",
    "our announcement of new sanctions": "announces",
    "the announcement yesterday that Turkey and Armenia will appoint special envoys": "reports",
    "Russia has announced that it will withdraw": "reports",
    "Armenia today announced a mobilisation": "reports",
    "the line of contact": "mentions",
    "": "mentions",
}


@pytest.mark.parametrize("words", GUESSED)
def test_guess(words):
    assert guess_act(words, "answer") == GUESSED[words]
    assert GUESSED[words] in Act.values


def test_what_is_asked_is_only_mentioned():
    assert guess_act("Yesterday the State Department urged both sides", "question") == "mentions"
