"""The language of a text, as far as its words tell, and names in Latin letters. Nothing is loaded from elsewhere."""

from functools import lru_cache

from anyascii import anyascii
from django.utils.text import slugify

# Those that sources of conflicts are written in, and their neighbours, which would else be taken for them.
_KNOWN = """am ar az be bg bn cs da de el en es et fa fi fr he hi hr hu hy id it ja ka kk ko ku ky lt lv mk nl no pl ps pt ro
    ru rw si sk sl so sq sr sv sw ta th tr uk ur uz vi zh""".split()  # noqa: SIM905 (a list to be read)
_READ = 4_000  # characters; more tell no more
_FEWEST = 40  # letters; fewer tell nothing certain
_SURE = 0.995


@lru_cache(maxsize=1)
def _identifier():
    """Return the identifier, whose model takes a second to open: only where a text does not say its language."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([code for code in _KNOWN if code in identifier.labels])
    return identifier


def identify_language(text: str) -> str:
    """Return the code (ISO 639-1) of the language of a text; "" where it is not certain: too few words, or several languages
    that are close."""
    start = text[:_READ]
    if sum(character.isalpha() for character in start) < _FEWEST:
        return ""
    language, probability = _identifier().classify(start)
    return str(language) if probability >= _SURE else ""


def romanised_slug(name: str) -> str:
    """Return a slug in ASCII of a name in any letters; "" where it has none."""
    return slugify(anyascii(name).replace("'", ""))
