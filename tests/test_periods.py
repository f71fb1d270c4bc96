import datetime as dt
import re

import pytest

from timeline.dates.periods import Period, parse


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("2022", dt.date(2022, 1, 1), dt.date(2022, 12, 31), "2022"),
        ("2022-03", dt.date(2022, 3, 1), dt.date(2022, 3, 31), "March 2022"),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29), "February 2024"),
        ("2022-03-05", dt.date(2022, 3, 5), dt.date(2022, 3, 5), "5 March 2022"),
        ("1000", dt.date(1000, 1, 1), dt.date(1000, 12, 31), "1000"),
        ("9999-12-31", dt.date(9999, 12, 31), dt.date(9999, 12, 31), "31 December 9999"),
    ],
)
def test_period_has_both_ends(text, first, last, words):
    period = parse(text)

    assert period == Period(text, first, last)
    assert period.in_words == words


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2022-02-30", "“2022-02-30” does not exist: February 2022 has 28 days."),
        ("2022-13", "“2022-13” has no such month. Months go from 01 to 12."),
        ("2022-00", "“2022-00” has no such month. Months go from 01 to 12."),
        ("2022-00-10", "“2022-00-10” has no such month. Months go from 01 to 12."),
        ("2022-12-00", "“2022-12-00” does not exist: December 2022 has 31 days."),
        ("0999", "The year 0999 is out of range. Years go from 1000 to 9999."),
        ("99999-01-01", "“99999-01-01” is not a year, a month or a day. Write it like 2022, 2022-03 or 2022-03-25."),
        ("01/02/2022", "“01/02/2022” is not a year, a month or a day. Write it like 2022, 2022-03 or 2022-03-25."),
        ("٢٠٢٢", "“٢٠٢٢” is not a year, a month or a day. Write it like 2022, 2022-03 or 2022-03-25."),
    ],
)
def test_wrong_period_says_what_would_be_right(text, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse(text)
