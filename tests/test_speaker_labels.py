"""Labels in small letters, of parliaments, with time codes and in other languages; and what only looks like one."""

from pathlib import Path

import pytest

from timeline.text.transcripts import parse

from .real_transcripts import kinds, speakers, spoken

DIALOGUES = sorted((Path(__file__).parent / "dialogues").glob("*.txt"))  # made up for these tests
QUESTIONS = {"hy": 11, "ka": 11, "tr": 11}  # all others: 10


@pytest.mark.parametrize("file", DIALOGUES, ids=lambda file: file.stem)
def test_questions_are_known_in_other_languages(file):
    text = file.read_text(encoding="utf-8")
    transcript = parse(text)

    paragraphs = text.strip().split("\n\n")[2:]  # behind a heading and three lines with a colon
    labels = [part for part in paragraphs if not (file.stem == "hy" and part[:6] in ("Խոսնակ", "Ա. Պետ"))]
    shown = [text[turn.label_start : turn.end] for turn in transcript.turns]
    asked_first = next(place for place, turn in enumerate(transcript.turns) if turn.kind == "question")
    kinds_after = {turn.kind for turn in transcript.turns[asked_first:]}
    assert shown == labels
    assert [turn.kind for turn in transcript.turns].count("question") == QUESTIONS.get(file.stem, 10)
    assert ({turn.kind for turn in transcript.turns[:asked_first]} | {"statement"}, kinds_after) == (
        {"statement"},
        {"question", "answer"},
    )
    assert len(transcript.turns) >= 20
    assert not transcript.is_uncut


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ann Porter: Good day.\n\nLee Example: Do you agree?\n\nAnn Porter: No.",
            ["Ann Porter", "Lee Example", "Ann Porter"],
        ),
        (
            "QUESTION: Why?\n\nNed Example: So.\n\nNed Example: No.\n\nNed Example: Yes.",
            ["QUESTION", "Ned Example", "Ned Example", "Ned Example"],
        ),
        ("Joe Example: (00:12)\nThanks.\n\nSpeaker 2: (01:33)\nWhy?", ["Joe Example", "Speaker 2"]),
        ("Speaker 1 (01:33): Thanks.\n\nSpeaker 2 (1:02:33): Why?", ["Speaker 1", "Speaker 2"]),
        ("[00:00:12] Speaker 1: Thanks.\n\n[00:01:33] Speaker 2: Why?", ["Speaker 1", "Speaker 2"]),
        (
            "Ann Lee (Testshire) (Con): I rise.\n\nThe Minister for Tests (Bob Cole): No.",
            ["Ann Lee", "The Minister for Tests"],
        ),
        (
            "Mr. SMITH of New York. I rise.\n\nThe SPEAKER pro tempore. Yes.",
            ["Mr. SMITH of New York", "The SPEAKER pro tempore"],
        ),
        ("A. Petrova: Yes.\n\nB. Li: No?\n\nA. Petrova: Yes.", ["A. Petrova", "B. Li", "A. Petrova"]),
    ],
)
def test_names_in_small_letters_are_labels_in_a_dialogue(text, expected):
    assert speakers(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Economic Support: Money.\n\nSecurity Assistance: More.\n\nHumanitarian Aid: Food.\n\nEnergy Relief: Gas.",
        "Total Amount: 5.\n\nTotal Amount: 6.",
        "He said it.\nAnn Porter: never\nAnn Porter: again\nLee Example: no",
        "Ann Porter: Good day.\n\nLee Example: Good day.",
        "Ann Porter: a.\n\nLee Example: b.\n\nMax Third: c.\n\nAnn Porter: d.\n\nTom Fourth: e.",
        "Press Contact: Ann.\n\nPress Contact: Lee.\n\nSource Document: X.",
    ],
)
def test_headings_and_lists_are_no_labels(text):
    assert spoken(text) == [("", "statement", text)]


def test_time_code_is_not_spoken():
    text = "Joe Example: (00:12)\nThanks.\n\nSpeaker 2: (01:33)\nWhy?"

    assert spoken(text) == [("Joe Example", "statement", "Thanks."), ("Speaker 2", "question", "Why?")]


@pytest.mark.parametrize(
    ("text", "is_uncut"),
    [
        ("– Where?\n\n– In Baku.\n\n– When?\n\n– Yesterday.", True),
        ("– Food.\n\n– Money.\n\n– Gas.\n\n– Time.", False),
        ("One: a.\n\nTwo: b.\n\nOne: c.\n\nTwo: d.", True),
        ("Where: Baku.\n\nWhen: noon.\n\nWho: all.\n\nWhy: so.", False),
        ("Q  Why?\n\nMR. B: So.", False),
        ("The call took place on Monday.", False),
    ],
)
def test_dialogue_that_cannot_be_cut_is_known_as_one(text, is_uncut):
    assert parse(text).is_uncut is is_uncut


@pytest.mark.parametrize(
    "greeting",
    [
        "Good afternoon.",
        "Hi, Karine.",
        "Thank you, Mr. President. Good morning.",
        "How are you?",
        "Can you hear me?",
        "Yeah.",
        "Спасибо, добрый день.",
    ],
)
def test_greeting_starts_no_answers(greeting):
    text = f"Q  {greeting}\n\nMS. A: Our forces left.\n\nQ  When?\n\nMS. A: Today."

    assert kinds(text) == [("Q", "question"), ("MS. A", "statement"), ("Q", "question"), ("MS. A", "answer")]


@pytest.mark.parametrize("question", ["Why?", "Thanks. I wanted to hear more about the ceasefire.", "On Iran?", "Où ?"])
def test_question_starts_answers(question):
    assert kinds(f"Q  {question}\n\nMS. A: So.") == [("Q", "question"), ("MS. A", "answer")]


def test_moderator_asks_no_question_of_the_press():
    text = "MODERATOR: Can you hear us?\n\nMR. B: We begin.\n\nMR. C: Why now?\n\nMR. B: So."

    assert kinds(text) == [
        ("MODERATOR", "statement"),
        ("MR. B", "statement"),
        ("MR. C", "question"),
        ("MR. B", "answer"),
    ]
