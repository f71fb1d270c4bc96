"""Pages with a moment in UTC: published on the day that it was then where their publisher is."""

import pytest

from tests import make
from timeline.models import Briefing

from .test_import_briefings import run

pytestmark = pytest.mark.django_db

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Late note</title>
<meta property="article:published_time" content="{stamp}"></head>
<body><article><h1>Late note</h1><p>The ministers spoke again, and all of them said so.</p></article></body></html>"""


@pytest.mark.parametrize(
    ("zone", "stamp", "day"),
    [
        ("America/New_York", "2022-03-28T03:30:00Z", "2022-03-27"),
        ("America/New_York", "2022-03-28T04:00:00Z", "2022-03-28"),
        ("Asia/Yerevan", "2022-03-27T21:30:00Z", "2022-03-28"),
        ("Asia/Yerevan", "2022-03-27T19:59:00Z", "2022-03-27"),
        ("Asia/Tokyo", "2022-12-31T15:00:00+00:00", "2023-01-01"),
    ],
)
def test_day_is_that_of_the_publishers_clock(tmp_path, zone, stamp, day):
    make.actor("Office", kind="organisation", time_zone=zone)
    (tmp_path / "note.html").write_text(PAGE.format(stamp=stamp))

    out, code = run(tmp_path, "--publisher", "Office")

    assert (code, Briefing.objects.get().published_on.isoformat()) == (0, day), out
    assert f"in {zone}" in out or stamp[:10] == day


def test_day_of_a_publisher_whose_clock_is_not_known_is_that_of_the_stamp_and_said_so(tmp_path):
    make.actor("Office", kind="organisation")
    (tmp_path / "note.html").write_text(PAGE.format(stamp="2022-03-28T03:30:00Z"))

    out, _ = run(tmp_path, "--publisher", "Office")

    assert Briefing.objects.get().published_on.isoformat() == "2022-03-28"
    assert "time zone" in out
