"""Categories differ in colour, shape and letter, whatever a reader's eyes; measured on the tokens themselves.

Source of the simulation: Machado, Oliveira and Fernandes, 2009, severity 1.0; of the difference: CIE 1976; of the
contrast: WCAG 2.2.
"""

import re
from itertools import combinations
from pathlib import Path

import pytest
from django.template.loader import get_template

import timeline
from timeline.models.taxonomy import Category

TOKENS = (Path(timeline.__file__).parent / "static/timeline/tokens.css").read_text(encoding="utf-8")
LEAST_DIFFERENCE = 15
GROUNDS = ("paper", "surface", "sunken")

EYES = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TO_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
WHITE = (0.95047, 1.0, 1.08883)  # D65

Colour = tuple[float, ...]  # three parts from 0 to 1


def tokens(scheme: str) -> dict[str, Colour]:
    """Return the colours of a scheme by name."""
    pairs = re.findall(r"--([a-z0-9-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\);", TOKENS)
    codes = {name: light if scheme == "light" else dark for name, light, dark in pairs}
    return {name: tuple(int(code[at : at + 2], 16) / 255 for at in (0, 2, 4)) for name, code in codes.items()}


def linear(colour: Colour) -> Colour:
    return tuple(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour)


def encoded(colour: Colour) -> Colour:
    return tuple(12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055 for part in colour)


def product(matrix, colour: Colour) -> Colour:
    return tuple(sum(factor * part for factor, part in zip(row, colour, strict=True)) for row in matrix)


def clipped(colour: Colour) -> Colour:
    return tuple(min(1.0, max(0.0, part)) for part in colour)


def seen(colour: Colour, eyes: str) -> list[Colour]:
    """Return the colour as these eyes see it, worked out in linear light and on encoded values: authors differ."""
    matrix = EYES[eyes]
    return [encoded(clipped(product(matrix, linear(colour)))), clipped(product(matrix, colour))]


def lab(colour: Colour) -> Colour:
    parts = [part / white for part, white in zip(product(TO_XYZ, linear(colour)), WHITE, strict=True)]
    x, y, z = (part ** (1 / 3) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116 for part in parts)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(left: Colour, right: Colour, eyes: str) -> float:
    """Return the lower of the CIE76 differences."""
    pairs = zip(seen(left, eyes), seen(right, eyes), strict=True)
    return min(
        sum((a - b) ** 2 for a, b in zip(lab(first), lab(second), strict=True)) ** 0.5 for first, second in pairs
    )


def contrast(left: Colour, right: Colour) -> float:
    lighter, darker = sorted((product(TO_XYZ, linear(colour))[1] for colour in (left, right)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_measure_agrees_with_known_values():
    black, white, red = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0), (1.0, 0.0, 0.0)

    assert contrast(black, white) == pytest.approx(21)
    assert difference(black, white, "normal") == pytest.approx(100, abs=0.01)
    assert lab(red) == pytest.approx((53.24, 80.09, 67.20), abs=0.02)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("eyes", EYES)
def test_categories_differ_in_colour(scheme, eyes):
    colours = tokens(scheme)
    differences = {
        (category, other): difference(colours[f"cat-{category}"], colours[f"cat-{other}"], eyes)
        for category, other in combinations(Category.values, 2)
    }

    assert {pair: round(value, 1) for pair, value in differences.items() if value < LEAST_DIFFERENCE} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("category", Category.values)
def test_letter_can_be_read_on_its_shape(scheme, category):
    colours = tokens(scheme)

    assert contrast(colours[f"cat-{category}"], colours[f"on-{category}"]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("category", Category.values)
def test_mark_stands_out_from_every_ground(scheme, category):
    colours = tokens(scheme)

    assert min(contrast(colours[f"cat-{category}"], colours[ground]) for ground in GROUNDS) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_on_every_ground(scheme):
    colours = tokens(scheme)
    texts = ("ink", "ink-2", "ink-3", "link", "attention")
    contrasts = {(text, ground): contrast(colours[text], colours[ground]) for text in texts for ground in GROUNDS}

    assert {pair: round(value, 1) for pair, value in contrasts.items() if value < 4.5} == {}


def test_shapes_and_letters_differ():
    sprite = get_template("timeline/_sprite.html").render()
    marks = re.findall(r'<symbol id="g-(\w+)".*?<path d="([^"]+)"/>.*>(\w)</text></symbol>', sprite)
    names, shapes, letters = zip(*marks, strict=True)

    assert sorted(names) == sorted(Category.values)
    assert len(set(shapes)) == len(set(letters)) == len(Category)
