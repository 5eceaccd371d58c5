"""Comparing names without regard to case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Marks that writers put into one and the same name or leave out: nothing of the name hangs on them.
_DROPPED = re.compile(r"[\u0027\u2018\u2019\u02bc\u02bb\u02be\u02bf\u00b4`\u00b7.]")
_BLANK = re.compile(r"[\W_]+")
_SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
_SPECIAL = str.maketrans(
    {"ı": "i", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th", "ə": "a"}
)
_ARTICLES = frozenset(("al", "ad", "an", "ar", "as", "ash", "at", "az", "el"))
_ARTICLE = re.compile(r"(?:al|ad|an|ar|as|ash|at|az|el) (?=\w{3})")


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """Return `name` in lower case, without accents and apostrophes, its words joined by one blank."""
    plain = _DROPPED.sub("", name)
    if not plain.isascii():
        letters = unicodedata.normalize("NFKD", plain)
        plain = _DROPPED.sub("", "".join(c for c in letters if not unicodedata.combining(c)))
    plain = plain.casefold().translate(_SPECIAL)
    first, blank, rest = _BLANK.sub(" ", plain).strip().partition(" ")
    return _SHORT.get(first, first) + blank + rest if blank else first


def without_article(folded: str) -> str | None:
    """Return a folded name without its Arabic article ("ar raqqa": "raqqa"), or None when it has none."""
    article = _ARTICLE.match(folded)
    return folded[article.end() :] if article else None


# What transliterations from Arabic script disagree about: vowels, doubled and emphatic consonants.
_ALIKE = (
    ("kh", "k"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("ch", "sh"),
    ("dj", "j"),
    ("q", "k"),
    ("c", "k"),
)
_VOWELS = re.compile(r"[aeiouwyh]")
_DOUBLED = re.compile(r"(.)\1+")
SHORTEST_SKELETON = 4


@lru_cache(maxsize=4096)
def skeleton(folded: str) -> str | None:
    """Return the consonants by which spellings of one Arabic name agree, or None when too few are left.

    "Kafar Hamra" and "Kafr Hamrah" share "kfr hmr"; the words are kept apart.
    """
    sounds = without_article(folded) or folded
    for spelling, sound in _ALIKE:
        sounds = sounds.replace(spelling, sound)
    initials = [word[:1] + _VOWELS.sub("", word[1:]) for word in sounds.split() if word not in _ARTICLES]
    found = _DOUBLED.sub(r"\1", " ".join(initials))
    return found if len(found.replace(" ", "")) >= SHORTEST_SKELETON else None
