"""Words that docs/wording.md rules out, in what people read: templates, scripts, documents, and the sentences of the code."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RULED_OUT = re.compile(
    r"\b(?:stands?(?! (?:for|alone|out)\b)|stood|speaks? of|mend(?:s|ed|ing)?|put right|dossiers?"
    r"|please|kindly|told apart|anew|tells? of|told of|spoken of|brought in)\b",
    re.IGNORECASE,
)
# In the language of sources.
LISTS_OF_WORDS = (
    "suggest/participant_roles.py",
    "suggest/triggers.py",
    "suggest/speech_acts.py",
    "dates/reader/",
    "text/label_words.py",
    "migrations/",
)
COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", re.DOTALL)


def sentences(path: Path) -> list[str]:
    """Return the strings of a module, those of messages and docstrings alike; a string without a space is a name."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    strings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [string for string in strings if " " in string]


def texts(path: Path) -> list[str]:
    if path.suffix == ".py":
        return sentences(path)
    text = path.read_text(encoding="utf-8")
    return [COMMENT.sub(" ", text) if path.suffix == ".html" else text]


def ruled_out(*patterns: str) -> dict[str, list[str]]:
    """Return the words ruled out, by file."""
    paths = [path for pattern in patterns for path in sorted(ROOT.glob(pattern))]
    paths = [path for path in paths if not any(part in path.as_posix() for part in LISTS_OF_WORDS)]
    assert paths
    words = {path: [word for text in texts(path) for word in RULED_OUT.findall(text)] for path in paths}
    return {path.relative_to(ROOT).as_posix(): hits for path, hits in words.items() if hits}


@pytest.mark.parametrize(
    "pattern",
    [
        "timeline/templates/**/*.html",
        "timeline/static/timeline/**/*.js",
        "timeline/**/*.py",
        "tracker/**/*.py",
        "README.md",
    ],
)
def test_no_word_that_the_rules_exclude(pattern):
    assert ruled_out(pattern) == {}


def test_no_document_has_a_word_that_the_rules_exclude():
    documents = ruled_out("docs/*.md", "CONTRIBUTING.md", "SECURITY.md")
    assert (
        documents.keys() - {"docs/wording.md", "docs/codebook.md"} == set()
    )  # the rules themselves; the words of the data


@pytest.mark.parametrize(
    "words", ["It stands here.", "mended", "Please wait", "speak of it", "made anew", "it tells of a call"]
)
def test_word_is_recognised(words):
    assert RULED_OUT.findall(words)


@pytest.mark.parametrize("words", ["an asterisk stands for any end", "an event may stand alone", "a standard", "amend"])
def test_plain_words_are_left_alone(words):
    assert RULED_OUT.findall(words) == []
