"""The language of a text that does not say it, as far as its letters tell."""

import re
from collections import Counter

from .document import Refused

_LETTERS = {
    "hy": re.compile("[\u0531-\u0587]"),
    "ka": re.compile("[\u10a0-\u10ff]"),
    "Cyrillic": re.compile("[\u0400-\u04ff]"),
    "Arabic": re.compile("[\u0600-\u06ff]"),
    "en": re.compile("[A-Za-z]"),
}
_READ = 20_000  # characters


def detect_language(text: str) -> str:
    """Return "en" for Latin letters, "hy" and "ka" for their own. Raises Refused where the letters serve several."""
    counts = Counter({name: len(letters.findall(text[:_READ])) for name, letters in _LETTERS.items()})
    script = counts.most_common(1)[0][0] if counts.total() else "en"
    if script in ("Cyrillic", "Arabic"):
        raise Refused(f"It is written in {script} letters and does not say its language. Say it: --language ru.")
    return script
