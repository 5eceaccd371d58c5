"""Which language a text is in, as far as needed to tell what can be read from what cannot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from dateline.language import lexicon

_LOOKED_AT = 3_000  # characters
_FEWEST_LETTERS = 100  # below this no guess is held against a text in its own script
_FUNCTION_WORDS = 0.12  # share of the commonest words that proves a language; English prose has .25 to .45
_MAIN_SHARE = 0.5
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE)


@lru_cache(maxsize=8)
def _function_words(language: str) -> frozenset[str]:
    return frozenset(lexicon(language, "pages")["function_words"]["words"])


def language_of(text: str, readable: Sequence[str]) -> str:
    """Return the ISO 639-1 code of the language of `text`.

    One of `readable` when the text's commonest words are that language's own, or when the text is
    too short to tell and in Latin script; otherwise the most likely of all. Capitals make no
    difference, so wire copy in capitals is read as what it is.
    """
    sample = text[:_LOOKED_AT].lower()
    words = _WORD.findall(sample)
    for language in readable:
        if words and sum(word in _function_words(language) for word in words) >= _FUNCTION_WORDS * len(words):
            return language
    if len("".join(words)) < _FEWEST_LETTERS and _is_latin(words):
        return readable[0]
    return str(_identifier().classify(sample)[0])


def language_name(code: str) -> str:
    """Return a language's English name, or its code when it has none here."""
    return str(lexicon("en", "pages")["languages"].get(code, code))


def _is_latin(words: Sequence[str]) -> bool:
    letters = "".join(words)
    return sum(letter < "\u0250" for letter in letters) >= _MAIN_SHARE * len(letters)
