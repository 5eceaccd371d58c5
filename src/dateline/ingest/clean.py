"""Cleaning a page that was saved as plain text: which lines are the article, its headline and its day.

Lines are kept or left out whole, in their order; none is changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise

from dateline.ingest.article import Article
from dateline.ingest.extent import extent_of, is_dump
from dateline.ingest.lines import Kind, Line, bare, lines_of
from dateline.model import DateRange, Published, PublishedBasis

_HEADLINE_WORDS = range(4, 31)
_SAME_WORDS = 0.6  # share of words that a heading has in common with the page's title
_FEWEST_SAME = 3
_MENU = 30  # more lines than this above an article are a menu
_NEAR = 2  # lines between a date and the by-line that ties it to the article
_OUTSIDE = (Kind.BLANK, Kind.BYLINE, Kind.DATE, Kind.CREDIT, Kind.LABEL, Kind.FURNITURE)
_LIST = 3  # lines without prose in a row that are a list of links on a dumped page
_REPEATED_WORDS = 4  # a line of this many words that was said before is not said again
_UNFINISHED = re.compile(r"(?:,|;|\b(?:and|or|of|the|a|an|to|in|on|at|by|for|from|with))$")
_NOTHING = Line("", Kind.BLANK)


def clean(text: str, language: str = "en") -> Article:
    """Return the article of a page saved as plain text, without the furniture around and inside it."""
    lines = lines_of(_one_break(text), language)
    if is_dump(lines):
        start, end = extent_of(lines, language)
        return _article(lines[:start], (), _without_lists(lines[start:end]))
    start = _first_prose(lines)
    furniture = (Kind.BYLINE, Kind.CREDIT, Kind.FURNITURE)
    inside = [line for line in lines[start:] if line.kind not in furniture]
    return _article(lines[:start], _opening(lines[:start]), inside)


def trim(text: str, language: str = "en") -> Article:
    """Return the article of a text that is clean but for its edges: nothing inside is left out."""
    lines = lines_of(_one_break(text), language)
    start = _first_prose(lines)
    kept = _trimmed([*_opening(lines[:start]), *lines[start:]])
    return Article(_title(lines[:start]), "\n".join(line.text for line in kept), published_in(lines[:start]))


def _article(top: Sequence[Line], opening: Sequence[Line], inside: Sequence[Line]) -> Article:
    title = _title(top)
    kept = _trimmed(_said_once([*opening, *inside], title))
    return Article(title, _joined(kept), published_in(top))


def _one_break(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _joined(lines: Sequence[Line]) -> str:
    """Return the lines as one text, with at most one blank line in a row."""
    kept = [
        line.text.rstrip()
        for before, line in pairwise([_NOTHING, *lines])
        if not (line.kind is Kind.BLANK is before.kind)
    ]
    return "\n".join(kept)


def _opening(top: Sequence[Line]) -> list[Line]:
    """Return the lines below the headline that are neither furniture nor the headline again."""
    title = _title(top)
    after = next((n + 1 for n in reversed(range(len(top))) if top[n].text.strip() == title), 0)
    return [line for line in top[after:] if line.kind is Kind.SHORT and not _repeats(line, title)]


def _without_lists(lines: Sequence[Line]) -> list[Line]:
    kept: list[Line] = []
    for is_prose, run in groupby(lines, key=lambda line: line.kind is Kind.PROSE):
        group = list(run)
        told = sum(line.kind is not Kind.BLANK for line in group)
        if is_prose or told < _LIST:
            kept += [line for line in group if line.kind in (Kind.PROSE, Kind.SHORT, Kind.BLANK)]
        else:
            kept.append(_NOTHING)
    return kept


def _said_once(lines: Sequence[Line], title: str | None) -> list[Line]:
    said: set[str] = set()
    kept = []
    for line in lines:
        same = bare(line.text)
        if not (same in said or _repeats(line, title)):
            kept.append(line)
        if line.words >= _REPEATED_WORDS:
            said.add(same)
    return kept


def _title(top: Sequence[Line]) -> str | None:
    number = _headline(top)
    return None if number is None else top[number].text.strip()


def _first_prose(lines: Sequence[Line]) -> int:
    return next((number for number, line in enumerate(lines) if line.kind is Kind.PROSE), len(lines))


def _headline(top: Sequence[Line]) -> int | None:
    """Return the number of the headline among the lines above the article, or None.

    The last line that says what the first one says is it (a page's title, then its heading). Else,
    under a menu, only a page's title can be told apart; without one, the headline is the last line
    before a by-line or a date, or the first.
    """
    numbers = [n for n, line in enumerate(top) if _can_be_headline(line)]
    if not numbers:
        return None
    said_again = [n for n in numbers[1:] if _says(top[n], top[numbers[0]])]
    if said_again:
        return said_again[-1]
    if len(top) > _MENU:
        return numbers[0] if not any(line.kind is not Kind.BLANK for line in top[: numbers[0]]) else None
    stamps = (n for n, line in enumerate(top) if line.kind in (Kind.BYLINE, Kind.DATE) and n > numbers[0])
    stamp = next(stamps, None)
    return max(n for n in numbers if n < stamp) if stamp else numbers[0]


def _can_be_headline(line: Line) -> bool:
    unfinished = _UNFINISHED.search(line.text.rstrip())
    return line.kind is Kind.SHORT and line.words in _HEADLINE_WORDS and not unfinished


def _says(line: Line, title: Line) -> bool:
    """Return whether a line is a page's title again, perhaps without the site's name or in other words."""
    words, known = set(bare(line.text).split()), set(bare(title.text).split())
    common = len(words & known)
    return common >= _FEWEST_SAME and common >= _SAME_WORDS * min(len(words), len(known))


def _repeats(line: Line, title: str | None) -> bool:
    return bool(title) and line.kind is Kind.SHORT and bare(line.text) == bare(title or "")


def _trimmed(lines: Sequence[Line]) -> Sequence[Line]:
    start, end = 0, len(lines)
    while start < end and lines[start].kind in _OUTSIDE:
        start += 1
    while end > start and lines[end - 1].kind in _OUTSIDE:
        end -= 1
    return lines[start:end]


def published_in(top: Sequence[Line]) -> Published:
    """Return when the lines above an article say that it was published.

    A day with a time of day, with "published" or the like, or next to a by-line is stated by the
    article; a day that stands alone may be the one on which the page was saved: an upper bound.
    """
    dated = [(n, line) for n, line in enumerate(_unblank(top)) if line.day]
    bylines = [n for n, line in enumerate(_unblank(top)) if line.kind is Kind.BYLINE]
    for n, line in dated:
        if line.ties or any(abs(n - byline) <= _NEAR for byline in bylines):
            return _published(line, PublishedBasis.STATED)
    return _published(dated[0][1], PublishedBasis.PAGE) if dated else Published()


def _unblank(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.kind is not Kind.BLANK]


def _published(line: Line, basis: PublishedBasis) -> Published:
    days = line.day.range if line.day else None
    if days is None:
        return Published()
    if basis is PublishedBasis.PAGE:
        days = DateRange(None, days.latest)
    return Published(days, basis, line.text.strip())
