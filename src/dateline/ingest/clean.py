"""Cleaning a page that was saved as plain text: which lines are the article, its headline and its day.

Lines are kept or left out whole, in their order; none is changed.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.ingest.article import Article
from dateline.ingest.lines import Kind, Line, bare, lines_of
from dateline.model import DateRange, Published, PublishedBasis

_HEADLINE_WORDS = range(4, 31)
_NEAR = 2  # lines between a date and the by-line that ties it to the article
_OUTSIDE = (Kind.BLANK, Kind.BYLINE, Kind.DATE, Kind.CREDIT, Kind.LABEL, Kind.FURNITURE)


def clean(text: str, language: str = "en") -> Article:
    """Return the article of a page saved as plain text, without the furniture around and inside it."""
    return _article(text, language, (Kind.BYLINE, Kind.CREDIT, Kind.FURNITURE))


def trim(text: str, language: str = "en") -> Article:
    """Return the article of a text that is clean but for its edges: nothing inside is left out."""
    return _article(text, language, ())


def _article(text: str, language: str, dropped_inside: Sequence[Kind]) -> Article:
    lines = lines_of(text.replace("\r\n", "\n").replace("\r", "\n"), language)
    top = _first_prose(lines)
    headline = _headline(lines[:top])
    title = lines[headline].text.strip() if headline is not None else None
    opening = [line for line in lines[:top] if line.kind is Kind.SHORT and not _repeats(line, title)]
    if headline is not None:
        opening = [
            line
            for line in lines[headline + 1 : top]
            if line.kind is Kind.SHORT and not _repeats(line, title)
        ]
    inside = [line for line in lines[top:] if line.kind not in dropped_inside and not _repeats(line, title)]
    body = "\n".join(line.text.rstrip() for line in _trimmed([*opening, *inside]))
    return Article(title, body, published_in(lines[:top]))


def _first_prose(lines: Sequence[Line]) -> int:
    return next((number for number, line in enumerate(lines) if line.kind is Kind.PROSE), len(lines))


def _headline(top: Sequence[Line]) -> int | None:
    """Return the number of the headline among the lines above the article, or None.

    A line said twice (in the page's title and above the text) is it; else the last one before a
    by-line or a date; else the first.
    """
    numbers = [n for n, line in enumerate(top) if line.kind is Kind.SHORT and line.words in _HEADLINE_WORDS]
    if not numbers:
        return None
    for n in reversed(numbers):
        if any(_is_said_in(top[n], top[other]) for other in numbers if other != n):
            return n
    stamp = next(
        (n for n, line in enumerate(top) if line.kind in (Kind.BYLINE, Kind.DATE) and n > numbers[0]), None
    )
    return max(n for n in numbers if n < stamp) if stamp else numbers[0]


def _is_said_in(line: Line, other: Line) -> bool:
    return bare(other.text).startswith(bare(line.text))


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
