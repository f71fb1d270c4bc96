import pytest

from timeline.imports.briefings import document


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
