"""Text cells that no spreadsheet takes for a formula, and back."""

import re

# Excel and its kin run a cell that begins so; the full-width forms are folded to these by some.
STARTS = frozenset("'=+-@\t\r\n＝＋－＠")
TRIGGER = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def escape_formula(text: str) -> str:
    """Return the text with one apostrophe in front where a spreadsheet would run it. `unsafe` takes it off again."""
    return f"'{text}" if text and text[0] in STARTS and TRIGGER.match(text) else text


def escape_formulas(texts: list[str]) -> list[str]:
    """Return the same of many texts. Most begin with a letter, which is told for all of them at once."""
    if STARTS.isdisjoint([text[:1] for text in texts]):
        return texts
    return [escape_formula(text) for text in texts]


def unescape_formula(cell: str) -> str:
    """Return what was there before `safe`."""
    return cell[1:] if cell.startswith("'") and TRIGGER.match(cell) else cell
