"""What is filled in of a suggested event: only what its words make certain."""

import pytest

from timeline.suggest.actor_names import KnownActor
from timeline.suggest.participant_roles import Participant
from timeline.suggest.proposals import propose_title

from .proposed_events import actors, proposed  # noqa: F401 (a fixture)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("actors")]


CERTAIN = {  # words -> who takes part, title
    "Azerbaijan moved troops towards Armenia.": (
        [("Azerbaijan", "initiator")],
        "Azerbaijan moved troops towards Armenia",
    ),
    "Armenia and Azerbaijan accused Russia.": (
        [("Armenia", "initiator"), ("Azerbaijan", "initiator"), ("Russia", "recipient")],
        "Armenia and Azerbaijan accused Russia",
    ),
    "On Monday, the foreign minister of Armenia was away. Armenia met with Azerbaijan.": (
        [("Armenia", "participant"), ("Azerbaijan", "participant")],
        "Armenia meets Azerbaijan",
    ),
    "So we strongly condemn Russia.": (
        [("MS PORTER", "initiator"), ("Russia", "recipient")],
        "Jalina Porter condemns Russia",
    ),
    "We urge Armenia and Azerbaijan to talk.": (
        [("MS PORTER", "initiator"), ("Armenia", "recipient"), ("Azerbaijan", "recipient")],
        "Jalina Porter calls on Armenia and Azerbaijan",
    ),
    "Russia has called on Armenia to be generous.": ([("Russia", "initiator")], "Russia makes an appeal"),
    "Secretary Antony Blinken will visit Armenia on Tuesday.": (
        [("Antony Blinken", "initiator"), ("Armenia", "recipient")],
        "Secretary Antony Blinken will visit Armenia on Tuesday",
    ),
    "On Monday, Russia announced a plan.": ([("Russia", "initiator")], "On Monday, Russia announced a plan"),
}


@pytest.mark.parametrize("words", CERTAIN)
def test_who_certainly_does_it_is_named(words):
    suggestion = proposed(words)[-1]

    assert suggestion.is_certain, suggestion
    assert ([(name, role) for _, name, role in suggestion.actors], suggestion.title) == CERTAIN[words]


UNCERTAIN = [  # who does it, to whom, or whether it was done does not follow from the words
    "Armenians were massacred near Azerbaijan.",
    "Armenia was condemned by Azerbaijan.",
    "When the militia attacked Armenia in support of Azerbaijan, people fled.",
    "Russia said that Azerbaijan attacked civilians, and Azerbaijan shelled Armenia.",
    "According to Russia, Azerbaijan shelled civilians.",
    "Russia, where the militia killed civilians, was closed.",
    "In Armenia civilians were killed.",
    "Reportedly Azerbaijan shelled civilians.",
    "After Russia announced it, Armenia was silent.",  # the time of something else
    "As Russia said, Armenia met with Azerbaijan in vain.",
    "Azerbaijan met with Armenia, which might be denied.",
    "Azerbaijan met with Armenia if it was told so.",
    "Russia’s forces in Armenia met with Azerbaijan.",  # another subject
    "Blinken announced it.",  # a surname alone may be another's
    "He said “it is bad, and we condemn Russia.”",  # another's words
    "The Russia that announced it is gone, and so is the one that we condemn.",
    "A meeting on Russia sanctions, the Armenian side said, was held.",
]  # fmt: skip


@pytest.mark.parametrize("words", UNCERTAIN)
def test_nothing_is_said_of_what_is_not_certain(words):
    for suggestion in proposed(words):
        if suggestion.is_certain:
            assert (suggestion.event_type, suggestion.actors) == ("statement", suggestion.actors[:1]), suggestion
            continue
        assert (suggestion.actors, suggestion.is_date_certain) == ((), False)
        assert suggestion.title.rstrip("…").lower() in suggestion.quote.lower()


def test_what_is_asked_has_the_words_as_title_and_is_unclear():
    (suggestion,) = proposed("Will Russia meet with Armenia on Tuesday?", "QUESTION")

    assert (suggestion.actuality, suggestion.title) == ("unclear", "Will Russia meet with Armenia on Tuesday?")


DATED = {
    "Armenia met with Azerbaijan on Monday.": True,
    "On Monday, Armenia met with Azerbaijan.": True,
    "Armenia yesterday met with Azerbaijan.": True,
    "We condemn Russia.": True,
    "Following the speech last night, Armenia met with Azerbaijan.": False,
    "Armenia met with Azerbaijan to sign the treaty of last week.": False,
    "Armenia met with Azerbaijan, which left on Monday.": False,
    "Armenia met with Azerbaijan.": False,
}


@pytest.mark.parametrize("words", DATED)
def test_a_date_is_certain_only_beside_its_verb(words):
    assert proposed(words)[0].is_date_certain is DATED[words]


@pytest.mark.parametrize(
    ("event_type", "parties", "title"),
    [
        ("condemnation", [("Armenia", "initiator"), ("Russia", "initiator")], "The strike of Monday on Armenia"),
        ("condemnation", [("Armenia", "initiator"), ("Russia", "recipient")], "Armenia condemns Russia"),
        ("condemnation", [("Armenia", "initiator")], "Armenia condemns"),
        ("meeting", [("Armenia", "participant"), ("Russia", "participant")], "Armenia meets Russia"),
        ("strike", [("Armenia", "initiator")], "The strike of Monday on Armenia"),
        ("condemnation", [], "The strike of Monday on Armenia"),
    ],
)
def test_title_names_a_doer_only_where_one_is_known(event_type, parties, title):
    taking_part = [
        Participant(KnownActor(number, name, "state", ""), name, role) for number, (name, role) in enumerate(parties)
    ]

    assert propose_title(event_type, taking_part, "the strike of Monday\non Armenia.") == title
