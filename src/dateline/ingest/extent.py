"""Where the article lies on a page that was dumped to plain text, menus, teasers and all.

The stretch of lines with the highest sum of worths, prose counting for it and everything else
against it (a maximum-sum subarray: Bentley 1984), less the ends that are too thin in prose to be
of the same piece.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from dateline.ingest.headline import headings_of
from dateline.ingest.lines import Kind, Line, bare
from dateline.language import lexicon

# Tuned on the open part of the article-extraction benchmark (benchmarks/pages.py).
_MOST_WORTH = 60  # words of one line that count
_COST = {Kind.SHORT: 8.0, Kind.FURNITURE: 8.0, Kind.BLANK: 0.0}
_OTHER_COST = 4.0
_END_COST = 40.0  # of a line after which other articles or comments come
_ARTICLE_WORDS = 40  # words of prose before which no line ends the article
_SURE_WORDS = 60  # words of prose that stay when a thin end is cut off
_GAP = 4  # lines without prose between pieces that may not belong together
_THIN = 0.5  # words of prose a line, relative to the rest, below which an end is cut off
_NEAR_BEST = 0.8  # the first stretch with this share of the best one's worth is taken
_FEWEST_AROUND = 12  # lines that are no prose on any dump
_LEAST_PROSE = 0.5  # share of prose among the lines of a page that is no dump


def is_dump(lines: Sequence[Line]) -> bool:
    """Return whether the lines are a whole page with its menus, and not the text of an article alone."""
    told = [line for line in lines if line.kind is not Kind.BLANK]
    prose = sum(line.kind is Kind.PROSE for line in told)
    return len(told) - prose >= _FEWEST_AROUND and prose < _LEAST_PROSE * len(told)


def extent_of(lines: Sequence[Line], language: str = "en") -> tuple[int, int]:
    """Return the numbers of the article's first line and of the line after its last; (0, 0) without any."""
    stretches = list(_stretches(list(_worths(lines, language))))
    if not stretches:
        return 0, 0
    best = max(worth for worth, _, _ in stretches)
    start, end = next((a, b) for worth, a, b in stretches if worth >= _NEAR_BEST * best)
    return _dense(lines, start, end)


@lru_cache(maxsize=8)
def _ends(language: str) -> frozenset[str]:
    return frozenset(lexicon(language, "pages")["boilerplate"]["ends"])


def _worths(lines: Sequence[Line], language: str) -> Iterator[float]:
    words = 0
    for line in lines:
        if line.kind is Kind.PROSE:
            words += line.words
            yield min(line.words, _MOST_WORTH)
            continue
        ends = words >= _ARTICLE_WORDS and bare(line.text) in _ends(language)
        yield -_COST.get(line.kind, _OTHER_COST) - (_END_COST if ends else 0.0)


def _stretches(worths: Sequence[float]) -> Iterator[tuple[float, int, int]]:
    """Yield (worth, start, end) of each stretch whose sums from its start on stay above zero."""
    total = peak = 0.0
    start = end = 0
    for number, worth in enumerate([*worths, -float("inf")]):
        if total <= 0:
            total = peak = 0.0
            start = end = number
        total += worth
        if total > peak:
            peak, end = total, number + 1
        elif total <= 0 and peak > 0:
            yield peak, start, end


def _dense(lines: Sequence[Line], start: int, end: int) -> tuple[int, int]:
    words = _Sums(lines)
    start = _dense_start(lines, start, end, words)
    for gap, after in reversed(_gaps(lines, start, end)):
        if words.is_thin((after, end), (start, gap)):
            end = gap
    return start, end


def _dense_start(lines: Sequence[Line], start: int, end: int, words: _Sums) -> int:
    """Return where the article starts: below its heading when that stands inside, or a thin beginning."""
    headings = headings_of(lines[:end])
    for heading in headings:
        if heading >= start and words.is_thin((start, heading), (heading, end)):
            return heading + 1
    if any(words.between(heading, start) == 0 for heading in headings if heading < start):
        return start
    for gap, after in _gaps(lines, start, end):
        if words.is_thin((start, gap), (after, end)):
            start = after
    return start


class _Sums:
    """Words of prose between any two lines, from running sums."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._words, self._lines = [0], [0]
        for line in lines:
            self._words.append(self._words[-1] + (line.words if line.kind is Kind.PROSE else 0))
            self._lines.append(self._lines[-1] + (line.kind is not Kind.BLANK))

    def between(self, start: int, end: int) -> int:
        return self._words[end] - self._words[start]

    def is_thin(self, part: tuple[int, int], rest: tuple[int, int]) -> bool:
        is_sure = self.between(*rest) >= _SURE_WORDS
        return is_sure and self.density(*part) < _THIN * self.density(*rest)

    def density(self, start: int, end: int) -> float:
        return self.between(start, end) / max(1, self._lines[end] - self._lines[start])


def _gaps(lines: Sequence[Line], start: int, end: int) -> list[tuple[int, int]]:
    """Return (first line, line after the last) of each run of lines without prose that is long enough."""
    prose = [n for n in range(start, end) if lines[n].kind is Kind.PROSE]
    runs = ((before + 1, after) for before, after in pairwise(prose))
    return [(a, b) for a, b in runs if sum(line.kind is not Kind.BLANK for line in lines[a:b]) >= _GAP]
