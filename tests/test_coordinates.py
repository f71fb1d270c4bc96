"""Coordinates as people write them: what is written is read, what is refused says what would be right."""

import re
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.text.coordinates import Point, distance, read_point

from .hypothesis_examples import examples


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("15.55 N, 32.53 E", "15.55 N, 32.53 E"),
        ("40,1792° / 44,4991°", "40.1792 N, 44.4991 E"),
        ("40,1792, 44,4991", "40.1792 N, 44.4991 E"),
        ("40,1792 44,4991", "40.1792 N, 44.4991 E"),
        ("40,17; 44", "40.17 N, 44 E"),
        ("40, 44", "40 N, 44 E"),
        ("40.0,44", "40 N, 44 E"),
        ("(−15.5, +32)", "15.5 S, 32 E"),
        ("32.53 E, 15.55 N", "15.55 N, 32.53 E"),
        ("S15.55W32.53", "15.55 S, 32.53 W"),
        ("15°33'00\"N 32°31'48\"E", "15.55 N, 32.53 E"),
        ("15° 33.5′ N, 32 31 48 E", "15.558333 N, 32.53 E"),
        ("40°10'45'' 44°29'57''", "40.179167 N, 44.499167 E"),
        ("geo:40.17,44.49", "40.17 N, 44.49 E"),
        ("geo:-40.17,44.49,900;crs=wgs84;u=35", "40.17 S, 44.49 E"),
        ("90, -180", "90 N, 180 W"),
        ("0, 1", "0 N, 1 E"),
        ("1.23456789, 2", "1.234568 N, 2 E"),
    ],
)
def test_pair_is_read(text, words):
    assert str(read_point(text)) == words


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Khartoum", "15.55 N, 32.53 E"),
        ("40.17", "Write latitude and longitude"),
        ("40,44", "Write 40 / 44"),
        ("-48,1", "Write -48 / 1"),
        ("40,1792,44,4991", "40,1792 / 44,4991"),
        ("1, 2, 3", "Write latitude and longitude"),
        ("geo:40.17", "geo:40.17,44.49"),
        ("geo:1,2;crs=nad27", "WGS 84"),
        ("15.55 N, 32.53 N", "one with N or S, and one with E or W"),
        ("15.55 N, 32.53", "Say it of both, or of neither"),
        ("-15.55 S, 32 E", "15.55 S, or -15.55"),
        ("15 60 N, 32 E", "below 60"),
        ("15.5 33 N, 32 E", "15°33.5′ N"),
        ("90.1 N, 2 E", "-90 to 90"),
        ("91, 10", "Where longitude comes first"),
        ("45, 180.5", "-180 to 180"),
        ("0, 0", "0, 0 lies in the Atlantic"),
        ("0.0000001 N, 0 E", "0, 0 lies in the Atlantic"),
    ],
)
def test_refusal_says_what_would_be_right(text, right):
    with pytest.raises(ValueError, match=re.escape(right)):
        read_point(text)


def degrees(limit: int) -> st.SearchStrategy[Decimal]:
    return st.integers(-limit * 10**6, limit * 10**6).map(lambda steps: Decimal(steps).scaleb(-6))


points = st.builds(Point, degrees(90), degrees(180)).filter(any)


def signed(point: Point, comma: str, between: str) -> str:
    return between.join(f"{part:f}".replace(".", comma) for part in point)


def lettered(point: Point, sign: str) -> str:
    north, east = "NS"[point.latitude < 0], "EW"[point.longitude < 0]
    return f"{abs(point.longitude)}{sign} {east}, {abs(point.latitude)}{sign} {north}"


@settings(max_examples=examples(300))
@given(points)
def test_what_is_written_is_read(point):
    ways = [str(point), lettered(point, "°"), lettered(point, ""), f"geo:{signed(point, '.', ',')}"]
    ways += [signed(point, comma, between) for comma in ".," for between in (" / ", "; ", ", ", " ")]

    assert {way: read_point(way) for way in ways} == dict.fromkeys(ways, point)


minutes = st.integers(0, 59)


@settings(max_examples=examples(300))
@given(st.integers(0, 89), st.integers(0, 179), minutes, minutes, st.sampled_from("NS"), st.sampled_from("EW"))
def test_degrees_minutes_and_seconds_are_read(north, east, minute, second, up, along):
    text = f"{north}°{minute}′{second}″{up} {east}° {second}' {minute}\"{along}"
    if north == east == minute == second == 0:
        return

    point = read_point(text)

    exact = (north + (minute + second / 60) / 60, east + (second + minute / 60) / 60)
    signs = (1 if up == "N" else -1, 1 if along == "E" else -1)
    assert [float(part) for part in point] == pytest.approx(
        [part * sign for part, sign in zip(exact, signs, strict=True)], abs=5.1e-7
    )


@settings(max_examples=examples(300))
@given(st.text(alphabet="0123456789.,° ′″'\"NSEW-+/;:geo", max_size=40))
def test_whatever_is_typed_is_a_point_or_refused_in_words(text):
    with suppress(ValueError):
        point = read_point(text)
        assert (abs(point.latitude) <= 90, abs(point.longitude) <= 180, any(point)) == (True, True, True)


def test_distance_is_that_along_the_globe():
    yerevan, baku = read_point("40.1792, 44.4991"), read_point("40.4093, 49.8671")
    assert round(distance(yerevan, baku)) == 456
    assert round(distance(read_point("0.5, 179.9"), read_point("0.5, -179.9"))) == 22
    assert distance(yerevan, yerevan) == 0
