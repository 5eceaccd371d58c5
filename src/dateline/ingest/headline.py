"""Which line is the headline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.ingest.lines import Kind, Line, bare

_WORDS = range(4, 31)
_SAME = 0.6  # share of words that a heading has in common with the page's title
_ALL_SAME = 1.0
_FEWEST_SAME = 3
_MENU = 30  # more lines than this above an article are a menu
_UNFINISHED = re.compile(r"(?:,|;|\b(?:and|or|of|the|a|an|to|in|on|at|by|for|from|with))$")


def headline_of(top: Sequence[Line]) -> int | None:
    """Return the number of the headline among the lines above an article, or None.

    The last line that says what the first one says is it (a page's title, then its heading). Else,
    under a menu, only a page's title can be told apart; without one, the headline is the last line
    before a by-line or a date, or the first.
    """
    numbers = [n for n, line in enumerate(top) if _can_be_headline(line)]
    if not numbers:
        return None
    under_menu = len(top) > _MENU
    if headings := headings_of(top, _SAME if under_menu else _ALL_SAME):
        return headings[-1]
    if under_menu:
        return numbers[0] if all(line.kind is Kind.BLANK for line in top[: numbers[0]]) else None
    stamps = (n for n, line in enumerate(top) if line.kind in (Kind.BYLINE, Kind.DATE) and n > numbers[0])
    stamp = next(stamps, None)
    return max(n for n in numbers if n < stamp) if stamp else numbers[0]


def headings_of(lines: Sequence[Line], share: float = _SAME) -> list[int]:
    """Return the numbers of the later lines that say again what the first headline-like line says.

    `share` of the words of the shorter must be in both.
    """
    numbers = [n for n, line in enumerate(lines) if _can_be_headline(line)]
    return [n for n in numbers[1:] if _says(lines[n], lines[numbers[0]], share)]


def _can_be_headline(line: Line) -> bool:
    unfinished = _UNFINISHED.search(line.text.rstrip())
    return line.kind is Kind.SHORT and line.words in _WORDS and not unfinished


def _says(line: Line, title: Line, share: float) -> bool:
    """Return whether a line is a page's title again, perhaps without the site's name or in other words."""
    words, known = set(bare(line.text).split()), set(bare(title.text).split())
    common = len(words & known)
    return common >= _FEWEST_SAME and common >= share * min(len(words), len(known))
