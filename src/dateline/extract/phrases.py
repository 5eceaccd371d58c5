"""Phrases: patterns of words, compiled from lexicons, and texts in which lists of them are looked up.

A text is searched for a list of phrases once, when the list is first asked for; what a finder asks
of one clause after another is then a look-up by offset.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dateline.extract.openings import LENGTH, openings, without_lookaheads

_WORD = re.compile(r"\w+")
_NONE: tuple[tuple[int, re.Match[str]], ...] = ()


def lowered(text: str) -> str:
    """Return the text in lower case, character for character, so that offsets stay true."""
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A regular expression on whole words of lower-case text.

    `loose` matches wherever `expression` does, also in a longer stretch of the text; `openings` are
    the beginnings of the words that a match can begin at.
    """

    expression: re.Pattern[str]
    loose: re.Pattern[str]
    openings: frozenset[str]

    @classmethod
    def of(cls, words: str) -> Phrase:
        """Return the phrase of a lexicon entry, in which a blank stands for any white space."""
        bare = without_lookaheads(words)
        return cls(
            re.compile(rf"(?<!\w)(?:{_spaced(words)})(?!\w)"), re.compile(_spaced(bare)), openings(bare)
        )


class PhraseList:
    """Several phrases that are looked up together; each begins with a letter or digit."""

    def __init__(self, entries: Iterable[str]) -> None:
        self.phrases = tuple(map(Phrase.of, entries))
        self.by_opening: dict[str, list[tuple[int, re.Pattern[str]]]] = {}
        for number, phrase in enumerate(self.phrases):
            for opening in phrase.openings:
                self.by_opening.setdefault(opening, []).append((number, phrase.loose))


def phrases(entries: Iterable[str]) -> PhraseList:
    """Return the list of the phrases of several lexicon entries."""
    return PhraseList(entries)


class PhraseText:
    """A text in which lists of phrases are looked up, each searched for once; `low` is it in lower case."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.low = low = lowered(text)
        self._starts: dict[PhraseList, list[tuple[int, int]]] = {}
        self._by_opening: defaultdict[str, list[int]] = defaultdict(list)
        for word in _WORD.finditer(low):
            at, letters = word.start(), word[0][:LENGTH]
            for length in range(len(letters) + 1):
                self._by_opening[letters[:length]].append(at)

    def first(self, among: PhraseList, start: int = 0, end: int | None = None) -> re.Match[str] | None:
        """Return the earliest match of any of the phrases between two offsets, or None."""
        for _, match in self._matches(among, start, end):
            return match
        return None

    def every(
        self, among: PhraseList, start: int = 0, end: int | None = None
    ) -> Iterator[tuple[int, re.Match[str]]]:
        """Yield the matches between two offsets, each with the number of its phrase in the list.

        They come in the order of the text; those of one phrase never overlap.
        """
        ends: dict[int, int] = {}
        for number, match in self._matches(among, start, end):
            if match.start() >= ends.get(number, start):
                ends[number] = match.end()
                yield number, match

    def _matches(self, among: PhraseList, start: int, end: int | None) -> Iterable[tuple[int, re.Match[str]]]:
        """Return the matches at each offset where one may begin, in order of offset, then of the list."""
        starts = self._starts.get(among)
        if starts is None:
            starts = self._starts[among] = self._starts_of(among)
        limit = len(self.low) if end is None else end
        index = bisect_left(starts, (start, 0))
        if index == len(starts) or starts[index][0] >= limit:
            return _NONE
        return self._verified(among, map(starts.__getitem__, range(index, len(starts))), limit)

    def _verified(
        self, among: PhraseList, starts: Iterable[tuple[int, int]], limit: int
    ) -> Iterator[tuple[int, re.Match[str]]]:
        for at, number in starts:
            if at >= limit:
                return
            if match := among.phrases[number].expression.match(self.low, at, limit):
                yield number, match

    def _starts_of(self, among: PhraseList) -> list[tuple[int, int]]:
        """Return where matches may begin, with the number of the phrase in its list, sorted."""
        low, by_opening = self.low, self._by_opening
        return sorted(
            {
                (at, number)
                for opening, candidates in among.by_opening.items()
                if opening in by_opening
                for number, loose in candidates
                for at in by_opening[opening]
                if loose.match(low, at)
            }
        )


def first_phrase(among: PhraseList, text: str) -> re.Match[str] | None:
    """Return the earliest match of any of the phrases in a few words, or None."""
    low = lowered(text)
    found = (match for phrase in among.phrases if (match := phrase.expression.search(low)))
    return min(found, key=lambda match: match.start(), default=None)


def _spaced(words: str) -> str:
    return words.replace(" ?", r"\s*").replace(" ", r"\s+")
