import csv
import re
from dataclasses import FrozenInstanceError
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from timeline.transcripts import Turn, parse

SHARED = Path(__file__).resolve().parents[2] / "shared"
SEED = SHARED / "seed" / "state-department-briefing-2022-03-25.txt"
STATE = SHARED / "data" / "state-transcripts" / "us_chechnya_powell_archive.csv"

needs_seed = pytest.mark.skipif(not SEED.exists(), reason="the seed briefing is not beside the repository")
needs_data = pytest.mark.skipif(not STATE.exists(), reason="the sample data is not beside the repository")


def spoken(text):
    return [(turn.speaker, turn.kind, text[turn.start : turn.end]) for turn in parse(text).turns]


def speakers(text):
    return [turn.speaker for turn in parse(text).turns]


# Small texts, one rule each


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\n \t",
        "---\ntitle: Readout\ndate: '2022-03-25'\n---\n",
        "Q    \n\n",
        "MS. PSAKI:",
    ],
)
def test_parse_finds_no_turn_where_nothing_is_said(text):
    assert parse(text).turns == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Secretary spoke with Nikol Pashinyan.", "The Secretary spoke with Nikol Pashinyan."),
        ("\n READOUT OF A CALL\n\nOne.\n\nTwo.\n", "READOUT OF A CALL\n\nOne.\n\nTwo."),
        ("---\ntitle: \"A: B\"\n---\n \nOne.\n\n\\###\n", "One."),
        ("---\n\nOne.\n\n---\n\nTwo.", "---\n\nOne.\n\n---\n\nTwo."),
        ("\ufeff---\ndate: 2021\n---\nOne.", "One."),
        ("\n# # #", "# # #"),
    ],
)  # fmt: skip
def test_parse_reads_a_text_without_labels_as_one_statement(text, words):
    assert spoken(text) == [("", "statement", words)]


@pytest.mark.parametrize(
    ("printed", "speaker"),
    [
        ("MS PORTER:", "MS PORTER"),
        ("MS. JEAN-PIERRE:", "MS. JEAN-PIERRE"),
        ("MS.\N{NO-BREAK SPACE}  PSAKI :", "MS. PSAKI"),
        ("MR. FERNÁNDEZ HERNÁNDEZ:", "MR. FERNÁNDEZ HERNÁNDEZ"),
        ("MR. FERNA\u0301NDEZ:", "MR. FERNA\u0301NDEZ"),
        ("MS. O’BRIEN:", "MS. O’BRIEN"),
        ("MS. O'BRIEN:", "MS. O'BRIEN"),
        ("MR. McCONAUGHEY:", "MR. McCONAUGHEY"),
        ("MR. VAN DER BELLEN:", "MR. VAN DER BELLEN"),
        ("MS. von der LEYEN:", "MS. von der LEYEN"),
        ("PRESIDENT al-ASSAD:", "PRESIDENT al-ASSAD"),
        ("MR. KING, JR.:", "MR. KING, JR."),
        ("AMBASSADOR SMITH III:", "AMBASSADOR SMITH III"),
        ("SENIOR ADMINISTRATION OFFICIAL:", "SENIOR ADMINISTRATION OFFICIAL"),
        ("SENIOR STATE DEPARTMENT OFFICIAL #2:", "SENIOR STATE DEPARTMENT OFFICIAL #2"),
        ("THE PRESIDENT:", "THE PRESIDENT"),
        ("PRESS SECRETARY JEAN-PIERRE:", "PRESS SECRETARY JEAN-PIERRE"),
        ("SPOKESPERSON FOR THE MINISTRY:", "SPOKESPERSON FOR THE MINISTRY"),
        ("AIR FORCE ONE CREW MEMBER:", "AIR FORCE ONE CREW MEMBER"),
        ("JOHN KIRBY, PENTAGON PRESS SECRETARY:", "JOHN KIRBY, PENTAGON PRESS SECRETARY"),
        ("МИНИСТР ЛАВРОВ, DIRECTOR:", "МИНИСТР ЛАВРОВ, DIRECTOR"),
        ("MODERATOR:", "MODERATOR"),
        ("Moderator:", "Moderator"),
        ("**MS. PSAKI:**", "MS. PSAKI"),
        ("**MS. PSAKI**:", "MS. PSAKI"),
        ("_MS. PSAKI:_", "MS. PSAKI"),
        ("    MS. PSAKI:", "MS. PSAKI"),
        ("(As Translated)FOREIGN MINISTER IVANOV:", "FOREIGN MINISTER IVANOV"),
        ("\\[As translated\\] PRESIDENT ALIYEV:", "PRESIDENT ALIYEV"),
        ("SECRETARY BLINKEN (off mike):", "SECRETARY BLINKEN"),
        ("SENIOR ADMINISTRATION\nOFFICIAL:", "SENIOR ADMINISTRATION OFFICIAL"),
        ("MR. FERNÁNDEZ\n    HERNÁNDEZ:", "MR. FERNÁNDEZ HERNÁNDEZ"),
        ("FOREIGN\nMINISTER IVANOV:", "FOREIGN MINISTER IVANOV"),
        ("MS.\nPSAKI:", "MS. PSAKI"),
        ("Q    MR. KIRBY:", "MR. KIRBY"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("space", [" ", "  ", "\n", "\N{NO-BREAK SPACE} "])
def test_parse_reads_labels_of_roles_titles_and_offices(printed, speaker, space):
    text = f"Press Room\n\n{printed}{space}Thank you."

    assert spoken(text) == [(speaker, "statement", "Thank you.")]
    assert text[parse(text).turns[0].label_start :] == f"{printed.lstrip()}{space}Thank you."


@pytest.mark.parametrize(
    ("printed", "speaker"),
    [
        ("QUESTION:", "QUESTION"),
        ("QUESTION 2:", "QUESTION 2"),
        ("QUESTION (via interpreter):", "QUESTION"),
        ("INTERVIEWER:", "INTERVIEWER"),
        ("MULTIPLE REPORTERS:", "MULTIPLE REPORTERS"),
        ("Question:", "Question"),
        ("Q:", "Q"),
        ("Q.", "Q"),
        ("Q", "Q"),
        ("Q   ", "Q"),
        ("Q\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}", "Q"),
        ("**Q**", "Q"),
        ("*Q:*", "Q"),
        ("Q\\` ", "Q"),
    ],
)
@pytest.mark.parametrize("words", ["(Off-mike.)", "— but why?", "12:45.", "On Iran: why?", "GEORGIA: why?"])
def test_parse_reads_labels_of_questioners(printed, speaker, words):
    assert spoken(f"Noon.\n\n{printed} {words}") == [(speaker, "question", words)]


@pytest.mark.parametrize("line", ["Q Thanks.", "Q\nThanks.", "Q  Thanks."])
@pytest.mark.parametrize("before", ["Go ahead.\n", "Go ahead —\n", "And you  \n", "And you\n\n", "And you\n \n"])
def test_parse_takes_a_single_q_for_a_label_where_a_paragraph_opens(before, line):
    assert speakers(f"MS. PSAKI: {before}{line}") == ["MS. PSAKI", "Q"]


def test_parse_takes_a_single_q_for_a_label_at_any_line_where_lines_are_long():
    sentence = "We are closely monitoring the situation along the line of contact. " * 2

    assert speakers(f"MS. PSAKI: {sentence}and so\nQ Thanks.") == ["MS. PSAKI", "Q"]


@pytest.mark.parametrize(
    "words",
    [
        "it came from\nQ himself",
        "we go into\nQ&A.",
        "Good.\nQ&A next",
        "Good.\nQ & A next",
        "Good.\nQ and A next",
        "Good.\nQatar said",
        "in\nQ\nbranch",
        "Good.\nA. One",
        "my last\nQuestion: why",
    ],
)
def test_parse_leaves_other_words_with_q_alone(words):
    assert spoken(f"MS. PSAKI: {words}") == [("MS. PSAKI", "statement", words)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("QUESTION: Why?\n\nPORTER: Because.", ["QUESTION", "PORTER"]),
        ("TAPPER: Why?\nBLINKEN: Because.\nTAPPER: Thanks.", ["TAPPER", "BLINKEN", "TAPPER"]),
        ("QUESTION: Why?\n\nMULTIPLE SPEAKERS: No.", ["QUESTION", "MULTIPLE SPEAKERS"]),
        ("Q: Why?\nA: Because.", ["Q", "A"]),
        ("A: First.\nB: Second.", [""]),
        ("MOSCOW: The ceasefire held.", [""]),
        ("MOSCOW: It held.\n\nYEREVAN: It did not.", [""]),
        ("QUESTION: As agreed at\nOSCE: is that so?\n\nACTIONS:\n\nFirst, a\nTRUCE: yes.", ["QUESTION"]),
        ("THE WHITE HOUSE\nMODERATOR: Hello.\nAUDIENCE: Hi.", ["MODERATOR", "AUDIENCE"]),
    ],
)
def test_parse_takes_any_name_for_a_label_only_among_other_labels(text, expected):
    assert speakers(text) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Let me say this: we are concerned.",
        "My question is: why?",
        "Dr. Fauci: we hear about breakthrough cases.",
        "Mr. Secretary: thank you.",
        "The President has been very clear: no.",
        "Speaker McCarthy is: silent.",
        "FACT SHEET: The U.S.-Germany Partnership",
        "NOTE: The call is embargoed.",
        "UPDATE: The talks go on.",
        "Update: the talks go on.",
        "NOMINATIONS SENT TO THE SENATE:",
        "STATEMENT BY PRESIDENT BIDEN: It held.",
        "READOUT OF SECRETARY BLINKEN: They spoke.",
        "PRESIDENT BIDEN’S WEEK: It was long.",
        "ON THE CEASEFIRE: It held.",
        "ECONOMICS & TRADE: Two agreements.",
        "COVID-19: Cases fall.",
        "365 WINS IN 365 DAYS: All of them.",
        "1:48 P.M. EDT: The call begins.",
        "10:30 A.M.: The call begins.",
        "P.M. EDT: The call begins.",
        "- MR. POE: in a list",
        "**COMBATTING ANTISEMITISM:**",
        "HIV/AIDS: the greatest killer.",
        "https://www.state.gov/briefings",
        "(Laughter.): yes",
        "MR. POE::",
        "X: one letter",
        "FOREIGN\nTRADE: it grew.",
        "WHO IS TO BLAME, MR. POE? WE SAY: nobody",
        f"MR. {'POE ' * 30}: too long to be a name",
    ],
)
@pytest.mark.parametrize("opening", ["QUESTION: Why?\n\n", "QUESTION: Why? Because\n", ""])
def test_parse_leaves_sentences_and_headings_with_a_colon_alone(opening, line):
    assert speakers(f"{opening}{line}\n\nMore words.") == ["QUESTION" if opening else ""]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("goodbye.MR. POE: Look.", ["MR. POE", "Q", "MR. POE"]),
        ("\\[corrected\\] MR. POE: Look.", ["MR. POE", "Q", "MR. POE"]),
        ("goodbye? \nMR. POE.  Look.", ["MR. POE", "Q", "MR. POE"]),
        ("goodbye. MR. ROE: Look.", ["MR. POE", "Q"]),
        ("goodbye, MR. POE: Look.", ["MR. POE", "Q"]),
        ("goodbye.\nMR. POE. Look.", ["MR. POE", "Q"]),
    ],
)
def test_parse_reads_misprinted_labels_of_known_speakers(line, expected):
    assert speakers(f"MR. POE: Hello.\n\nQ    Say {line}") == expected


# Kinds


def kinds(text):
    return [(turn.speaker, turn.kind) for turn in parse(text).turns]


def test_parse_calls_words_statement_until_somebody_asks_and_answer_after():
    text = "MS. A: Hi.\n\nMR. B: Hi. Right?\n\nQ  Why?\n\nMR. B: So.\n\nMS. A: Next?\n\nQ  OK.\n\nAIDE: Go."

    assert kinds(text) == [
        ("MS. A", "statement"),
        ("MR. B", "statement"),
        ("Q", "question"),
        ("MR. B", "answer"),
        ("MS. A", "answer"),
        ("Q", "question"),
        ("AIDE", "answer"),
    ]


def test_parse_starts_afresh_after_an_end_mark():
    text = "Q  Why?\n\nMR. B: So.\n\nEND  1:48 P.M. EDT\n\nMR. B: Hello again.\n\nQ  Why?\n\nMR. B: So."

    assert kinds(text) == [
        ("Q", "question"),
        ("MR. B", "answer"),
        ("MR. B", "statement"),
        ("Q", "question"),
        ("MR. B", "answer"),
    ]


def test_parse_remembers_a_question_without_words():
    assert kinds("Q\n\nMR. B: So.") == [("MR. B", "answer")]


def test_parse_finds_the_interviewers_by_their_questions_where_no_label_says_who_asks():
    text = (
        "MR. SCHWEID: Is America safer?\nSECRETARY POWELL: Safer? Yes.\nMR. GEDDA: Why? (Laughter.)\n"
        "SECRETARY POWELL: We have time. Right?\nMR. SCHWEID: We know.\nSECRETARY POWELL: So.\n"
        "MR. GEDDA: “Why?” (Laughter.)"
    )

    assert kinds(text) == [
        ("MR. SCHWEID", "question"),
        ("SECRETARY POWELL", "answer"),
        ("MR. GEDDA", "question"),
        ("SECRETARY POWELL", "answer"),
        ("MR. SCHWEID", "question"),
        ("SECRETARY POWELL", "answer"),
        ("MR. GEDDA", "question"),
    ]


@pytest.mark.parametrize(
    "text", ["MR. A: Who?\nMR. B: Why?", "MR. A: Who?", "MR. A: So.\nMR. B: Yes?\nMR. B: No.\nMR. B: No."]
)
def test_parse_names_no_interviewer_where_the_words_do_not_tell(text):
    assert {kind for _, kind in kinds(text)} == {"statement"}


# Words, opening and closing lines, paragraphs


@pytest.mark.parametrize(
    "closing",
    [
        "END",
        "(END)",
        "END OF TRANSCRIPT",
        "1:48 P.M. EDT",
        "2:36 PM",
        "(9:25 a.m. EDT)",
        "   END     12:34 P.M.\nEST",
        "###",
        "\\###",
        "\\# \\# \\#",
        "-30-",
        "# # #\n\n2004/961",
        "7:37 P.M. EST\n\n\\###",
        "(The briefing was concluded at 2:37 p.m.)\n\nDPB #45",
        "1:00 P.M. EST\n\nTo view the slides,\nvisit\N{NO-BREAK SPACE}<https://example.org/slides.pdf>",
    ],
)
@pytest.mark.parametrize("speaker", ["MS. PSAKI: ", ""])
def test_parse_leaves_closing_lines_out(closing, speaker):
    text = f"{speaker}We begin.\n\nThanks, everyone. (Applause.)\n\n{closing}\n"

    words = "We begin.\n\nThanks, everyone. (Applause.)"
    assert spoken(text) == [(speaker.removesuffix(": "), "statement", words)]


@pytest.mark.parametrize(
    "words",
    [
        "12:45 P.M.",
        "We meet at\n1:48 P.M. EDT",
        "Thanks.\n\n2004/961",
        "One.\n\n###\n\nTwo.",
        "The slides are here.\n\nhttps://example.org",
        "Thanks.\n\n(Applause.)",
    ],
)
def test_parse_keeps_words_that_only_look_like_closing_lines(words):
    assert spoken(f"Q  {words}\n") == [("Q", "question", words)]


def test_parse_leaves_front_matter_and_opening_lines_out():
    text = "---\ntitle: 'MS. A: B'\n---\n \nBriefing by Ms. A\n\nMarch 25, 2022\n1:00 P.M. EDT\n\nMS. A:  Hi.\n"

    assert spoken(text) == [("MS. A", "statement", "Hi.")]


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_paragraphs_are_parted_by_blank_lines_where_lines_are_wrapped(line_end):
    text = line_end.join(["Q  One", "one.  ", "", "", "  Two.", " \t", "Three", "three.", ""])

    spans = parse(text).turns[0].paragraphs
    assert [text[start:end].split() for start, end in spans] == [
        ["One", "one."],
        ["Two."],
        ["Three", "three."],
    ]


def test_paragraphs_are_lines_where_lines_are_long():
    sentence = "We are closely monitoring the situation. " * 5
    text = f"QUESTION: Why?\nMS PORTER: {sentence}\n{sentence}\n\nThanks.\n"

    transcript = parse(text)
    paragraphs = [text[start:end] for start, end in transcript.paragraphs]
    assert paragraphs == ["Why?", sentence.strip(), sentence.strip(), "Thanks."]
    assert transcript.paragraphs == transcript.turns[0].paragraphs + transcript.turns[1].paragraphs


def test_paragraphs_of_wrapped_lines_are_kept_together_beside_long_addresses():
    text = "We met\ntoday.\n\n<img src=" + "https://example.org/" * 100 + ">"

    assert [text[start:end][:12] for start, end in parse(text).paragraphs] == [
        "We met\ntoday",
        "<img src=htt",
    ]


def test_turn_at_finds_the_turn_that_holds_a_position():
    text = "Noon.\n\nQ  Why?\n\nMR. B: So.\n\nEND"
    question, answer = transcript_turns = parse(text).turns

    found = [parse(text).turn_at(position) for position in range(len(text) + 1)]
    assert transcript_turns == (
        Turn("Q", "question", 7, 10, 14, ((10, 14),)),
        Turn("MR. B", "answer", 16, 23, 26, ((23, 26),)),
    )
    assert found == [None] * 10 + [question] * 4 + [None] * 9 + [answer] * 3 + [None] * 6


def test_turns_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        parse("Q  Why?").turns[0].speaker = "A"


# Any text


PIECES = [
    *(
        "Q",
        "Q  ",
        "A:",
        "MS. PSAKI:",
        "POE:",
        "MS.",
        "Moderator:",
        "(off mike)",
        "[x]",
        "**",
        "---\n",
        "a: b\n",
    ),
    *(
        "END",
        "###",
        "1:48 P.M. EDT",
        "why?",
        ".",
        ":",
        "\n",
        "\n\n",
        "  \n",
        "\r\n",
        " ",
        "\N{NO-BREAK SPACE}",
    ),
    *("\\", "é", "\u2028", "\ufeff"),
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=30).map("".join)


def check_shape(text, transcript):
    position = 0
    for turn in transcript.turns:
        words = text[turn.start : turn.end]
        assert position <= turn.label_start <= turn.start < turn.end <= len(text)
        assert words == words.strip()
        assert turn.paragraphs[0][0] == turn.start
        assert turn.paragraphs[-1][1] == turn.end
        inside = "".join(text[start:end] for start, end in turn.paragraphs)
        assert "".join(inside.split()) == "".join(words.split())
        assert all(left[1] < right[0] for left, right in zip(turn.paragraphs, turn.paragraphs[1:], strict=False))
        assert (turn.speaker == "") == (turn.label_start == turn.start)
        position = turn.end


@settings(max_examples=examples(300), deadline=None)
@given(TEXTS)
@example("Q\n\n###\nQ")
@example("\n\nEND\nMS.\nPSAKI:END")
def test_parse_accepts_any_text(text):
    transcript = parse(text)

    check_shape(text, transcript)
    assert {turn.kind for turn in transcript.turns} <= {"question", "answer", "statement"}


NAMES = st.sampled_from(["Q", "QUESTION:", "MS. PSAKI:", "MR. O’NEILL-DÍAZ JR.:", "THE PRESIDENT:", "MODERATOR:"])
SENTENCES = st.text("abcdefg ,—’é", min_size=1, max_size=60).map(str.strip).filter(bool).map("So {}.".format)
WORDS = st.lists(SENTENCES, min_size=1, max_size=4).map("\n\n".join)


@settings(max_examples=examples(100), deadline=None)
@given(
    st.lists(st.tuples(NAMES, WORDS), min_size=1, max_size=12),
    st.sampled_from([" ", "  ", "\N{NO-BREAK SPACE}   "]),
    st.sampled_from(["\n\n", "  \n \n", "  \n"]),
    st.sampled_from(["", "Press Room\n\n12:43 P.M. EST\n\n", "---\ntitle: So\n---\n\n"]),
)
def test_parse_gives_a_dialogue_back(dialogue, space, gap, opening):
    text = opening + gap.join(f"{label}{space}{words}" for label, words in dialogue) + "\n\n1:27 P.M. EST\n"

    found = [(speaker, words) for speaker, _, words in spoken(text)]
    assert found == [(label.removesuffix(":"), words) for label, words in dialogue]


@pytest.mark.parametrize(
    "piece",
    [
        "word ",
        "\n",
        " ",
        "A: ",
        "A A ",
        ". ",
        ".A",
        "Q\n",
        "MR. A:\n",
        ".MR. A: ",
        "(",
        "?(",
        "# ",
        "END\n",
        "?\n",
    ],
)
def test_parse_reads_long_repetitions(piece):
    """At most 0.2 s each; a step that took quadratic time would take a minute."""
    text = "MR. A: So.\n" + piece * (200_000 // len(piece))

    assert parse(text).turns[0].speaker == "MR. A"


# Real briefings


@needs_seed
def test_parse_reads_the_seed_briefing():
    text = SEED.read_text(encoding="utf-8")
    transcript = parse(text)

    assert [(turn.speaker, turn.kind, len(turn.paragraphs)) for turn in transcript.turns] == [
        ("QUESTION", "question", 2),
        ("MS PORTER", "answer", 3),
    ]
    assert [(text[start:end][:20], text[start:end][-20:]) for start, end in transcript.paragraphs] == [
        ("Yes, yes. Happy Frid", "t call, any readout."),
        ("And also, what is th", "k you so much again."),
        ("Thanks, Alex. I’ll s", "ssarily provocative."),
        ("And to your question", "diately de-escalate."),
        ("On your second quest", "ent of the conflict."),
    ]
    opening = text[: transcript.turns[0].label_start].split("\n")
    assert [line[:14] for line in opening] == ["Press Briefing", "", "March 25, 2022", "", ""]


@cache
def real_texts():
    """Return every sample text by its file name; the State Department's by number ("state 0")."""
    data = SHARED / "data"
    files = [*data.glob("whitehouse-briefings/*.md"), *data.glob("whitehouse-caucasus/*.md")]
    with STATE.open(encoding="utf-8", newline="") as rows:
        state = {f"state {number}": row["text"] for number, row in enumerate(csv.DictReader(rows))}
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(files)} | state


@cache
def real_transcripts():
    return {name: parse(text) for name, text in real_texts().items()}


FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
TIME = r"\(?\d{1,2}:\d\d [AaPp]\.?[Mm]\.?(?: [A-Z]{3,4})?\)?"
CLOSING = re.compile(
    rf"(?:(?:END)? ?{TIME}|END)?(?: ?(?:\\?# ?)+(?: \d{{4}}/\d{{3}})?)?"
    r"(?: To view the COVID (?:Press )?Briefing [Ss]lides, visit:? <https://\S+\.pdf>)?"
)
# The only things between two turns that are not the label alone.
ODD_GAPS = {
    "(As Translated)FOREIGN MINISTER IVANOV:",
    "*Q",
    "Q:",
    "Q\\`",
    "Q MR. KIRBY:",
    "DR. MURTHY.",
    "12:54 P.M. BST Q",
    "# # # 2004/946 SECRETARY POWELL:",
    "### 2004/961 # # # MR. SCHWEID:",
}


def squeeze(text):
    return " ".join(text.split())


@needs_data
def test_real_turns_cover_everything_but_labels_openings_and_closings():
    odd_gaps, odd_closings, longest_opening = set(), set(), 0
    for name, text in real_texts().items():
        turns = real_transcripts()[name].turns
        check_shape(text, real_transcripts()[name])
        for before, turn in zip(turns, turns[1:], strict=False):
            gap = squeeze(text[before.end : turn.start])
            odd_gaps |= {gap} - {f"{turn.speaker}:", "Q"}
        closing = squeeze(text[turns[-1].end :])
        odd_closings |= set() if CLOSING.fullmatch(closing) else {closing}
        opening = FRONT_MATTER.sub("", text[: turns[0].label_start])
        longest_opening = max(longest_opening, len(squeeze(opening)))

    assert odd_gaps <= ODD_GAPS
    assert odd_closings == set()
    assert longest_opening <= 130  # place, time, a stage direction


# The few lines of the sample that begin in capitals before a colon and are no label, read one by one.
NOT_LABELS = {
    "COMBATTING ANTISEMITISM",
    "NATO",
    "NOMINATIONS SENT TO THE SENATE",
    "NSC",
    "WITHDRAWAL SENT TO THE SENATE",
    "WITHDRAWALS SENT TO THE SENATE",
}
LINE_BEGINS_LIKE_A_LABEL = re.compile(
    r"^[^\S\n]*\**((?:[A-ZÀ-Þ][A-ZÀ-Þ.’-]*[^\S\n]*)+(?=:)|Q(?=[^\S\n]|\\`)|QUESTION|INTERVIEWER)",
    re.MULTILINE,
)


@needs_data
def test_real_labels_are_all_found():
    missed = set()
    for name, text in real_texts().items():
        starts = {turn.label_start for turn in real_transcripts()[name].turns}
        for match in LINE_BEGINS_LIKE_A_LABEL.finditer(text):
            if match.start() + len(match[0]) - len(match[0].lstrip()) not in starts:
                missed.add(match[1])

    assert missed <= NOT_LABELS


SURNAME = "(?:[A-ZÁ]+[’-])?[A-ZÁ]{3,}"
ROLE = "Q|QUESTION|INTERVIEWER|AIDE|AUDIENCE|(?i:MODERATOR)|OPERATOR|THE PRESIDENT|AIR FORCE ONE CREW MEMBER"
OFFICE = (
    r"MR\.|MS\.|DR\.|SECRETARY|CHAIR|ADMINISTRATOR|ACTING ADMINISTRAT(?:OR|ION)|(?:VICE )?ADMIRAL|MAYOR|CHIEF"
    "|AMBASSADOR|(?:DEPUTY )?DIRECTOR|SURGEON GENERAL|REPRESENTATIVE|PRESIDENT|(?:PRIME|FOREIGN) MINISTER"
)
REAL_LABEL = re.compile(
    rf"{ROLE}|SENIOR (?:ADMINISTRATION|ADMINSTRATION|MILITARY) OFFICIAL|(?:{OFFICE})(?: {SURNAME}){{1,2}}"
)


@needs_data
def test_real_labels_are_names_and_roles():
    labels = {turn.speaker for transcript in real_transcripts().values() for turn in transcript.turns} - {""}

    assert {label for label in labels if not REAL_LABEL.fullmatch(label)} == set()
    assert len(labels) > 90


@needs_data
def test_real_turns_are_the_same_as_stored():
    """Stored texts have plain spaces and no front matter; pasted ones may have lost spaces at line ends."""
    changed = set()
    for name, text in real_texts().items():
        stored = FRONT_MATTER.sub("", text).replace("\N{NO-BREAK SPACE}", " ")
        pasted = "\r\n".join(line.rstrip() for line in stored.split("\n"))
        labels = [(turn.speaker, turn.kind) for turn in real_transcripts()[name].turns]
        if not labels == kinds(stored) == kinds(pasted):
            changed.add(name)

    assert changed == set()


@needs_data
def test_real_texts_without_labels_are_one_statement():
    whole = {
        name: transcript.turns[0].kind
        for name, transcript in real_transcripts().items()
        if "" in {turn.speaker for turn in transcript.turns} and len(transcript.turns) == 1
    }

    assert {name for name in whole if name.startswith("state")} == {f"state {n}" for n in (6, 8, 9, 10, 13)}
    assert len(whole) == 26
    assert set(whole.values()) == {"statement"}


SHARMA, SULLIVAN, PSAKI, PIERRE = "MS. SHARMA", "MR. SULLIVAN", "MS. PSAKI", "MS. JEAN-PIERRE"


@needs_data
@pytest.mark.parametrize(
    ("name", "count", "first"),
    [
        # Printed so: the sixth turn ("Jen, let me") is a reporter's.
        ("2021-01-20-press-b", 73, [PSAKI, "Q", PSAKI, "Q", PSAKI, PSAKI, PSAKI, "Q"]),
        ("2021-07-30-press-b", 143, [PIERRE, "Q", PIERRE, "Q", PIERRE, "Q", PIERRE, "Q"]),
        (
            "2021-12-17-press-b",
            29,
            ["MR. ZIENTS", "DR. WALENSKY", "DR. FAUCI", "MR. ZIENTS", "MODERATOR", "Q"],
        ),
        ("2022-10-12-on-the-", 15, [SHARMA, SULLIVAN, "Q", SULLIVAN, "Q", SULLIVAN, "Q"]),
        ("2023-02-13-press-b", 216, ["Q", PIERRE, "Q", PIERRE, "Q", PIERRE, "MR. KIRBY", PIERRE]),
        ("2023-11-28-remarks", 3, ["THE PRESIDENT", "AUDIENCE", "THE PRESIDENT"]),
        ("state 1 ", 86, ["MR. SCHWEID", "SECRETARY POWELL"] * 3 + ["MR. GEDDA", "SECRETARY POWELL"]),
        ("state 3 ", 19, ["FOREIGN MINISTER IVANOV", "SECRETARY POWELL", "QUESTION", "SECRETARY POWELL"]),
        ("state 4 ", 6, ["SECRETARY POWELL"] * 6),
    ],
)
def test_real_briefings_have_these_turns(name, count, first):
    (transcript,) = (found for title, found in real_transcripts().items() if f"{title} ".startswith(name))

    labels = [turn.speaker for turn in transcript.turns]
    assert (len(labels), labels[: len(first)]) == (count, first)


@needs_data
def test_real_interview_shows_its_named_interviewers():
    asked = {turn.speaker: turn.kind for turn in real_transcripts()["state 1"].turns}

    assert asked == {"MR. SCHWEID": "question", "MR. GEDDA": "question", "SECRETARY POWELL": "answer"}
