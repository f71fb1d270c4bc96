import pytest

from timeline.extraction.front_values import split_front_matter
from timeline.imports.briefings import document
from timeline.imports.briefings.document import Refused


def refusal(lines: str) -> str:
    with pytest.raises(Refused) as caught:
        split_front_matter(lines)
    return str(caught.value)


def test_values_stay_as_they_are_printed():
    text = "---\nTitle: \"A\\_B\"\ndate: '2021-02-02'\nposted: 2021-02-03 16:38:54-05:00\nyes: no\ntags: [a, b]\nempty:\n---\nBody\n"

    assert split_front_matter(text) == (
        {
            "title": "A\N{NO-BREAK SPACE}B",
            "date": "2021-02-02",
            "posted": "2021-02-03 16:38:54-05:00",
            "yes": "no",
            "tags": "a, b",
            "empty": "",
        },
        "Body\n",
    )


def test_text_without_front_matter_has_no_values():
    assert split_front_matter("Body\n---\nmore") == ({}, "Body\n---\nmore")


def test_table_inside_is_left_out():
    assert split_front_matter("---\nauthor:\n  name: {deep: er}\ntitle: T\n---\n")[0] == {
        "author": "name",
        "title": "T",
    }


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_nesting_without_end_is_refused_at_once(opening):
    assert refusal(f"---\na:\n  {opening * 4_000}\n---\n") == (
        "The front matter nests more than 10 deep. Write plain values."
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("---\ntitle: T\n", "The front matter is not closed: write a line of three hyphens after its last value."),
        ("---\na: &x 1\nb: *x\n---\n", "The front matter refers to itself (& and *). Write every value out."),
        (
            "---\na: !!python/object/apply:os.system [echo]\n---\n",
            "The front matter names a type (tag:yaml.org,2002:python/object/apply:os). Write plain values.",
        ),
        ("---\ntitle: A\ntitle: B\n---\n", "“title” occurs twice in the front matter. Keep one."),
        ("---\n- a\n- b\n---\n", 'The front matter is a list. Write lines like title: "Words".'),
        ("---\nwords\n---\n", 'The front matter has no names. Write lines like title: "Words".'),
        (
            '---\ntitle: "open\n---\n',
            "The front matter cannot be read in line 3: found unexpected end of stream. "
            'Write lines like title: "Words".',
        ),
        (
            "---\n" + "a: b\n" * 5_000 + "---\n",
            "The front matter has more than 20,000 characters. Is its closing line missing?",
        ),
    ],
)
def test_what_is_refused(text, words):
    assert refusal(text) == words


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Press Briefing by Press Secretary Jen Psaki, February 2, 2021", "press_briefing"),
        ("Press Gaggle by Karine Jean-Pierre Aboard Air Force One", "press_briefing"),
        ("On-the-Record Press Call on the Trip", "press_briefing"),
        ("Background Press Call by Senior Administration Officials on the Statement", "press_briefing"),
        ("Press Conference with Russian Foreign Minister Igor Ivanov", "press_briefing"),
        ("Readout of President Biden’s Call with Prime Minister Pashinyan", "readout"),
        ("FACT SHEET: The U.S.-Germany Partnership", "fact_sheet"),
        ("Statement by President Joe Biden on Armenian Remembrance Day", "statement"),
        ("Remarks by President Biden at a Reception", "remarks"),
        ("Interview on TV6", "interview"),
        ("Nominations Sent to the Senate", "press_release"),
        ("Partnership, Under Construction", None),
    ],
)
def test_kind_by_title(title, kind):
    assert document.classify_title("", title) == kind


def test_kind_that_is_said_goes_before_the_title_and_this_before_tags():
    assert document.classify_title("Fact sheet", "Statement by X") == "fact_sheet"
    assert document.classify_title("", "Statement by X", "press-briefings") == "statement"
    assert document.classify_title("", "Words", "press-briefings, x") == "press_briefing"
