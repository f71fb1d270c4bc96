import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.exports.formula_guard import safe, unsafe

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
    assert safe(text) == cell


@given(st.text(alphabet=st.sampled_from("'=+-@a\t\r\n＝ "), max_size=8) | st.text(max_size=20))
def test_safe_is_undone_and_never_runs(text):
    cell = safe(text)

    assert unsafe(cell) == text
    assert not cell or cell[0] not in TRIGGERS
