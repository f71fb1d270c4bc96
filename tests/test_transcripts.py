from dataclasses import FrozenInstanceError
from io import StringIO

import pytest
from django.core.management import call_command

from tests import make
from timeline.models import Briefing
from timeline.suggest import known_actors, suggestions
from timeline.text.transcripts import Turn, parse

from .real_transcripts import kinds, spoken

# Kinds


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

    turns = [parse(text).turn_at(position) for position in range(len(text) + 1)]
    assert transcript_turns == (
        Turn("Q", "question", 7, 10, 14, ((10, 14),)),
        Turn("MR. B", "answer", 16, 23, 26, ((23, 26),)),
    )
    assert turns == [None] * 10 + [question] * 4 + [None] * 9 + [answer] * 3 + [None] * 6


def test_turns_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        parse("Q  Why?").turns[0].speaker = "A"


WORDS = "could not be separated in this text"
UNCUT = "– We condemn the attack.\n\n– Armenia spoke with Azerbaijan on March 24th.\n\n– Why?\n\n– We condemn it.\n"
CUT = "QUESTION: We condemn the attack.\n\nMS. LEE: We condemn it.\n"


def briefing(text: str) -> Briefing:
    make.actor("Armenia", kind="state"), make.actor("Azerbaijan", kind="state")
    return make.briefing(text, publisher=make.actor("Department"), status="published")


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "is_said"), [(UNCUT, True), (CUT, False)])
def test_page_and_desk_say_so(client, admin_client, text, is_said):
    stored = briefing(text)
    pages = [client.get(stored.get_absolute_url())]
    pages += [admin_client.get(f"/admin/timeline/briefing/{stored.pk}/{page}/") for page in ("change", "workspace")]

    assert [WORDS in page.content.decode().lower() for page in pages] == [is_said] * 3
    assert any("<span>statement</span>" in page.content.decode() for page in pages) is not is_said


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "is_publishers"), [(UNCUT, False), ("We condemn the attack of Armenia.", True)])
def test_nothing_is_proposed_as_said_by_its_publisher(text, is_publishers):
    stored = briefing(text)

    proposed = suggestions(stored, known_actors())

    assert proposed
    assert any("spoken by Department" in suggestion.why for suggestion in proposed) is is_publishers


@pytest.mark.django_db
def test_import_says_so(tmp_path):
    (tmp_path / "talk.txt").write_text(f"Talk\n\n{UNCUT}", encoding="utf-8")
    printed = StringIO()

    call_command("import_briefings", str(tmp_path), "--publisher", make.actor("Department").slug, stdout=printed)

    assert WORDS in printed.getvalue()
