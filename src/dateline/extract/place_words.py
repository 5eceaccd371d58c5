"""The words of a text as the search for places sees them, and the word lists it goes by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from dateline.extract.resolution import Generic
from dateline.gazetteer import fold
from dateline.language import lexicon

LONGEST_TEXT = 100_000  # characters in which places are looked for; no news report is longer
LONGEST_HEADLINE = 250  # characters

_WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W\d_](?:\w|['’ʼ](?=\w))*")
_APOSTROPHES = frozenset("'’ʼ")


class Style(Enum):
    """How a line uses capitals: as prose does, on nearly every word, or throughout."""

    PLAIN = "plain"
    TITLED = "titled"
    SHOUTED = "shouted"


class Token(NamedTuple):
    """A word of the text, `folded` for comparison; `gap` is what stands between it and the word before."""

    start: int
    end: int
    text: str
    folded: str
    gap: str
    is_capitalised: bool
    style: Style


@lru_cache(maxsize=1)
def cues(language: str = "en") -> Mapping[str, frozenset[str]]:
    """Return the language's word lists about places, each as a set."""
    tables = lexicon(language, "places")
    lists = {name: words for name, words in tables.items() if isinstance(words, str)}
    lists |= tables["parts"] | tables["lists"]
    for table in ("common_words", "ordinary_words", "first_names"):
        lists |= lexicon(language, table)
    return MappingProxyType({name: frozenset(words.split()) for name, words in lists.items()})


@lru_cache(maxsize=1)
def names_of_things(language: str = "en") -> frozenset[str]:
    """Return the folded names of well-known things that are no places ("white house")."""
    return frozenset(lexicon(language, "places")["names_of_things"])


@lru_cache(maxsize=1)
def generics(language: str = "en") -> Mapping[str, Generic]:
    """Return what each word such as "province" or "town" says of the place it stands beside."""
    table: Mapping[str, str] = lexicon(language, "places")["generic"]
    return {word: Generic(kind) for kind, words in table.items() for word in words.split()}


def tokens(text: str) -> list[Token]:
    """Return the words of a text, without possessive endings, at most of its first 100,000 characters."""
    found: list[Token] = []
    before = 0
    for line in _lines(text[:LONGEST_TEXT]):
        style = _style(text[line.start : line.stop])
        for match in _WORD.finditer(text, line.start, line.stop):
            word = _without_possessive(match[0])
            start = match.start()
            end = start + len(word)
            found.append(Token(start, end, word, _folded(word), text[before:start], word[0].isupper(), style))
            before = end
    return found


def written(quote: str) -> str:
    """Return a name as written, out of capitals: "SAN SALVADOR" is San Salvador."""
    quote = " ".join(quote.split())
    if not quote.isupper() or len(quote) <= 3:
        return quote
    links = ("De", "Del", "La", "El", "Of", "Al", "Los", "Las")
    words = quote.title().split(" ")
    return " ".join(w.lower() if i and w in links[:2] + links[4:5] else w for i, w in enumerate(words))


def _without_possessive(word: str) -> str:
    return word[:-2] if word[-1] in "sS" and word[-2:-1] in _APOSTROPHES else word


def _folded(word: str) -> str:
    return word.lower() if len(word) > 3 and word.isalpha() and word.isascii() else fold(word)


def _style(line: str) -> Style:
    sample = line[:LONGEST_HEADLINE]
    letters = sum(map(str.isalpha, sample))
    if letters >= 12 and sum(map(str.isupper, sample)) > 0.75 * letters:
        return Style.SHOUTED
    if len(line) > LONGEST_HEADLINE:
        return Style.PLAIN
    words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    is_titled = len(words) >= 4 and sum(word[0].isupper() for word in words) > 0.75 * len(words)
    return Style.TITLED if is_titled else Style.PLAIN


def _lines(text: str) -> Iterator[range]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield range(start, start + len(line))
        start += len(line)
