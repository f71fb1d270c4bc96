"""What a name sounds like, so that another spelling of it, another alphabet or a small slip finds it.

"Pashinyan", "Pasinian" and "Пашинян" have one key. The key of a word is its consonants in classes, after its letters were
romanised; of vowels only that it begins with one counts.
"""

import re
from functools import lru_cache

from anyascii import anyascii

from .search_words import plain_words

SHORTEST = 3  # letters of a key that is searched by: a shorter one says too little

_HISSING = re.compile("dsch|tsch|dzh|sch|tch|sh|zh|ch|ts|tz|cz|dj|dz|(?<![aeiouy])j|j(?=[aeiou])")
_CLASSES = [
    *(
        (re.compile("kh"), "h"),
        (re.compile("ck"), "k"),
        (re.compile("ph"), "f"),
        (_HISSING, "s"),
        (re.compile("x"), "ks"),
    ),
    *((re.compile("[vw]"), "f"), (re.compile("d"), "t"), (re.compile("[gqc]"), "k"), (re.compile("z"), "s")),
]
_BEGINS = re.compile("^[aeiouy]+")
_SILENT = re.compile("(?<!^)[aeiouyhj]+|[^a-z0-9]")
_DOUBLED = re.compile(r"([a-z])\1+")


@lru_cache(maxsize=65_536)
def sound_key(word: str) -> str:
    """Return the key of a word; "" where it has no letter or digit that is heard."""
    plain = anyascii(word).lower()
    for pattern, sound in _CLASSES:
        plain = pattern.sub(sound, plain)
    return _DOUBLED.sub(r"\1", _SILENT.sub("", _BEGINS.sub("a", plain)))


def sound_keys(*names: str) -> str:
    """Return what is stored of names: the keys of their words, each once, with a space around each. "": there is none."""
    keys = dict.fromkeys(sound_key(word) for name in names for word in plain_words(name).split())
    keys.pop("", None)
    return f" {' '.join(keys)} " if keys else ""
