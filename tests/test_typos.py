import pytest

from timeline.history.change_reason import is_typo


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Armistcie", "Armistice", True),
        ("The cease fire holds.", "The ceasefire holds.", True),
        ("Same", "Same", True),
        ("2 killed", "3 killed", False),
        ("Two killed", "Nine killed", False),
        ("They met.", "They have not met.", False),
        ("They have not met.", "They met.", False),
        ("", "New", False),
        ("Armenia attacks", "Azerbaijan attacks", False),
    ],
)
def test_letters_alone_are_a_typographical_error(before, after, expected):
    assert is_typo(before, after) is expected
