"""Which words are a trigger of which type."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.suggest import triggers

REPORTED = {  # a sentence: types, of deeds and of telling
    "The parties agreed to a humanitarian ceasefire.": {"ceasefire-declared"},
    "The ceasefire took effect at noon.": {"ceasefire"},
    "The truce has collapsed.": {"ceasefire-ended"},
    "Both accuse each other of ceasefire violations.": {"ceasefire-violation", "accusation"},
    "They signed a peace treaty.": {"agreement"},
    "The zone was established in May.": {"line-established"},
    "Russia withdrew its troops.": {"withdrawal"},
    "Azerbaijan released 15 Armenian prisoners.": {"prisoner-release"},
    "He spoke by phone with President Aliyev.": {"phone-call"},
    "She met with President Aliyev.": {"meeting"},
    "He travelled to Yerevan.": {"visit"},
    "They held talks.": {"negotiation"},
    "France mediated.": {"mediation"},
    "The ministry issued a statement.": {"statement"},
    "Russia called for restraint.": {"appeal"},
    "Russia expressed concern over the situation.": {"statement"},
    "France condemned it.": {"condemnation"},
    "Baku accused Yerevan.": {"accusation"},
    "Moscow threatened to leave.": {"threat"},
    "Azerbaijan moved troops.": {"troop-movement"},
    "Russia announced a partial mobilization.": {"statement", "mobilisation"},
    "They clashed at the border.": {"clash"},
    "Forces shelled the town.": {"strike"},
    "They killed 12 civilians.": {"violence-against-civilians"},
    "Sweden delivered food aid.": {"humanitarian-aid"},
    "Thousands fled.": {"displacement"},
    "The EU imposed new sanctions.": {"sanctions"},
    "The leaders agreed to meet again.": {"agreement-in-principle"},
    "China resumed counternarcotics cooperation.": {"cooperation"},
    "Tehran rejected that offer.": {"rejection"},
    "Thousands protested, the largest protests in Georgia.": {"protest"},
    "Police arrested Armenian intellectuals.": {"coercion"},
    "Russia extended his detention.": {"coercion"},
    "The leaders agreed that it matters. The Minsk Group exists.": set(),
    "Nothing happened.": set(),
    "A teacher called Anna, a metering device, an embattled town": set(),
}  # fmt: skip


@pytest.mark.parametrize("sentence", REPORTED)
def test_find_what_is_told(sentence):
    matches = triggers.find_triggers(sentence, may_say=False)

    assert {trigger.event_type for trigger in matches if trigger.kind != triggers.NOUN} == REPORTED[sentence]


SAID = {
    "We condemn this attack.": {"condemnation"},
    "This is unacceptable.": {"condemnation"},
    "We are appalled by the attack.": {"condemnation"},
    "We are deeply concerned about the movement of troops.": {"statement"},
    "The United States is concerned by these reports.": {"statement"},
    "We are alarmed by the fighting.": {"statement"},
    "We are gravely troubled by this.": {"statement"},
    "We deeply regret the loss of life.": {"statement"},
    "We urge both sides to talk.": {"appeal"},
    "Armenia should talk.": {"appeal"},
    "There will be severe consequences.": {"threat"},
    "We remain committed to a lasting peace.": {"statement"},
    "We are closely monitoring the border.": {"statement"},
}


@pytest.mark.parametrize("sentence", SAID)
def test_find_what_is_done_by_saying_it(sentence):
    matches = triggers.find_triggers(sentence, may_say=True)

    assert {trigger.event_type for trigger in matches if trigger.is_performative} == SAID[sentence]
    assert not any(trigger.is_performative for trigger in triggers.find_triggers(sentence, may_say=False))


def test_a_noun_is_a_trigger_of_its_own_kind():
    matches = triggers.find_triggers("After the genocide came sanctions.", may_say=False)

    assert [(trigger.words, trigger.event_type, trigger.kind) for trigger in matches] == [
        ("genocide", "violence-against-civilians", triggers.NOUN),
        ("sanctions", "sanctions", triggers.NOUN),
    ]


def test_words_may_stand_on_two_lines():
    (trigger,) = triggers.find_triggers("Russia moved\n  its troops.", may_say=False)

    assert (trigger.words, trigger.start, trigger.end) == ("moved its troops", 7, 25)


@given(
    st.lists(st.sampled_from(["signed", "the", "agreed to", ",", "a", "—", "troops", "we", "March", "$5"]), max_size=60)
)
def test_find_never_raises(words):
    sentence = " ".join(words)

    assert all(
        sentence[trigger.start : trigger.end].split() == trigger.words.split()
        for trigger in triggers.find_triggers(sentence, may_say=True)
    )
