"""Markup that every page shares: the strict content policy, the sprite, the pages for errors."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

import timeline
from timeline.evidence.choices import QuoteState
from timeline.models.taxonomy import Category

ROOT = Path(timeline.__file__).parent
TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))
STYLES = sorted(path for path in ROOT.glob("static/timeline/*.css") if path.name != "tokens.css")

INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", re.IGNORECASE)
ELSEWHERE = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""")
RAW_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(", re.IGNORECASE)


def breaking(pattern: re.Pattern, paths: list[Path]) -> dict[str, list[str]]:
    """Return what breaks a rule, by the file that it is in."""
    matches = {path.relative_to(ROOT).as_posix(): pattern.findall(path.read_text(encoding="utf-8")) for path in paths}
    return {name: strings for name, strings in matches.items() if strings}


def test_templates_parse():
    assert [get_template(path.relative_to(ROOT / "templates").as_posix()) for path in TEMPLATES]


def test_templates_have_nothing_inline():
    assert breaking(INLINE, TEMPLATES) == {}


def test_templates_load_nothing_from_elsewhere():
    assert breaking(ELSEWHERE, TEMPLATES) == {}


def test_styles_take_their_colours_from_the_tokens():
    assert breaking(RAW_COLOUR, STYLES) == {}


def sprite() -> str:
    return get_template("timeline/_sprite.html").render()


def test_sprite_has_shape_and_letter_of_every_category():
    shapes = re.findall(r'<symbol id="g-(\w+)".*>(\w)</text></symbol>', sprite())
    assert dict(shapes) == {category.value: category.letter for category in Category}


def test_letters_of_categories_differ():
    assert len({category.letter for category in Category}) == len(Category)


def test_sprite_has_icon_of_every_quote_state():
    icons = set(re.findall(r'<symbol id="i-(\w+)"', sprite()))
    assert set(QuoteState.values) - icons == set()


@pytest.mark.parametrize("category", Category.values)
def test_category_has_colours(category):
    tokens = (ROOT / "static/timeline/tokens.css").read_text(encoding="utf-8")
    colours = {name: len(re.findall(rf"--{name}-{category}:", tokens)) for name in ("cat", "on")}
    assert colours == {"cat": 3, "on": 3}  # light and dark, forced colours, print


def test_icons_that_templates_use_are_in_the_sprite():
    used = {icon for path in TEMPLATES for icon in re.findall(r'href="#(i-\w+)"', path.read_text(encoding="utf-8"))}
    assert used - set(re.findall(r'id="(i-\w+)"', sprite())) == set()


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_error_page_needs_neither_request_nor_database(name):
    assert "<h1" in get_template(name).render()
