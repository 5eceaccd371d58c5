"""Phrases: patterns of words, compiled from lexicons so that a text without their key word costs nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_LITERAL = re.compile(r"[a-z]{3,}")
_GROUP_OR_OPTION = re.compile(r"\([^()]*\)(?:\?|\{\d+,\d+\})?|\[[^\]]*\]|\\[a-z][*+?]?|.\?|\{\d+,\d+\}")


def lowered(text: str) -> str:
    """Return the text in lower case, character for character, so that offsets stay true."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A regular expression on whole words of lower-case text, and a literal that it cannot match without."""

    expression: re.Pattern[str]
    literal: str

    @classmethod
    def of(cls, words: str) -> Phrase:
        """Return the phrase of a lexicon entry, in which a blank stands for any white space."""
        expression = re.compile(rf"(?<!\w){_spaced(words)}(?!\w)")
        return cls(expression, _required_literal(words))

    def finditer(self, low: str) -> Iterator[re.Match[str]]:
        """Yield the matches in a text that `lowered` made."""
        return self.expression.finditer(low) if self.literal in low else iter(())

    def search(self, low: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Return the first match between two offsets, or None."""
        return self.expression.search(low, start, len(low) if end is None else end)


def phrases(entries: Iterable[str]) -> tuple[Phrase, ...]:
    """Return the phrases of several lexicon entries."""
    return tuple(Phrase.of(words) for words in entries)


def present(among: Iterable[Phrase], low: str) -> tuple[Phrase, ...]:
    """Return the phrases that a text can match at all: filtered once, they are searched often."""
    return tuple(phrase for phrase in among if phrase.literal in low)


def first_phrase(
    among: Iterable[Phrase], low: str, start: int = 0, end: int | None = None
) -> re.Match[str] | None:
    """Return the earliest match of any of the phrases between two offsets, or None."""
    found = (match for phrase in among if (match := phrase.search(low, start, end)))
    return min(found, key=lambda match: match.start(), default=None)


def _spaced(words: str) -> str:
    return words.replace(" ?", r"\s*").replace(" ", r"\s+")


def _required_literal(words: str) -> str:
    """Return the longest run of letters that every match contains; empty when there is none."""
    bare = words
    while (shorter := _GROUP_OR_OPTION.sub("#", bare)) != bare:
        bare = shorter
    if "|" in bare:
        return ""
    return max(_LITERAL.findall(bare), key=len, default="")
