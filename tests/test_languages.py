"""Which language a text is in, and slugs of names in any letters."""

from pathlib import Path

import pytest

from timeline.imports.briefings.document import Refused, detect_language
from timeline.text.languages import identify_language, romanised_slug

NAMES = "Armenia Azerbaijan Baku Yerevan Moscow Ankara Tbilisi Tehran Washington"
HEADINGS = "Press release. Communiqué de presse. Pressemitteilung. Comunicado."
DIALOGUES = sorted((Path(__file__).parent / "dialogues").glob("*.txt"))


@pytest.mark.parametrize("file", DIALOGUES, ids=lambda file: file.stem)
def test_language_is_identified(file):
    assert identify_language(file.read_text(encoding="utf-8")) == file.stem


@pytest.mark.parametrize("text", ["", "OK.", "12 34", "Armenia. Azerbaijan. Baku.", NAMES, HEADINGS])
def test_names_and_too_few_words_tell_no_language(text):
    assert identify_language(text) == ""


def test_language_that_is_not_certain_is_marked_or_asked_for():
    assert detect_language("The Secretary spoke with the Prime Minister about the ceasefire.") == ("en", [])
    assert detect_language("Armenia. Baku.") == (
        "en",
        ["its language is not certain: English is assumed; name another with --language"],
    )
    with pytest.raises(Refused, match="--language ru"):
        detect_language("Баку.")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Kılıçdaroğlu", "kilicdaroglu"),
        ("Məmmədov", "memmedov"),
        ("Брифинг 25 марта", "brifing-25-marta"),
        ("Հայաստան", "hayastan"),
        ("ცეცხლის შეწყვეტა", "tsetskhlis-shetsqveta"),
        ("العراق", "lrq"),
        ("Côte d’Ivoire", "cote-divoire"),
        ("…", ""),
    ],
)
def test_slug_is_written_in_latin_letters(name, slug):
    assert romanised_slug(name) == slug
