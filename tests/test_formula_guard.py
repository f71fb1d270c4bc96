import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.exports.to_csv import escape_formula, unescape_formula

TRIGGERS = "=+-@\t\r\n＝＋－＠"


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("-33", "'-33"),
        ("'=1", "''=1"),
        ("＝1", "'＝1"),
        ("plain", "plain"),
        ("'quoted'", "'quoted'"),
        ("", ""),
    ],
)
def test_safe_puts_an_apostrophe_before_what_would_run(text, cell):
    assert escape_formula(text) == cell


@given(st.text(alphabet=st.sampled_from("'=+-@a\t\r\n＝ "), max_size=8) | st.text(max_size=20))
def test_safe_is_undone_and_never_runs(text):
    cell = escape_formula(text)

    assert unescape_formula(cell) == text
    assert not cell or cell[0] not in TRIGGERS
