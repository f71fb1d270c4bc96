"""Dates as sources state them, in every precision, most of them late in the period."""

import datetime as dt
from random import Random

FIRST, LAST = dt.date(1992, 1, 1), dt.date(2026, 6, 30)
SPAN_DAYS = (LAST - FIRST).days

# how many of a thousand events are dated so, and how the date is written
SHAPES = (
    (640, lambda day, later, rng: f"{day}"),
    (110, lambda day, later, rng: f"{day:%Y-%m}"),
    (40, lambda day, later, rng: f"{day:%Y}"),
    (30, lambda day, later, rng: f"{day}{rng.choice('~?%')}"),
    (20, lambda day, later, rng: f"{day:%Y-%m}{rng.choice('~?%')}"),
    (30, lambda day, later, rng: f"[{day},{day + dt.timedelta(1)}]"),
    (20, lambda day, later, rng: f"[{day}..{later}]"),
    (60, lambda day, later, rng: f"{day}/{later}"),
    (10, lambda day, later, rng: f"{day:%Y-%m}/{later:%Y-%m}"),
    (15, lambda day, later, rng: f"{day}/.."),
    (5, lambda day, later, rng: f"{day}/"),
    (15, lambda day, later, rng: f"[..{day}]"),
    (5, lambda day, later, rng: f"[{day}..]"),
)
WEIGHTS = [weight for weight, _ in SHAPES]


def day(rng: Random) -> dt.date:
    return FIRST + dt.timedelta(days=int(SPAN_DAYS * rng.random() ** 0.5))


def edtf(begins: dt.date, rng: Random) -> str:
    later = begins + dt.timedelta(days=2 + int(rng.expovariate(1 / 30)))
    (_, written), *_ = rng.choices(SHAPES, WEIGHTS)
    return written(begins, later, rng)
