"""Real briefings, read whole."""

import csv
import re
from functools import cache

import pytest

from timeline.text.transcripts import parse

from .beside import SEED, SHARED
from .real_transcripts import check_shape, kinds

needs_data = pytest.mark.beside("data/whitehouse-briefings", "data/whitehouse-caucasus", "data/state-transcripts")


@pytest.mark.beside(SEED)
def test_parse_reads_the_seed_briefing():
    text = (SHARED / SEED).read_text(encoding="utf-8")
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
    with (data / "state-transcripts/us_chechnya_powell_archive.csv").open(encoding="utf-8", newline="") as rows:
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
@pytest.mark.long
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
    (transcript,) = (transcript for title, transcript in real_transcripts().items() if f"{title} ".startswith(name))

    labels = [turn.speaker for turn in transcript.turns]
    assert (len(labels), labels[: len(first)]) == (count, first)


@needs_data
def test_real_interview_shows_its_named_interviewers():
    kinds = {turn.speaker: turn.kind for turn in real_transcripts()["state 1"].turns}

    assert kinds == {"MR. SCHWEID": "question", "MR. GEDDA": "question", "SECRETARY POWELL": "answer"}
