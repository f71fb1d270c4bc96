"""What is a label of the transcript, and what only looks like one."""

import pytest

from timeline.text.transcripts import parse

from .real_transcripts import speakers, spoken


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
