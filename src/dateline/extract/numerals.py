"""Numbers in digits and words: their pattern, and what they come to."""

from __future__ import annotations

import re
from functools import lru_cache

from dateline.extract.patterns import GAP, any_of
from dateline.language import lexicon

_DIGITS = r"\d{1,3}(?:,\d{3})+(?!\d)|\d{1,12}(?:\.\d{1,3})?"
_SEPARATOR = re.compile(r"[\s-]+")


@lru_cache(maxsize=8)
def numeral_pattern(language: str = "en") -> str:
    """Return the pattern of a number in digits or words, without groups or anchors."""
    words = lexicon(language, "numbers")
    unit, teen, ten = (any_of(words[table]) for table in ("units", "teens", "tens"))
    below_100 = rf"(?:(?:{ten})(?:(?:-|{GAP})(?:{unit}))?|{teen}|{unit})"
    below_1000 = rf"(?:(?:{below_100}|an?){GAP}hundred(?:{GAP}(?:and{GAP})?{below_100})?|{below_100})"
    head = rf"(?:{below_1000}|{_DIGITS})"
    scales = rf"(?:{any_of(words['scales'])})"
    tail = rf"(?:{GAP}{scales}(?:{GAP}(?:and{GAP})?{head})?){{0,3}}"
    return rf"(?:half{GAP}an?{GAP}dozen|(?:an?|{head}){GAP}dozen|(?:an?){GAP}{scales}(?![\w-])|{head}{tail})"


@lru_cache(maxsize=8)
def _values(language: str) -> dict[str, int]:
    words = lexicon(language, "numbers")
    return {**words["units"], **words["teens"], **words["tens"], "a": 1, "an": 1}


def numeral_value(words: str, language: str = "en") -> float | None:
    """Return what a number comes to ("two dozen" is 24.0), or None when `words` are no number.

    Only "1.5" and the like are not whole; "1.2 million" is.
    """
    scales = lexicon(language, "numbers")["scales"]
    values = _values(language)
    total, current = 0.0, 0.0
    for word in _SEPARATOR.split(words.lower().strip()):
        plain = word.replace(",", "")
        if plain[:1].isdecimal():
            try:
                current += float(plain)
            except ValueError:
                return None
        elif word in values:
            current += values[word]
        elif word in scales:
            total, current = total + current * scales[word], 0.0
        elif word == "hundred":
            current *= 100
        elif word == "dozen":
            current *= 12
        elif word == "half":
            current += 0.5 - 1  # the article that follows adds 1
        elif word != "and":
            return None
    return round(total + current, 6)
